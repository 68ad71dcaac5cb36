package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Factor;

/**
 * One half-step for H, then the same one for W on the transposed problem: each minimizes a surrogate that touches the
 * objective and bounds it, so the objective never rises (Lee &amp; Seung 2001, NIPS 13, Lemma 1; Hunter &amp; Lange 2004).
 *
 * <p>For every loss, penalty and constraint.
 */
@AutoService(Solver.class)
public record MajorizeMinimize() implements Solver {
    @Override
    public String name() {
        return "mm";
    }

    @Override
    public String summary() {
        return "majorize-minimize, for every composition; the objective never rises";
    }

    @Override
    public Sweep sweep(Problem problem) {
        return new Alternation(problem, problem.halfStep(Factor.H), problem.halfStep(Factor.W));
    }
}
