package io.github.nmf4j.core;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Constraint.Ties;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Extension;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.SparseMatrix;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Non-negative matrix factorisation: finds non-negative W and H so that X ≈ W·H, or X ≈ G·W·H with a dictionary G, under a
 * loss, penalties and constraints that compose.
 *
 * <pre>{@code
 * Factorization fit = Nmf.builder()
 *         .rank(8)
 *         .loss("kullback-leibler")
 *         .stopWhen(StoppingRule.relativeDecreaseBelow(1e-6).orAfterIterations(500))
 *         .build()
 *         .fit(x);
 * }</pre>
 *
 * <p>Minimizes D(X ‖ G·W·H) + Σ penalties, summed over all entries. Immutable: one instance fits many matrices, from many
 * threads. The components of a result stand in the order of their share of the model's sum, balanced so that ‖w_a‖ = ‖h_a‖,
 * as far as neither a given start nor a penalty or constraint says otherwise. The same seed, backend, JDK and machine give the
 * same bits, whatever the number of threads.
 */
public final class Nmf {
    /** The share of the data term of {@link StoppingRule#gapBelow} where no other stopping rule is given. */
    public static final double TOLERANCE = 1e-4;

    private static final int ITERATIONS = 1000;

    private final Settings settings;
    private final Plugins plugins;

    private Nmf(Settings settings, Plugins plugins) {
        this.settings = settings;
        this.plugins = plugins;
    }

    /** {@return a builder with standard values: only the rank must be given} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the factors of a matrix}
     *
     * <p>Dense and sparse X are used as they are given; a dense matrix that is mostly zeros is fitted faster as
     * {@link SparseMatrix#of}.
     *
     * @param x n × p, finite and ≥ 0 wherever it is observed; read, never written, and not to be changed meanwhile
     * @throws InvalidInputException if x, or what was given with it, breaks a rule; the message says which and where
     */
    public Factorization fit(Matrix x) {
        return new Fit(settingsFor(x), x).run();
    }

    /**
     * {@return the factors of a matrix from several starts: seeds count upwards from the one set, and unless a start was set the
     * second and later ones are {@link RandomColumns}}
     *
     * <p>Runs go on side by side as far as threads and memory allow, and share the threads; listeners are told of all of them,
     * each on the thread of its run. Results do not depend on that. All factors are kept.
     *
     * @param x as for {@link #fit}
     * @param count of runs, at least 1
     * @throws InvalidInputException as {@link #fit}; if the start does not depend on the seed
     */
    public Restarts fit(Matrix x, int count) {
        return new Starts(settingsFor(x), x, count).run();
    }

    private Settings settingsFor(Matrix x) {
        if (settings.backend() != null) {
            return settings;
        }
        double seconds = BackendChoice.seconds(x, settings.rank(), settings.stop());
        return settings.with(BackendChoice.of(plugins, seconds));
    }

    /** Collects settings; a setter refuses its own bad value and a second call, {@link #build} refuses combinations. */
    public static final class Builder {
        private final Set<String> called = new HashSet<>();
        private int rank;
        private Loss loss = new KullbackLeibler();
        private Regularizer penaltyOfW;
        private Regularizer penaltyOfH;
        private List<Constraint> constraintsOfW = List.of();
        private List<Constraint> constraintsOfH = List.of();
        private DenseMatrix dictionary;
        private boolean normalized;
        private double scale = 1;
        private Matrix weights;
        private boolean missingIsNaN;
        private Matrix background;
        private Start start = new NndsvdFill();
        private Matrix startW;
        private Matrix startH;
        private boolean arranges;
        private final EnumSet<Factor> held = EnumSet.noneOf(Factor.class);
        private Solver solver = new Automatic();
        private Acceleration acceleration = new Subspace();
        private LinearAlgebraBackend backend;
        private StoppingRule stop = StoppingRule.gapBelow(TOLERANCE).orAfterIterations(ITERATIONS);
        private boolean revives;
        private int traceEvery = 1;
        private long seed;
        private int threads = 1;
        private final List<Consumer<Progress>> listeners = new ArrayList<>();
        private Plugins plugins;

        private Builder() {}

        private void once(String setter) {
            if (!called.add(setter)) {
                throw new InvalidInputException(setter + " must be set once");
            }
        }

        private void requireOneScale() {
            if (!called.add("scale")) {
                throw new InvalidInputException(
                        "normalized and scaledBy exclude each other, and each may be called once");
            }
        }

        private <S extends Extension<S>> S named(Class<S> service, String name) {
            if (plugins == null) {
                plugins = Plugins.load();
            }
            return plugins.find(service, name);
        }

