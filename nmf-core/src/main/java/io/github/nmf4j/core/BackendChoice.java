package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The backend of a fit for which nobody chose one: of the available ones the first by priority whose warm-up the work ahead is
 * worth. It depends on the data's shape, the rank and the stopping rule alone, not on what ran before, so that the same fit
 * gives the same bits.
 */
final class BackendChoice {
    /** A warm-up is worth it where plain code would take twice as long: what it leads to is about twice as fast or more. */
    private static final double WORTH = 2;

    /** Iterations to expect of a rule that sets no limit: most fits stop within a few hundred. */
    private static final int EXPECTED = 200;

    /** Plain code, one thread: nanoseconds an entry and iteration for division and logarithm, and a component's share. */
    private static final double ENTRY = 6e-9;

    private static final double COMPONENT = 0.4e-9;

    /** How much longer a stored entry of a sparse matrix takes. */
    private static final double SPARSE = 3;

    /** The system property that names a backend for all fits for which none was chosen, and the variable that does. */
    static final String PROPERTY = "nmf4j.backend";

    static final String VARIABLE = "NMF_BACKEND";

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private BackendChoice() {}

    /** {@return seconds that plain code would take, to an order of magnitude} */
    static double seconds(Matrix x, int rank, StoppingRule stop) {
        double entries = x.stored() * (x instanceof SparseMatrix ? SPARSE : 1);
        return entries * (ENTRY + COMPONENT * rank) * Math.min(stop.iterations(), EXPECTED);
    }

    /**
     * {@return the configured backend, by the property {@value #PROPERTY} or the variable {@value #VARIABLE}; without one, the
     * best for so much work}
     *
     * @param plugins what was found
     * @param seconds of plain code ahead
     * @throws InvalidInputException if there is none of the configured name or it cannot be used here
     */
    static LinearAlgebraBackend of(Plugins plugins, double seconds) {
        String named = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, ""));
        return named.isEmpty() || named.equals("auto") ? best(plugins, seconds) : plugins.backend(named);
    }

    /**
     * {@return the best backend for so much work; where a quicker one is there but cannot be used, a line in the log says why, once}
     *
     * @param plugins what was found
     * @param seconds of plain code ahead
     */
    private static LinearAlgebraBackend best(Plugins plugins, double seconds) {
        List<LinearAlgebraBackend> byPriority = plugins.all(LinearAlgebraBackend.class).stream()
                .map(LinearAlgebraBackend.class::cast)
                .sorted(Comparator.comparingInt(LinearAlgebraBackend::priority).reversed())
                .filter(b -> b.warmUp().toNanos() * 1e-9 * WORTH <= seconds)
                .toList();
        LinearAlgebraBackend chosen = byPriority.stream()
                .filter(b -> b.availability().usable())
                .findFirst()
                .orElseGet(() -> quickest(plugins));
        if (!byPriority.isEmpty() && byPriority.get(0).priority() > chosen.priority() && !TOLD.getAndSet(true)) {
            LinearAlgebraBackend better = byPriority.get(0);
            Logger log = System.getLogger("io.github.nmf4j");
            log.log(
                    Level.INFO,
                    () -> "backend '" + better.name() + "' cannot be used: "
                            + better.availability().reason() + ". '" + chosen.name() + "' is used instead");
        }
        return chosen;
    }

    /** The one that starts quickest; of equal ones the one of highest priority. */
    private static LinearAlgebraBackend quickest(Plugins plugins) {
        LinearAlgebraBackend best = plugins.backend();
        for (Object found : plugins.all(LinearAlgebraBackend.class)) {
            LinearAlgebraBackend backend = (LinearAlgebraBackend) found;
            int sooner = best.warmUp().compareTo(backend.warmUp());
            if (backend.availability().usable()
                    && (sooner > 0 || sooner == 0 && backend.priority() > best.priority())) {
                best = backend;
            }
        }
        return best;
    }
}
