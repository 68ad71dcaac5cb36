package io.github.nmf4j.core.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.core.Acceleration;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.Gate;
import io.github.nmf4j.core.Iterate;
import io.github.nmf4j.core.MajorizeMinimize;
import io.github.nmf4j.core.NoAcceleration;
import io.github.nmf4j.core.Problem;
import io.github.nmf4j.core.RandomStart;
import io.github.nmf4j.core.Solver;
import io.github.nmf4j.core.Start;
import io.github.nmf4j.core.StartData;
import io.github.nmf4j.core.Sweep;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Starts, solvers and accelerations that are wrong in one thing each: the law that forbids it fails. */
class BrokenTest {
    /** A solver whose sweeps are those of majorize-minimize, spoilt. */
    private record Spoilt(UnaryOperator<Sweep> spoil) implements Solver {
        @Override
        public String name() {
            return "spoilt";
        }

        @Override
        public Sweep sweep(Problem problem) {
            return spoil.apply(new MajorizeMinimize().sweep(problem));
        }
    }

    private static Solver afterwards(Consumer<Iterate> spoil) {
        return new Spoilt(right -> (from, into, gate) -> {
            boolean on = right.run(from, into, gate);
            if (on) {
                spoil.accept(into);
            }
            return on;
        });
    }

    private static void multiply(DenseMatrix values, double by) {
        for (int c = 0; c < values.rows(); c++) {
            for (int j = 0; j < values.columns(); j++) {
                values.set(c, j, by * values.get(c, j));
            }
        }
    }

    private static SolverContract contractOf(Solver solver) {
        return new SolverContract() {
            @Override
            protected Solver solver() {
                return solver;
            }
        };
    }

    private static void assertCaught(Solver broken, Consumer<SolverContract> law) {
        assertThatThrownBy(() -> law.accept(contractOf(broken))).isInstanceOf(AssertionError.class);
        assertThatCode(() -> law.accept(contractOf(new MajorizeMinimize()))).doesNotThrowAnyException();
    }

    @Test
    void stepsTooFar() {
        assertCaught(afterwards(at -> multiply(at.values(Factor.H), 3)), contract -> contract.objectiveNeverRises(1));
    }

    /** What a half-step wrote is changed behind the back of the gate, in the last sweep alone. */
    @Test
    void handsOverOtherFactorsThanItReports() {
        Acceleration deceitful = new Acceleration() {
            @Override
            public String name() {
                return "deceitful";
            }

            @Override
            public Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem) {
                Iterate last = new NoAcceleration().run(sweep, start, gate, problem);
                multiply(last.values(Factor.H), 1.001);
                return last;
            }
        };
        AccelerationContract contract = new AccelerationContract() {
            @Override
            protected Acceleration acceleration() {
                return deceitful;
            }
        };
        assertThatThrownBy(() -> contract.objectiveIsThatOfTheFactors(1)).isInstanceOf(AssertionError.class);
    }

    @Test
    void doesNothing() {
        Solver idle = new Spoilt(right -> (from, into, gate) -> {
            boolean on = right.run(from, into, gate);
            into.set(Factor.W, from);
            into.set(Factor.H, from);
            return on;
        });
        assertCaught(idle, contract -> contract.objectiveFalls(1));
    }

    @Test
    void givesLessThanNothing() {
        AtomicLong sweeps = new AtomicLong();
        Solver negative = afterwards(at -> {
            if (sweeps.incrementAndGet() == FitLaws.ITERATIONS) {
                at.values(Factor.H).set(0, 0, -0.5);
            }
        });
        SolverContract contract = new SolverContract() {
            @Override
            protected Solver solver() {
                return negative;
            }

            @Override
            protected List<Loss> losses() {
                return List.of(new Euclidean());
            }
        };
        assertThatThrownBy(() -> contract.factorsAreFiniteAndNotNegative(1)).isInstanceOf(AssertionError.class);
    }

    @Test
    void countsSweepsOfAllFits() {
        AtomicLong sweeps = new AtomicLong();
        assertCaught(
                afterwards(at -> multiply(at.values(Factor.H), 1 + 1e-12 * sweeps.getAndIncrement())),
                contract -> contract.sameBitsAgainAndOnThreads(1));
    }

    @Test
    void updatesWhatIsHeld() {
        assertCaught(afterwards(at -> multiply(at.values(Factor.W), 0.999)), contract -> contract.aHeldFactorStays(1));
    }

    @Test
    void refusesEverything() {
        Solver useless = new Solver() {
            @Override
            public String name() {
                return "useless";
            }

            @Override
            public Optional<String> refuses(Problem problem) {
                return Optional.of("no problem is good enough");
            }

            @Override
            public Sweep sweep(Problem problem) {
                throw new IllegalStateException("refused");
            }
        };
        assertCaught(useless, SolverContract::refusesInOneLineAndNotEverything);
    }

    @Test
    void endsOfItsOwnAccord() {
        Acceleration impatient = new Acceleration() {
            @Override
            public String name() {
                return "impatient";
            }

            @Override
            public Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem) {
                Iterate next = start.copy();
                return sweep.run(start, next, gate) ? next : start;
            }
        };
        AccelerationContract contract = new AccelerationContract() {
            @Override
            protected Acceleration acceleration() {
                return impatient;
            }
        };
        assertThatThrownBy(() -> contract.endsWhenItIsTold(4)).isInstanceOf(AssertionError.class);
    }

    /** What a random start writes, and then something else. */
    private record SpoiltStart(BiConsumer<DenseMatrix, DenseMatrix> spoil) implements Start {
        @Override
        public String name() {
            return "spoilt";
        }

        @Override
        public void write(StartData data, DenseMatrix w, DenseMatrix h) {
            new RandomStart().write(data, w, h);
            spoil.accept(w, h);
        }
    }

    private static StartContract contractOf(Start start) {
        return new StartContract() {
            @Override
            protected Start start() {
                return start;
            }
        };
    }

    @Test
    void needsASecondRow() {
        StartContract contract = contractOf(new SpoiltStart((w, h) -> {
            if (w.columns() < 2) {
                throw new IllegalStateException("no second row");
            }
        }));
        assertThatThrownBy(() -> contract.factorsAreFiniteAndNotNegative(1)).hasMessage("no second row");
    }

    @Test
    void startsEverywhereAlike() {
        StartContract contract = contractOf(new SpoiltStart((w, h) -> {
            w.fill(1);
            h.fill(1);
        }));
        assertThatThrownBy(() -> contract.theSeedDecides(1)).isInstanceOf(AssertionError.class);
    }

    @Test
    void startsElsewhereEachTime() {
        AtomicLong calls = new AtomicLong();
        StartContract contract = contractOf(new SpoiltStart((w, h) -> w.set(0, 0, 1 + calls.getAndIncrement())));
        assertThatThrownBy(() -> contract.theSeedDecides(1)).isInstanceOf(AssertionError.class);
        assertThatCode(() -> contractOf(new RandomStart()).theSeedDecides(1)).doesNotThrowAnyException();
    }
}
