import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.core.Acceleration;
import io.github.nmf4j.core.AlphaDivergence;
import io.github.nmf4j.core.Automatic;
import io.github.nmf4j.core.BernoulliOdds;
import io.github.nmf4j.core.BetaDivergence;
import io.github.nmf4j.core.Box;
import io.github.nmf4j.core.Bregman;
import io.github.nmf4j.core.Cauchy;
import io.github.nmf4j.core.Ccd;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.Extrapolation;
import io.github.nmf4j.core.FixedEntries;
import io.github.nmf4j.core.Floor;
import io.github.nmf4j.core.GillisExtrapolation;
import io.github.nmf4j.core.Hals;
import io.github.nmf4j.core.Hellinger;
import io.github.nmf4j.core.Huber;
import io.github.nmf4j.core.ItakuraSaito;
import io.github.nmf4j.core.KullbackLeibler;
import io.github.nmf4j.core.MajorizeMinimize;
import io.github.nmf4j.core.NegativeBinomial;
import io.github.nmf4j.core.Nndsvd;
import io.github.nmf4j.core.NndsvdFill;
import io.github.nmf4j.core.Nndsvda;
import io.github.nmf4j.core.Nndsvdar;
import io.github.nmf4j.core.NoAcceleration;
import io.github.nmf4j.core.PortableBackend;
import io.github.nmf4j.core.ProjectedGradient;
import io.github.nmf4j.core.RandomColumns;
import io.github.nmf4j.core.RandomStart;
import io.github.nmf4j.core.Solver;
import io.github.nmf4j.core.SphericalMeans;
import io.github.nmf4j.core.Squarem;
import io.github.nmf4j.core.Start;
import io.github.nmf4j.core.Subspace;
import io.github.nmf4j.core.SuccessiveProjection;
import io.github.nmf4j.core.UnitColumns;
import io.github.nmf4j.core.UnitRows;

/** The loop, the built-in losses and constraints, the portable backend, starts, stopping and results. */
module io.github.nmf4j.core {
    requires transitive io.github.nmf4j.api;
    requires static com.google.auto.service;
    // Flight Recorder events are told where the module is there; a runtime image may leave it out.
    requires static jdk.jfr;

    exports io.github.nmf4j.core;

    uses Loss;
    uses Regularizer;
    uses Constraint;
    uses LinearAlgebraBackend;
    uses Start;
    uses Solver;
    uses Acceleration;

    provides Loss with
            KullbackLeibler,
            Euclidean,
            ItakuraSaito,
            BetaDivergence,
            AlphaDivergence,
            Hellinger,
            NegativeBinomial,
            BernoulliOdds,
            Huber,
            Cauchy;
    provides Constraint with
            Floor,
            Box,
            FixedEntries,
            UnitColumns,
            UnitRows;
    provides LinearAlgebraBackend with
            PortableBackend;
    provides Start with
            NndsvdFill,
            RandomStart,
            RandomColumns,
            Nndsvd,
            Nndsvda,
            Nndsvdar,
            SuccessiveProjection,
            SphericalMeans;
    provides Solver with
            Automatic,
            MajorizeMinimize,
            Ccd,
            Hals,
            Bregman,
            ProjectedGradient;
    provides Acceleration with
            Subspace,
            Extrapolation,
            GillisExtrapolation,
            Squarem,
            NoAcceleration;
}
