package io.github.nmf4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The names that a component gives most weight to. */
final class TopEntries {
    private static final int MOST = 10;
    private static final int LETTERS = 40;

    private TopEntries() {}

    /** {@return a row for each component: its number, then the names of its greatest entries and their shares of its sum} */
    static List<List<String>> of(double[][] components, List<String> names) {
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < components.length; c++) {
            double[] shares = Side.shares(components[c]);
            List<String> top = IntStream.range(0, shares.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -shares[i]))
                    .limit(MOST)
                    .filter(i -> shares[i] > 0)
                    .map(i -> Text.beginning(names.get(i), LETTERS) + " (" + Text.number(100 * shares[i], 2) + " %)")
                    .toList();
            rows.add(List.of(String.valueOf(c), String.join(", ", top)));
        }
        return rows;
    }
}