        /**
         * {@return this builder}
         *
         * @param components k, at least 1
         */
        public Builder rank(int components) {
            once("rank");
            if (components < 1) {
                throw new InvalidInputException("rank must be at least 1: " + components);
            }
            rank = components;
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param loss what misfit costs; Kullback–Leibler unless said
         */
        public Builder loss(Loss loss) {
            once("loss");
            this.loss = Objects.requireNonNull(loss);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param name of a loss found by {@code ServiceLoader}
         */
        public Builder loss(String name) {
            return loss(named(Loss.class, name));
        }

        /**
         * {@return this builder}
         *
         * @param penalty on W; sums are made by {@link Regularizer#plus}
         */
        public Builder penalizeW(Regularizer penalty) {
            once("penalizeW");
            penaltyOfW = Objects.requireNonNull(penalty);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param penalty on H; sums are made by {@link Regularizer#plus}
         */
        public Builder penalizeH(Regularizer penalty) {
            once("penalizeH");
            penaltyOfH = Objects.requireNonNull(penalty);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param constraints on W; bounds intersect, at most one may tie entries together
         */
        public Builder constrainW(Constraint... constraints) {
            once("constrainW");
            constraintsOfW = List.of(constraints);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param constraints on H; bounds intersect, at most one may tie entries together
         */
        public Builder constrainH(Constraint... constraints) {
            once("constrainH");
            constraintsOfH = List.of(constraints);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param g n × m, finite and ≥ 0; W is then m × k
         */
        public Builder dictionary(Matrix g) {
            once("dictionary");
            dictionary = g.toDense();
            for (int i = 0; i < g.rows(); i++) {
                for (int j = 0; j < g.columns(); j++) {
                    double value = dictionary.get(i, j);
                    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                        throw new InvalidInputException("the dictionary must be finite and non-negative: dictionary["
                                + i + ", " + j + "] = " + value);
                    }
                }
            }
            if (g.columns() < 1) {
                throw new InvalidInputException(
                        "the dictionary must have at least one column: " + g.rows() + " x " + g.columns());
            }
            return this;
        }

        /**
         * {@return this builder}
         *
         * <p>X is multiplied by k/(n · mean X) while fitting, so that its columns sum to k on average; penalty weights and the
         * objective are in that scale, everything given and returned in the scale of X.
         */
        public Builder normalized() {
            requireOneScale();
            normalized = true;
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param factor X is multiplied by it while fitting, as {@link #normalized} does with one of its own; above 0
         */
        public Builder scaledBy(double factor) {
            requireOneScale();
            if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
                throw new InvalidInputException("the scale must be finite and above 0: " + factor);
            }
            scale = factor;
            return this;
        }

        /**
         * {@return this builder}
         *
         * <p>A {@link SparseMatrix} says that only its stored entries are observed, as in ratings: an
         * entry that it does not store has weight 0, which is missing. Where fewer than a seventh are observed, time and
         * memory grow with these and not with rows · columns, however X is stored.
         *
         * @param entries of X's shape, finite and ≥ 0; an entry of weight 0 is never used
         */
        public Builder weights(Matrix entries) {
            once("weights");
            weights = Objects.requireNonNull(entries);
            return this;
        }

        /** {@return this builder; NaN in X marks missing entries, which are never used} */
        public Builder missingNaN() {
            once("missing");
            missingIsNaN = true;
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param known a part of the model that is known, in the scale of X: n × p, one row, one column or one number; ≥ 0
         */
        public Builder background(Matrix known) {
            once("background");
            background = Objects.requireNonNull(known);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param start where to start; {@link NndsvdFill} unless said
         */
        public Builder start(Start start) {
            once("start");
            this.start = Objects.requireNonNull(start);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param name of a start found by {@code ServiceLoader}
         */
        public Builder start(String name) {
            return start(named(Start.class, name));
        }

        /**
         * {@return this builder}
         *
         * @param w first W, n × k (m × k with a dictionary), in the scale of X; used as it is where feasible
         */
        public Builder startW(Matrix w) {
            once("startW");
            startW = Objects.requireNonNull(w);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param h first H, k × p, in the scale of X; used as it is where feasible
         */
        public Builder startH(Matrix h) {
            once("startH");
            startH = Objects.requireNonNull(h);
            return this;
        }

        /**
         * {@return this builder; components are put in order and balanced at the end though factors are given, as a run does that
         * goes on where another one stopped}
         */
        public Builder arrangeComponents() {
            once("arrangeComponents");
            arranges = true;
            return this;
        }

        /**
         * {@return this builder; a factor given by {@link #startW} or {@link #startH} is held, only the other is found}
         *
         * @param factor which
         */
        public Builder hold(Factor factor) {
            if (!called.add("hold")) {
                throw new InvalidInputException("one factor may be held, for the other must be found: both were named");
            }
            held.add(factor);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param solver makes sweeps
         */
        public Builder solver(Solver solver) {
            once("solver");
            this.solver = Objects.requireNonNull(solver);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param name of a solver found by {@code ServiceLoader}
         */
        public Builder solver(String name) {
            return solver(named(Solver.class, name));
        }

        /**
         * {@return this builder}
         *
         * @param acceleration repeats sweeps
         */
        public Builder acceleration(Acceleration acceleration) {
            once("acceleration");
            this.acceleration = Objects.requireNonNull(acceleration);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param name of an acceleration found by {@code ServiceLoader}
         */
        public Builder acceleration(String name) {
            return acceleration(named(Acceleration.class, name));
        }

        /**
         * {@return this builder}
         *
         * @param backend linear algebra; unless said, the one that the system property {@code nmf4j.backend} or the variable
         *     {@code NMF_BACKEND} names, and without those the available one of highest priority whose warm-up the work is worth
         */
        public Builder backend(LinearAlgebraBackend backend) {
            once("backend");
            this.backend = Objects.requireNonNull(backend);
            if (!backend.availability().usable()) {
                throw new InvalidInputException("backend '" + backend.name() + "' cannot be used here: "
                        + backend.availability().reason());
            }
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param name of a backend found by {@code ServiceLoader}, or {@code auto} to leave the choice to the fit
         */
        public Builder backend(String name) {
            if (name.equals("auto")) {
                once("backend");
                return this;
            }
            if (plugins == null) {
                plugins = Plugins.load();
            }
            return backend(plugins.backend(name));
        }

        /**
         * {@return this builder}
         *
         * @param rule when to stop; where neither factor could gain 1e-4 of the data term, or after 1000 iterations, unless said
         */
        public Builder stopWhen(StoppingRule rule) {
            once("stopWhen");
            if (!rule.mayEnd()) {
                throw new InvalidInputException(
                        "a stopping rule needs a tolerance, a number of iterations or a time limit: it has none");
            }
            stop = rule;
            return this;
        }

        /**
         * {@return this builder}
         *
         * <p>Where a run has converged and a component takes no part in the model, it is started again as the column of X that
         * is fitted worst, if that lowers the objective, and the run goes on; at most rank times.
         */
        public Builder reviveDeadComponents() {
            once("reviveDeadComponents");
            revives = true;
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param iterations rows of the trace are so many iterations apart, at least 1; 1 unless said; first and last are always
         *     there
         */
        public Builder traceEvery(int iterations) {
            once("traceEvery");
            if (iterations < 1) {
                throw new InvalidInputException("the trace must have a row every 1 or more iterations: " + iterations);
            }
            traceEvery = iterations;
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param value of everything random; 0 unless said
         */
        public Builder seed(long value) {
            once("seed");
            seed = value;
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param count at least 1; 1 unless said; results do not depend on it
         */
        public Builder threads(int count) {
            once("threads");
            if (count < 1) {
                throw new InvalidInputException("threads must be at least 1: " + count);
            }
            threads = count;
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param listener told of every iteration on the thread of the fit; makes the objective be computed each time
         */
        public Builder onProgress(Consumer<Progress> listener) {
            listeners.add(Objects.requireNonNull(listener));
            return this;
        }

        /**
         * {@return the factorisation to run}
         *
         * @throws InvalidInputException if settings are missing or do not go together
         */
        public Nmf build() {
            if (!called.contains("rank")) {
                throw new InvalidInputException("rank must be given");
            }
            if (held.contains(Factor.W) && startW == null || held.contains(Factor.H) && startH == null) {
                throw new InvalidInputException("a factor that is held must be given");
            }
            Settings settings = new Settings(
                    rank,
                    loss,
                    penaltyOfW == null ? List.of() : penaltyOfW.terms(),
                    penaltyOfH == null ? List.of() : penaltyOfH.terms(),
                    constraintsOfW,
                    constraintsOfH,
                    dictionary,
                    normalized,
                    scale,
                    carrier(),
                    weights,
                    missingIsNaN,
                    background,
                    start,
                    called.contains("start"),
                    startW,
                    startH,
                    arranges,
                    Set.copyOf(held),
                    solver,
                    acceleration,
                    backend,
                    stop,
                    revives,
                    traceEvery,
                    seed,
                    threads,
                    List.copyOf(listeners));
            return new Nmf(settings, backend == null ? Plugins.load() : null);
        }

        private Factor carrier() {
            boolean tiedW = tied(constraintsOfW, Factor.W);
            if (tiedW && tied(constraintsOfH, Factor.H) && called.contains("scale")) {
                throw new InvalidInputException(
                        "normalising needs a factor to undo it on: entries of both W and H are tied to a sum");
            }
            return tiedW ? Factor.H : Factor.W;
        }

        private static boolean tied(List<Constraint> constraints, Factor factor) {
            return constraints.stream().anyMatch(c -> c.on(factor).ties() != Ties.NOTHING);
        }
    }
}
