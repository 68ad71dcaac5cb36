package io.github.nmf4j.core.testkit;

import io.github.nmf4j.api.Loss;
import io.github.nmf4j.core.Acceleration;
import io.github.nmf4j.core.Automatic;
import io.github.nmf4j.core.Bregman;
import io.github.nmf4j.core.Ccd;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.Extrapolation;
import io.github.nmf4j.core.GillisExtrapolation;
import io.github.nmf4j.core.Hals;
import io.github.nmf4j.core.MajorizeMinimize;
import io.github.nmf4j.core.Nndsvd;
import io.github.nmf4j.core.NndsvdFill;
import io.github.nmf4j.core.Nndsvda;
import io.github.nmf4j.core.Nndsvdar;
import io.github.nmf4j.core.NoAcceleration;
import io.github.nmf4j.core.ProjectedGradient;
import io.github.nmf4j.core.RandomColumns;
import io.github.nmf4j.core.RandomStart;
import io.github.nmf4j.core.Solver;
import io.github.nmf4j.core.SphericalMeans;
import io.github.nmf4j.core.Squarem;
import io.github.nmf4j.core.Start;
import io.github.nmf4j.core.Subspace;
import io.github.nmf4j.core.SuccessiveProjection;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The starts, solvers and accelerations of the core keep the laws. */
@Tag("slow")
class BuiltInTest {
    @Nested
    class NndsvdFillLaws extends StartContract {
        @Override
        protected Start start() {
            return new NndsvdFill();
        }
    }

    @Nested
    class RandomStartLaws extends StartContract {
        @Override
        protected Start start() {
            return new RandomStart();
        }
    }

    @Nested
    class RandomColumnsLaws extends StartContract {
        @Override
        protected Start start() {
            return new RandomColumns();
        }
    }

    @Nested
    class NndsvdLaws extends StartContract {
        @Override
        protected Start start() {
            return new Nndsvd();
        }
    }

    @Nested
    class NndsvdaLaws extends StartContract {
        @Override
        protected Start start() {
            return new Nndsvda();
        }
    }

    @Nested
    class NndsvdarLaws extends StartContract {
        @Override
        protected Start start() {
            return new Nndsvdar();
        }
    }

    @Nested
    class SuccessiveProjectionLaws extends StartContract {
        @Override
        protected Start start() {
            return new SuccessiveProjection();
        }
    }

    @Nested
    class SphericalMeansLaws extends StartContract {
        @Override
        protected Start start() {
            return new SphericalMeans();
        }
    }

    @Nested
    class AutomaticLaws extends SolverContract {
        @Override
        protected Solver solver() {
            return new Automatic();
        }
    }

    @Nested
    class MajorizeMinimizeLaws extends SolverContract {
        @Override
        protected Solver solver() {
            return new MajorizeMinimize();
        }
    }

    @Nested
    class CcdLaws extends SolverContract {
        @Override
        protected Solver solver() {
            return new Ccd();
        }
    }

    @Nested
    class HalsLaws extends SolverContract {
        @Override
        protected Solver solver() {
            return new Hals();
        }
    }

    @Nested
    class BregmanLaws extends SolverContract {
        @Override
        protected Solver solver() {
            return new Bregman();
        }
    }

    @Nested
    class ProjectedGradientLaws extends SolverContract {
        @Override
        protected Solver solver() {
            return new ProjectedGradient();
        }

        /** Every step is taken, also one that was too long. */
        @Override
        protected boolean descends() {
            return false;
        }
    }

    /** Above the largest curvature of a quadratic loss no step is too long. */
    @Nested
    class ShortProjectedGradientLaws extends SolverContract {
        @Override
        protected Solver solver() {
            return new ProjectedGradient(1e4, 1e4, false);
        }

        @Override
        protected List<Loss> losses() {
            return List.of(new Euclidean());
        }
    }

    @Nested
    class ExtrapolationLaws extends AccelerationContract {
        @Override
        protected Acceleration acceleration() {
            return new Extrapolation();
        }
    }

    @Nested
    class SubspaceLaws extends AccelerationContract {
        @Override
        protected Acceleration acceleration() {
            return new Subspace(1e6);
        }
    }

    @Nested
    class GillisExtrapolationLaws extends AccelerationContract {
        @Override
        protected Acceleration acceleration() {
            return new GillisExtrapolation();
        }
    }

    @Nested
    class SquaremLaws extends AccelerationContract {
        @Override
        protected Acceleration acceleration() {
            return new Squarem();
        }
    }

    @Nested
    class NoAccelerationLaws extends AccelerationContract {
        @Override
        protected Acceleration acceleration() {
            return new NoAcceleration();
        }
    }
}
