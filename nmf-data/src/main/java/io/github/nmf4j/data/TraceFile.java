package io.github.nmf4j.data;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A trace as a CSV file: {@code iteration,seconds,objective} and a column a term; the first row is the start. */
public final class TraceFile {
    private static final List<String> FIRST = List.of("iteration", "seconds", "objective");

    private TraceFile() {}

    /**
     * {@return the trace as text}
     *
     * @param trace any
     */
    public static String csv(Trace trace) {
        StringBuilder csv = new StringBuilder(String.join(",", FIRST));
        columns(trace.terms()).forEach(name -> csv.append(',').append(name));
        csv.append('\n');
        for (Trace.Row row : trace.rows()) {
            csv.append(row.iteration())
                    .append(',')
                    .append(String.format(Locale.ROOT, "%.9f", row.seconds()))
                    .append(',')
                    .append(row.objective());
            row.terms().forEach(term -> csv.append(',').append(term));
            csv.append('\n');
        }
        return csv.toString();
    }

    /**
     * {@return names of the terms, each once: the second of one name is {@code name#2}}
     *
     * @param terms as a trace has them
     */
    public static List<String> columns(List<String> terms) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (String term : terms) {
            int count = seen.merge(term, 1, Integer::sum);
            names.add(count == 1 ? term : term + "#" + count);
        }
        return names;
    }

    /**
     * {@return the trace in a file}
     *
     * @param file as {@link #csv} writes it
     * @throws InvalidInputException if it is not such a file
     */
    public static Trace read(Path file) {
        NamedMatrix table = MatrixFiles.read(file);
        List<String> names = table.columnNames();
        if (names.size() <= FIRST.size() || !names.subList(0, FIRST.size()).equals(FIRST)) {
            throw new InvalidInputException(
                    "a trace must begin with the columns " + String.join(",", FIRST) + " and have one a term: " + file);
        }
        Matrix values = table.matrix();
        List<Trace.Row> rows = new ArrayList<>();
        for (int i = 0; i < values.rows(); i++) {
            List<Double> row = new ArrayList<>();
            for (int j = 0; j < values.columns(); j++) {
                row.add(values.get(i, j));
            }
            rows.add(new Trace.Row(
                    row.get(0).intValue(), row.get(1), row.get(2), row.subList(FIRST.size(), row.size())));
        }
        List<String> terms = names.subList(FIRST.size(), names.size()).stream()
                .map(name -> name.replaceFirst("#\\d+$", ""))
                .toList();
        return new Trace(terms, rows);
    }
}
