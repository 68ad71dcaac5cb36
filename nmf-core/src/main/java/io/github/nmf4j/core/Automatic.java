package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Factor;
import java.util.Locale;
import java.util.Optional;

/**
 * Chooses an update for each factor by what the loss, the data and the constraints declare: accelerated HALS where X is seen
 * through Gram matrices alone; coordinate Newton steps where the loss has a second derivative and not all of X is visited;
 * majorize-minimize elsewhere.
 */
@AutoService(Solver.class)
public record Automatic() implements Solver {
    private static final Hals HALS = new Hals();
    private static final Ccd CCD = new Ccd();
    private static final MajorizeMinimize MM = new MajorizeMinimize();

    /** What updates a factor, and why. */
    private record Choice(Solver solver, String reason) {}

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public String summary() {
        return "for each factor hals, ccd or mm, by what loss, data and constraints declare; the standard solver";
    }

    @Override
    public String describe(Problem problem) {
        StringBuilder text = new StringBuilder();
        for (Factor factor : new Factor[] {Factor.H, Factor.W}) {
            if (problem.updates(factor)) {
                Choice choice = choice(problem, factor);
                text.append(text.isEmpty() ? "" : "; ")
                        .append(factor.name().toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(choice.solver.name())
                        .append(" (")
                        .append(choice.reason)
                        .append(')');
            }
        }
        return text.toString();
    }

    private static Choice choice(Problem problem, Factor factor) {
        if (factor == Factor.W && problem.hasDictionary()) {
            return new Choice(MM, "a dictionary couples the rows of W");
        }
        Optional<String> hals = Hals.refuses(problem, factor);
        if (hals.isEmpty()) {
            return new Choice(HALS, "x is seen through Gram matrices alone");
        }
        if (problem.data().gram()) {
            return new Choice(MM, hals.get());
        }
        if (problem.data().visited(factor) == null) {
            return new Choice(MM, "all entries of x are read");
        }
        Optional<String> ccd = Ccd.refuses(problem, factor);
        return ccd.map(reason -> new Choice(MM, reason))
                .orElse(new Choice(CCD, "x is sparse, the loss has a curvature"));
    }

    @Override
    public Sweep sweep(Problem problem) {
        return new Alternation(problem, update(problem, Factor.H), update(problem, Factor.W));
    }

    /**
     * {@return the update of one factor}
     *
     * @param problem any
     * @param factor which
     */
    public FactorUpdate update(Problem problem, Factor factor) {
        Solver solver = choice(problem, factor).solver;
        return solver == HALS
                ? HALS.update(problem, factor)
                : solver == CCD ? CCD.update(problem, factor) : problem.halfStep(factor);
    }
}
