package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run, from the first look at X to the result. */
final class Fit {
    private static final System.Logger LOG = System.getLogger(Nmf.class.getName());

    private final Settings settings;
    private final Matrix x;
    private final List<String> remarks = new ArrayList<>();

    /**
     * @param settings with a backend
     * @param x the data
     */
    Fit(Settings settings, Matrix x) {
        this.settings = settings;
        this.x = x;
    }

    Factorization run() {
        FitEvent event = FlightRecord.fit();
        Factorization result = fitted();
        FlightRecord.end(event, x, settings, result);
        return result;
    }

    private Factorization fitted() {
        Requirements required = new Requirements(settings, x);
        required.shapes();
        required.memory();
        DataFacts facts = DataFacts.of(x, settings);
        if (x instanceof SparseMatrix && facts.entries() == null) {
            LOG.log(
                    Level.INFO,
                    "sparse x is read in dense tiles: {0} promises no closed form for its zeros,"
                            + " or too many of its entries are weighted or filled",
                    settings.loss().name());
        }
        try (Workers workers = new Workers(settings.threads())) {
            Problem problem = new Problem(settings, facts, workers);
            settings.solver().refuses(problem).ifPresent(reason -> {
                throw new InvalidInputException(reason);
            });
            Iterate start = new StartingPoint(settings, facts, problem).make();
            problem.guardAgainstZeros(start);
            required.finiteModel(problem, start);
            Components components = new Components(settings, problem);
            warn(components.surplus());
            warn(components.fading(start));
            Monitor monitor = new Monitor(settings, problem);
            Sweep sweep = settings.solver().sweep(problem);
            Iterate end = iterate(sweep, problem, start, monitor, new Revival(problem, settings, components));
            monitor.close(problem, end);
            return result(
                    problem, end, monitor, components, settings.acceleration().describe(sweep, problem));
        }
    }

    private void warn(List<String> lines) {
        lines.forEach(line -> LOG.log(Level.WARNING, line));
        remarks.addAll(lines);
    }

    private Iterate iterate(Sweep sweep, Problem problem, Iterate start, Monitor monitor, Revival revival) {
        Iterate end = settings.acceleration().run(sweep, start, monitor, problem);
        Iterate next = next(end, monitor, revival);
        while (next != null) {
            monitor.resume();
            end = settings.acceleration().run(sweep, next, monitor, problem);
            next = next(end, monitor, revival);
        }
        return end;
    }

    /** {@return where to go on; null where the run has ended} */
    private static Iterate next(Iterate end, Monitor monitor, Revival revival) {
        Iterate released = monitor.released();
        return released != null ? released : monitor.converged() && revival.of(end) ? end : null;
    }

    private Factorization result(
            Problem problem, Iterate end, Monitor monitor, Components components, String acceleration) {
        int[] order = components.order(end);
        warn(components.lifeless(order, components.dead(end)));
        DenseMatrix w = inOrder(end.values(Factor.W), order).transposed();
        DenseMatrix h = inOrder(end.values(Factor.H), order);
        double scale = problem.facts().scale();
        (settings.carrier() == Factor.W ? w : h).scale(1 / scale);
        components.balance(w, h);
        return new Factorization(
                w.readOnly(),
                h.readOnly(),
                monitor.trace(),
                monitor.reason(),
                monitor.iteration(),
                monitor.trace().last().seconds(),
                scale,
                settings.backend().name(),
                settings.threads(),
                settings.solver().describe(problem),
                acceleration,
                Optional.of(monitor.optimality()),
                List.copyOf(remarks));
    }

    private static DenseMatrix inOrder(DenseMatrix factor, int[] order) {
        DenseMatrix ordered = DenseMatrix.zeros(factor.rows(), factor.columns());
        for (int c = 0; c < order.length; c++) {
            ordered.slice(c, 0, 1, factor.columns()).set(factor.slice(order[c], 0, 1, factor.columns()));
        }
        return ordered;
    }
}
