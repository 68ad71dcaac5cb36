package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The gate of a run: writes the trace, tells the listeners, and ends the run by the stopping rule. */
final class Monitor implements Gate {
    private final Settings settings;
    private final List<String> names;
    private final List<Trace.Row> rows = new ArrayList<>();
    private final long began = System.nanoTime();
    private int iteration;
    private Objective last;
    private StopReason reason;

    Monitor(Settings settings) {
        this.settings = settings;
        this.names = new ArrayList<>();
        names.add(settings.loss().name());
        settings.penaltiesOfW().forEach(p -> names.add("w:" + p.name()));
        settings.penaltiesOfH().forEach(p -> names.add("h:" + p.name()));
    }

    private boolean traced() {
        return iteration % settings.traceEvery() == 0;
    }

    @Override
    public boolean wantsObjective() {
        return traced()
                || settings.stop().tolerance() > 0
                || iteration >= settings.stop().iterations()
                || !settings.listeners().isEmpty();
    }

    @Override
    public boolean proceed(Objective at) {
        double seconds = seconds();
        double change = Double.NaN;
        if (at != null) {
            requireFinite(at);
            change = last == null ? Double.NaN : (last.total() - at.total()) / at.size();
            last = at;
        }
        reason = stopReason(change, seconds);
        if (at != null && (traced() || reason != null)) {
            record(at, seconds);
        }
        Progress progress = new Progress(iteration, seconds, at == null ? Double.NaN : at.total(), change, limit());
        settings.listeners().forEach(listener -> listener.accept(progress));
        if (reason == null) {
            iteration++;
        }
        return reason == null;
    }

    private void requireFinite(Objective at) {
        if (!(Math.abs(at.total()) < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    "the objective must be a number within double precision: it is " + at.total()
                            + " at iteration " + iteration + " under " + String.join(" + ", names)
                            + "; scale the data, or choose milder parameters");
        }
    }

    private OptionalInt limit() {
        int most = settings.stop().iterations();
        return most == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(most);
    }

    private StopReason stopReason(double change, double seconds) {
        StoppingRule stop = settings.stop();
        if (iteration >= stop.iterations()) {
            return StopReason.ITERATIONS;
        }
        if (stop.isCancelled()) {
            return StopReason.CANCELLED;
        }
        if (stop.outOfTime(seconds)) {
            return StopReason.TIME;
        }
        if (stop.tolerance() > 0 && iteration > 0 && !(change >= stop.tolerance())) {
            return StopReason.RELATIVE_DECREASE;
        }
        return null;
    }

    private void record(Objective at, double seconds) {
        List<Double> terms = new ArrayList<>();
        terms.add(at.data());
        for (double penalty : at.penalties()) {
            terms.add(penalty);
        }
        rows.add(new Trace.Row(iteration, seconds, at.total(), terms));
    }

    /** Adds the last point where the run ended at one whose objective no one had wanted. */
    void close(Problem problem, Iterate end) {
        if (rows.isEmpty() || rows.get(rows.size() - 1).iteration() != iteration) {
            record(problem.objective(end), seconds());
        }
    }

    double seconds() {
        return (System.nanoTime() - began) * 1e-9;
    }

    int iteration() {
        return iteration;
    }

    StopReason reason() {
        return reason;
    }

    Trace trace() {
        return new Trace(names, rows);
    }
}
