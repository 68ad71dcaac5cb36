package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Constraint.Ties;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Loss.OnZeros;
import io.github.nmf4j.api.Loss.Positive;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Cyclic coordinate descent: entries of a vector move one after another by a Newton step, the model of that vector being kept
 * up to date (Hsieh &amp; Dhillon 2011, KDD, 1064–1072; Lin &amp; Boutros 2020, BMC Bioinformatics 21, 6).
 *
 * <p>For convex losses with a second derivative. A sweep costs about three of {@link MajorizeMinimize} and reaches zeros
 * exactly, which pays where X is sparse. A vector whose objective rose takes a majorize-minimize step instead, so the objective
 * does not rise. Penalties are majorized once a sweep, colour by colour where they couple vectors; bounds and fixed entries
 * hold. Constraints that tie entries are refused, and with a dictionary W is updated as by {@link MajorizeMinimize}.
 */
@AutoService(Solver.class)
public record Ccd() implements Solver {
    @Override
    public String name() {
        return "ccd";
    }

    @Override
    public String summary() {
        return "Newton steps entry by entry, for convex losses, best on sparse x; the objective never rises";
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
        if (!problem.loss().hasCurvature() || !problem.loss().convex()) {
            return Optional.of("ccd needs a convex loss with a second derivative: "
                    + problem.loss().name() + " is not");
        }
        if (!problem.data().visitsAllObserved()
                && (problem.loss().positive() != Positive.ONE || problem.loss().onZeros() != OnZeros.LINEAR)) {
            return Optional.of(
                    "ccd visits the stored entries of sparse x alone, so the loss must be linear in the model"
                            + " elsewhere: " + problem.loss().name() + " is not");
        }
        Constraint tying = problem.terms(factor).tying();
        return tying.ties() == Ties.NOTHING
                ? Optional.empty()
                : Optional.of("ccd moves one entry at a time, so no constraint may tie entries together: "
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
                : new CoordinateNewton(problem, factor);
    }
}
