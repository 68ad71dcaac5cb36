package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The gate of a run: writes the trace, tells the listeners, and ends the run by the stopping rule. */
final class Monitor implements Gate {
    /** Looks at the certificate are at least the iterations done divided by this apart. */
    private static final int LOOKS = 10;

    /** Of the sum of the absolute terms: a gap that is nothing but rounding errors. */
    private static final double ROUNDING = 1e-13;

    private final Settings settings;
    private final Certificate certificate;
    private final double[] recent;
    private final List<String> names;
    private final List<Trace.Row> rows = new ArrayList<>();
    private final long began = System.nanoTime();
    private int iteration;
    private Objective last;
    private StopReason reason;
    private Optimality optimality;
    private int nextLook = 1;

    private Iterate released;

    /** Kept only where the rule asks how far the factors moved. */
    private Iterate before;

    private double atStart;

    /** The iteration that goes on, where it is recorded. */
    private IterationEvent flight;

    Monitor(Settings settings, Problem problem) {
        this.settings = settings;
        this.certificate = new Certificate(problem);
        this.recent = new double[settings.stop().window()];
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
                || settings.stop().readsObjective()
                || iteration >= settings.stop().iterations()
                || !settings.listeners().isEmpty();
    }

    @Override
    public boolean proceed(Iterate at, Objective objective) {
        double seconds = seconds();
        double change = Double.NaN;
        if (objective != null) {
            requireFinite(objective);
            change = last == null ? Double.NaN : (last.total() - objective.total()) / objective.size();
        }
        reason = stopReason(at, objective, seconds);
        if (objective != null) {
            last = objective;
            recent[iteration % recent.length] = objective.total();
            if (traced() || reason != null) {
                record(objective, seconds);
            }
        }
        double total = objective == null ? Double.NaN : objective.total();
        Progress progress = new Progress(iteration, seconds, total, change, limit());
        settings.listeners().forEach(listener -> listener.accept(progress));
        flight = FlightRecord.next(flight, progress);
        if (reason != null || released != null) {
            return false;
        }
        iteration++;
        return true;
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

    private StopReason stopReason(Iterate at, Objective objective, double seconds) {
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
        if (stop.decrease() > 0 && iteration >= stop.window() && !(decrease(objective) >= stop.decrease())) {
            return StopReason.RELATIVE_DECREASE;
        }
        if (stop.change() > 0 && unchanged(at, objective, stop.change())) {
            return StopReason.CHANGE;
        }
        return stop.gap() > 0 && optimal(at, objective, stop.gap()) ? StopReason.TOLERANCE : null;
    }

    private boolean unchanged(Iterate at, Objective objective, double tolerance) {
        if (iteration == 0) {
            atStart = objective.total();
            before = at.copy();
            return false;
        }
        boolean still = Math.abs(last.total() - objective.total()) < tolerance * Math.abs(atStart);
        double most = 0;
        for (Factor factor : Factor.values()) {
            most = Math.max(most, change(before.values(factor), at.values(factor), tolerance));
            before.set(factor, at);
        }
        return still || most < tolerance;
    }

    /** {@return the largest |new − old| / (new + tolerance · mean new)} */
    static double change(DenseMatrix before, DenseMatrix now, double tolerance) {
        double sum = 0;
        for (double value : now.data()) {
            sum += value;
        }
        double mean = sum / now.data().length;
        double most = 0;
        for (int i = 0; i < now.data().length; i++) {
            double value = now.data()[i];
            most = Math.max(most, Math.abs(value - before.data()[i]) / (value + tolerance * mean));
        }
        return most;
    }

    /** {@return the decrease over the window, relative to the sum of the absolute terms} */
    private double decrease(Objective objective) {
        return (recent[iteration % recent.length] - objective.total()) / objective.size();
    }

    /**
     * An iteration gains no more than both factors could, so one that gained more than the tolerance needs no look; looks lie
     * a tenth of the iterations apart, for one costs as much as an iteration.
     */
    private boolean optimal(Iterate at, Objective objective, double tolerance) {
        double limit = tolerance * Math.abs(objective.data()) + ROUNDING * objective.magnitude();
        if (iteration < nextLook || last.total() - objective.total() > limit) {
            return false;
        }
        nextLook = iteration + 1 + iteration / LOOKS;
        optimality = certificate.of(at, objective.data());
        if (optimality.gap() <= limit) {
            return true;
        }
        released = certificate.released(at, objective.total(), optimality.gap());
        return false;
    }

    /** {@return the point to go on from if the run was only ended to let entries go; null if it has ended, or once asked} */
    Iterate released() {
        Iterate point = released;
        released = null;
        return point;
    }

    private void record(Objective at, double seconds) {
        List<Double> terms = new ArrayList<>();
        terms.add(at.data());
        for (double penalty : at.penalties()) {
            terms.add(penalty);
        }
        rows.add(new Trace.Row(iteration, seconds, at.total(), terms));
    }

    /**
     * Completes what is known of the last point: its objective, where no one had wanted that, and how optimal it is.
     *
     * @param problem to ask
     * @param end the last point
     */
    void close(Problem problem, Iterate end) {
        if (rows.isEmpty() || rows.get(rows.size() - 1).iteration() != iteration) {
            last = problem.objective(end);
            record(last, seconds());
        }
        if (reason != StopReason.TOLERANCE) {
            optimality = certificate.of(end, last.data());
        }
    }

    /** {@return whether the run ended because it had converged, and not at a limit} */
    boolean converged() {
        return reason == StopReason.TOLERANCE || reason == StopReason.RELATIVE_DECREASE || reason == StopReason.CHANGE;
    }

    /** Goes on from another point after the run had ended. */
    void resume() {
        reason = null;
        iteration++;
        nextLook = Math.max(nextLook, iteration + 1);
    }

    Optimality optimality() {
        return optimality;
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
