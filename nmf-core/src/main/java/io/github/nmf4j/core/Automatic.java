package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Factor;
import java.util.Locale;
import java.util.Optional;

/**
 * Chooses an update for each factor by what the loss and the constraints declare: accelerated HALS where it is allowed,
 * majorize-minimize elsewhere.
 */
@AutoService(Solver.class)
public record Automatic() implements Solver {
    private static final Hals HALS = new Hals();

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public String describe(Problem problem) {
        StringBuilder text = new StringBuilder();
        for (Factor factor : new Factor[] {Factor.H, Factor.W}) {
            if (problem.updates(factor)) {
                text.append(text.isEmpty() ? "" : "; ")
                        .append(factor.name().toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(choice(problem, factor));
            }
        }
        return text.toString();
    }

    private static String choice(Problem problem, Factor factor) {
        Optional<String> refusal = refusal(problem, factor);
        return refusal.map(reason -> "mm (" + reason + ")").orElse("hals");
    }

    private static Optional<String> refusal(Problem problem, Factor factor) {
        return factor == Factor.W && problem.hasDictionary()
                ? Optional.of("a dictionary couples the rows of W")
                : Hals.refuses(problem, factor);
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
        return refusal(problem, factor).isPresent() ? problem.halfStep(factor) : HALS.update(problem, factor);
    }
}
