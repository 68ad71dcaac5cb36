package io.github.nmf4j.core;

import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Matrix;
import jdk.jfr.FlightRecorder;

/**
 * Tells the JDK's Flight Recorder of fits, iterations and half-steps.
 *
 * <p>The module {@code jdk.jfr} need not be there; and as long as no recording was started in this process a question costs the
 * read of two flags, no event's class is loaded and nothing is allocated. Events are null where nobody records them.
 */
final class FlightRecord {
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightRecord() {}

    private static boolean on() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    static FitEvent fit() {
        if (!on()) {
            return null;
        }
        FitEvent event = new FitEvent();
        event.begin();
        return event.isEnabled() ? event : null;
    }

    static void end(FitEvent event, Matrix x, Settings settings, Factorization result) {
        if (event != null && event.shouldCommit()) {
            event.rows = x.rows();
            event.columns = x.columns();
            event.rank = settings.rank();
            event.loss = settings.loss().name();
            event.backend = result.backend();
            event.threads = result.threads();
            event.solver = result.solver();
            event.iterations = result.iterations();
            event.objective = result.objective();
            event.stop = result.stop().label();
            event.commit();
        }
    }

    /** {@return the next iteration, begun} */
    static IterationEvent next(IterationEvent last, Progress at) {
        if (last != null && last.shouldCommit()) {
            last.iteration = at.iteration();
            last.objective = at.objective();
            last.relativeChange = at.relativeChange();
            last.commit();
        }
        if (!on()) {
            return null;
        }
        IterationEvent event = new IterationEvent();
        event.begin();
        return event.isEnabled() ? event : null;
    }

    static HalfStepEvent halfStep() {
        if (!on()) {
            return null;
        }
        HalfStepEvent event = new HalfStepEvent();
        event.begin();
        return event.isEnabled() ? event : null;
    }

    static void end(HalfStepEvent event, Factor factor) {
        if (event != null && event.shouldCommit()) {
            event.factor = factor.name();
            event.commit();
        }
    }
}
