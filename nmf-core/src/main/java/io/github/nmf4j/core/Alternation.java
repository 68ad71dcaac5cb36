package io.github.nmf4j.core;

import io.github.nmf4j.api.Factor;
import java.util.Optional;

/**
 * A sweep of two updates: of H, then of W; of one where the other is held.
 *
 * @param problem says which factors move
 * @param ofH update of H
 * @param ofW update of W
 */
record Alternation(Problem problem, FactorUpdate ofH, FactorUpdate ofW) implements Sweep {
    @Override
    public boolean run(Iterate from, Iterate into, Gate gate) {
        FactorUpdate first = problem.updates(Factor.H) ? ofH : ofW;
        HalfStepEvent event = FlightRecord.halfStep();
        boolean wanted = gate.wantsObjective();
        double data = first.statistics(from, wanted);
        if (!gate.proceed(from, wanted ? problem.objective(from, data) : null)) {
            return false;
        }
        into.set(Factor.W, from);
        into.set(Factor.H, from);
        first.update(from, into);
        FlightRecord.end(event, first == ofH ? Factor.H : Factor.W);
        if (first == ofH && problem.updates(Factor.W)) {
            event = FlightRecord.halfStep();
            ofW.statistics(into, false);
            ofW.update(from, into);
            FlightRecord.end(event, Factor.W);
        }
        return true;
    }

    @Override
    public Optional<Sweep> on(SeenData seen) {
        if (!problem.updates(Factor.H) || !problem.updates(Factor.W)) {
            return Optional.empty();
        }
        return ofH.on(seen).flatMap(h -> ofW.on(seen).map(w -> new Alternation(problem, h, w)));
    }
}
