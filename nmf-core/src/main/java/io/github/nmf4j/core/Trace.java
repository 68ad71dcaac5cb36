package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * The course of a run: the objective and each of its terms, by iteration and by second.
 *
 * @param terms names of the terms: the loss, then each penalty as {@code w:name} or {@code h:name}
 * @param rows the start, then every iteration that was traced; the last is the end
 */
public record Trace(List<String> terms, List<Row> rows) {
    /**
     * One point.
     *
     * @param iteration 0 is the start
     * @param seconds since the loop began
     * @param objective the sum of the terms
     * @param terms a number for each of {@link Trace#terms()}
     */
    public record Row(int iteration, double seconds, double objective, List<Double> terms) {
        /** Copies the list. */
        public Row {
            terms = List.copyOf(terms);
        }
    }

    /** Copies the lists and refuses an empty trace. */
    public Trace {
        terms = List.copyOf(terms);
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new InvalidInputException("a trace needs at least the start");
        }
    }

    /**
     * {@return this course and, after it, that of a run that went on from its end: iterations and seconds count on}
     *
     * @param later has the same terms; its first row is the last one of this trace
     * @throws InvalidInputException if the terms differ
     */
    public Trace followedBy(Trace later) {
        if (!terms.equals(later.terms)) {
            throw new InvalidInputException(
                    "traces that follow each other must have the same terms: " + terms + " and " + later.terms);
        }
        Row end = last();
        List<Row> all = new ArrayList<>(rows);
        for (Row row : later.rows.subList(1, later.rows.size())) {
            all.add(new Row(end.iteration + row.iteration, end.seconds + row.seconds, row.objective, row.terms));
        }
        return new Trace(terms, all);
    }

    /** {@return the last row} */
    public Row last() {
        return rows.get(rows.size() - 1);
    }

    /** {@return the terms, how many rows there are, and the last one: a run has hundreds} */
    @Override
    public String toString() {
        return "Trace[terms=" + terms + ", rows=" + rows.size() + ", last=" + last() + "]";
    }
}
