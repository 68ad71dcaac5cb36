package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.core.Trace;
import io.github.nmf4j.data.NamedMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a trace as a fit writes it. */
final class TraceCsv {
    private static final List<String> FIRST = List.of("iteration", "seconds", "objective");

    private TraceCsv() {}

    static Trace read(Path file, Inputs inputs) {
        NamedMatrix table = inputs.read(file);
        List<String> names = table.columnNames();
        int first = FIRST.size();
        if (names.size() <= first || !names.subList(0, first).equals(FIRST)) {
            throw new InvalidInputException(
                    "a trace must have the columns " + String.join(",", FIRST) + " and then one a term: " + file);
        }
        List<Trace.Row> rows = new ArrayList<>();
        double[] row = new double[names.size()];
        for (int i = 0; i < table.matrix().rows(); i++) {
            table.matrix().read(i, 0, 1, row.length, row, 0, row.length);
            List<Double> terms = Arrays.stream(row, first, row.length).boxed().toList();
            rows.add(new Trace.Row((int) row[0], row[1], row[2], terms));
        }
        return new Trace(names.subList(first, names.size()), rows);
    }
}
