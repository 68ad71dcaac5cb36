package io.github.nmf4j.report;

import io.github.nmf4j.core.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Draws the course of a run: the objective and each of its terms, by iteration and by second. */
final class Course {
    private static final String OBJECTIVE = "objective";
    private static final String ITERATION = "iteration";
    private static final String SECONDS = "time in the loop, s";

    /** Of the objective: far above rounding, far below what the change to another function makes. */
    private static final double RISE = 1e-3;

    private final Trace trace;
    private final double[] iterations;
    private final double[] seconds;

    Course(Trace trace) {
        this.trace = trace;
        this.iterations = values(Trace.Row::iteration);
        this.seconds = values(Trace.Row::seconds);
    }

    private double[] values(ToDoubleFunction<Trace.Row> value) {
        return trace.rows().stream().mapToDouble(value).toArray();
    }

    void addTo(Page page, String note) {
        double[] objective = values(Trace.Row::objective);
        page.heading("Course of the fit")
                .paragraph("The objective went from " + Text.number(objective[0], 6) + " to "
                        + Text.number(objective[objective.length - 1], 6) + " in "
                        + trace.last().iteration() + " iterations and "
                        + Text.number(trace.last().seconds(), 3) + " s, in the scale that was fitted. " + note);
        List<Curves> figures = new ArrayList<>(both("Objective", OBJECTIVE, objective, ""));
        double[] above = above(objective);
        if (Range.of(above).high() > 0 && above.length > 3 && falls(objective)) {
            figures.addAll(both(
                    "Objective above its lowest value",
                    "share of the lowest value",
                    above,
                    "A straight fall is a steady rate; where it breaks off, the run ended."));
        }
        if (trace.terms().size() > 1) {
            for (int t = 0; t < trace.terms().size(); t++) {
                int term = t;
                figures.addAll(both(
                        "Term " + trace.terms().get(t),
                        trace.terms().get(t),
                        values(row -> row.terms().get(term)),
                        ""));
            }
        }
        page.figures(figures);
    }

    /** Where it is one function that is minimised; otherwise its lowest value says nothing about the others. */
    private static boolean falls(double[] objective) {
        for (int i = 1; i < objective.length; i++) {
            if (objective[i] > objective[i - 1] + RISE * Math.abs(objective[i - 1])) {
                return false;
            }
        }
        return true;
    }

    /** (F − min F)/|min F|; NaN where it is 0, which has no place on a logarithmic axis. */
    private static double[] above(double[] objective) {
        double lowest = Range.of(objective).low();
        double[] above = new double[objective.length];
        for (int i = 0; i < above.length; i++) {
            double share = (objective[i] - lowest) / Math.abs(lowest);
            above[i] = share > 0 && Double.isFinite(share) ? share : Double.NaN;
        }
        return above;
    }

    private List<Curves> both(String title, String up, double[] y, String note) {
        return List.of(
                Curves.of(title + " by iteration", ITERATION, up)
                        .line("", iterations, y)
                        .logarithmic()
                        .note(note)
                        .build(),
                Curves.of(title + " by time", SECONDS, up)
                        .line("", seconds, y)
                        .logarithmic()
                        .build());
    }
}
