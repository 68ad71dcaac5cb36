package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Sweeps that go on between passes over X, on what the passes have shown of it ({@link SeenData}); the point that they lead to
 * is given up where the next pass finds its objective risen, and the sweep made from where they had begun.
 *
 * <p>Where updates see X through Gram matrices alone, accelerated HALS repeats the sweep over one factor while its products with
 * X last; this repeats sweeps over both, accelerated by {@link Extrapolation}, until they gain less than a hundredth of what the
 * best of them did or have cost their share. Elsewhere, and where fewer than eight sweeps would cost that, it is {@link Extrapolation}.
 *
 * @param share work of the sweeps in between, in that of a pass for each factor; at least 0
 */
@AutoService(Acceleration.class)
public record Subspace(double share) implements Acceleration {
    private static final Parameter SHARE = new Parameter(
            "share", Parameter.Kind.NUMBER, "1", "work of the sweeps between passes, in that of the passes");

    /** Fewer do not make up for the assembly, and for being slower by the multiplication than a pass. */
    private static final int FEWEST = 8;

    /** Sweeps over the entries of a factor that a sweep in between is taken to make. */
    private static final double INNER = 3;

    /** Of the largest gain of a sweep in between: with less they end. */
    private static final double FADED = 0.01;

    /** Kept by a run: the last swept, and three for sweeps in between. */
    private static final int POINTS = 4;

    private static final Extrapolation OTHERWISE = new Extrapolation();

    /** Sweeps in between that cost as much as the passes. */
    public Subspace() {
        this(1);
    }

    /** Refuses a negative share. */
    public Subspace {
        if (!(share >= 0 && share < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("subspace: share must be finite and at least 0: " + share);
        }
    }

    @Override
    public String name() {
        return "subspace";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SHARE);
    }

    @Override
    public Acceleration with(Arguments values) {
        return new Subspace(values.checkedAgainst(name(), parameters()).number(SHARE.name(), share));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(SHARE.name(), share);
    }

    @Override
    public String summary() {
        return "sweeps between passes on what they have shown of x, where that is little work; extrapolation elsewhere;"
                + " the standard acceleration";
    }

    @Override
    public String describe(Sweep sweep, Problem problem) {
        return applies(sweep, problem) ? name() : OTHERWISE.name();
    }

    private boolean applies(Sweep sweep, Problem problem) {
        return affordable(problem) >= FEWEST && sweep.on(new SeenData(problem)).isPresent();
    }

    /** {@return how many sweeps cost the share of a pass for each factor, in multiplications} */
    private int affordable(Problem problem) {
        double entries = problem.rank() * ((double) problem.rows() + problem.columns());
        double between = 2 * SeenData.cost(problem) + INNER * entries * problem.rank();
        double passes = 2 * problem.data().stored() * problem.rank();
        return (int) Math.min(Integer.MAX_VALUE, share * passes / between);
    }

    @Override
    public Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem) {
        int most = affordable(problem);
        SeenData seen = new SeenData(problem);
        Optional<Sweep> between = most < FEWEST ? Optional.empty() : sweep.on(seen);
        return between.isPresent()
                ? new Run(sweep, between.get(), seen, most, problem).from(start, gate)
                : OTHERWISE.run(sweep, start, gate, problem);
    }

    /** Ends sweeps that have become many, or gain little. */
    private static final class Fading implements Gate {
        private final int most;
        private int done;
        private double last = Double.POSITIVE_INFINITY;
        private double best;

        Fading(int most) {
            this.most = most;
        }

        @Override
        public boolean wantsObjective() {
            return true;
        }

        @Override
        public boolean proceed(Iterate at, Objective objective) {
            double gain = last - objective.total();
            last = objective.total();
            if (gain < Double.POSITIVE_INFINITY) {
                best = Math.max(best, gain);
                return gain > FADED * best && done++ < most;
            }
            return true;
        }
    }

    /** The run, and the points that nothing holds. */
    private static final class Run {
        private final Sweep sweep;
        private final Sweep between;
        private final SeenData seen;
        private final int most;
        private final Problem problem;
        private final Deque<Iterate> free = new ArrayDeque<>();

        Run(Sweep sweep, Sweep between, SeenData seen, int most, Problem problem) {
            this.sweep = sweep;
            this.between = between;
            this.seen = seen;
            this.most = most;
            this.problem = problem;
        }

        Iterate from(Iterate start, Gate gate) {
            for (int i = 0; i < POINTS - 1; i++) {
                free.add(start.copy());
            }
            MonotoneGate judge = new MonotoneGate(gate);
            Iterate from = start;
            Iterate swept = null; // by the last pass that was not given up
            while (true) {
                Iterate into = free.remove();
                boolean done = sweep.run(from, into, judge.refusingRises(swept != null && from != swept));
                if (!done && !judge.refused()) {
                    return from;
                }
                seen.add(
                        Factor.W,
                        from.values(Factor.W),
                        problem.halfStep(Factor.H).negative());
                free.add(from);
                if (!done) {
                    free.add(into);
                    from = swept;
                    continue;
                }
                seen.add(
                        Factor.H,
                        into.values(Factor.H),
                        problem.halfStep(Factor.W).negative());
                if (swept != null && swept != from) {
                    free.add(swept);
                }
                swept = into;
                from = ahead(swept);
            }
        }

        /** {@return where sweeps on what was seen lead from a point} */
        private Iterate ahead(Iterate swept) {
            seen.assemble();
            Iterate[] points = {free.remove(), free.remove(), free.remove()};
            points[0].set(Factor.W, swept);
            points[0].set(Factor.H, swept);
            Iterate end = Extrapolation.run().run(between, points, new Fading(most), problem);
            for (Iterate point : points) {
                if (point != end) {
                    free.add(point);
                }
            }
            return end;
        }
    }
}
