package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Constraint.Ties;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Accelerated hierarchical alternating least squares: for a loss whose derivative is Y − X, entries move one after another to
 * their exact minimizers, several sweeps for each pass over X.
 *
 * <p>A sweep needs F·X and F·Fᵀ alone, F being the other factor, and costs little beside them. It is repeated until a sweep
 * moves the factor less than a tenth as far as the first one did, until half of what the products cost is spent, or until
 * there were {@code sweeps}. Work is counted in multiplications, not in seconds, so that runs repeat. With one sweep it is
 * plain HALS (Cichocki &amp; Phan 2009, IEICE Transactions E92-A(3), 708–721), which others call coordinate descent; the
 * repetition is that of Gillis &amp; Glineur (2012), Neural Computation 24(4), 1085–1105, section 4.
 *
 * <p>Penalties are majorized anew for every sweep, colour by colour where they couple vectors; bounds and fixed entries hold.
 * Constraints that tie entries together, entry weights, missing entries, a background and other losses are refused, and with a
 * dictionary W, whose rows the dictionary couples, is updated as by {@link MajorizeMinimize}.
 *
 * @param sweeps most sweeps of a half-step, at least 1
 */
@AutoService(Solver.class)
public record Hals(int sweeps) implements Solver {
    private static final int MOST_SWEEPS = 10;
    private static final Parameter SWEEPS =
            new Parameter("sweeps", Parameter.Kind.COUNT, "10", "most sweeps over a factor for each pass over X");

    /** At most ten sweeps. */
    public Hals() {
        this(MOST_SWEEPS);
    }

    /** Refuses fewer than one sweep. */
    public Hals {
        if (sweeps < 1) {
            throw new InvalidInputException("hals: sweeps must be at least 1: " + sweeps);
        }
    }

    @Override
    public String name() {
        return "hals";
    }

    @Override
    public String summary() {
        return "exact steps entry by entry on Gram matrices, for losses that see x through them alone; the objective never rises";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SWEEPS);
    }

    @Override
    public Solver with(Arguments values) {
        return new Hals(values.checkedAgainst(name(), parameters()).count(SWEEPS.name(), sweeps));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(SWEEPS.name(), sweeps);
    }

    @Override
    public Optional<String> refuses(Problem problem) {
        return Arrays.stream(Factor.values())
                .filter(problem::updates)
                .flatMap(factor -> refuses(problem, factor).stream())
                .findFirst()
                .map(reason -> reason + "; use mm or auto");
    }

    /** {@return why it cannot update one factor; empty if it can} */
    static Optional<String> refuses(Problem problem, Factor factor) {
        if (!problem.data().promisesGram()) {
            return Optional.of("hals needs a loss whose update sees X only through W^T X and W^T W: "
                    + problem.loss().name() + " does not");
        }
        if (!problem.data().gram()) {
            return Optional.of("hals needs every entry of X to count alike and to be explained by W and H alone:"
                    + " weights, missing entries or a background were given");
        }
        Constraint tying = problem.terms(factor).tying();
        return tying.ties() == Ties.NOTHING
                ? Optional.empty()
                : Optional.of("hals moves one entry at a time, so no constraint may tie entries together: "
                        + factor.name().toLowerCase(Locale.ROOT) + ":" + tying.name() + " does");
    }

    @Override
    public Sweep sweep(Problem problem) {
        return new Alternation(problem, update(problem, Factor.H), update(problem, Factor.W));
    }

    /**
     * {@return the update of one factor}
     *
     * @param problem which is not refused
     * @param factor which
     */
    public FactorUpdate update(Problem problem, Factor factor) {
        return factor == Factor.W && problem.hasDictionary()
                ? problem.halfStep(factor)
                : new CoordinateDescent(problem, factor, sweeps);
    }
}
