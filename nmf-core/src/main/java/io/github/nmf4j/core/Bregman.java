package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Loss;
import java.util.Optional;

/**
 * Mirror descent: the data term is bounded by its tangent and S times the Burg divergence, r − log r − 1 of the ratio r of an
 * entry to its current value, where S is the sum of the data that the entry's vector meets.
 *
 * <p>Bauschke, Bolte &amp; Teboulle (2017), Mathematics of Operations Research 42(2), 330–348, lemma 7: −Σ x·log y is S-smooth
 * relative to Burg's entropy. The objective does not rise, but steps are as short as for data that met one component alone: ESPM
 * has it, for comparison; {@link MajorizeMinimize} costs the same and is faster. With a dictionary S for W is the sum of all
 * data.
 */
@AutoService(Solver.class)
public record Bregman() implements Solver {
    @Override
    public String name() {
        return "bregman";
    }

    @Override
    public String summary() {
        return "mirror descent as in ESPM, for comparison: kullback-leibler only, the objective never rises, slower than mm";
    }

    @Override
    public Optional<String> refuses(Problem problem) {
        Loss loss = problem.loss();
        if (loss.positive() != Loss.Positive.ONE || loss.negative() != Loss.Negative.RATIO) {
            return Optional.of("bregman needs a loss that is relatively smooth, as kullback-leibler: " + loss.name()
                    + " does not say so; use mm or auto");
        }
        return problem.data().background() == null
                ? Optional.empty()
                : Optional.of("bregman needs a model without background; use mm or auto");
    }

    @Override
    public Sweep sweep(Problem problem) {
        return new Alternation(
                problem,
                HalfStep.bregman(problem, problem.terms(Factor.H)),
                HalfStep.bregman(problem, problem.terms(Factor.W)));
    }
}
