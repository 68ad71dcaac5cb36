package io.github.nmf4j.report;

import io.github.nmf4j.core.Measures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What each component is by itself and beside the others: its share of the model, how sparse it is, which one is most like it. */
final class ComponentTable {
    static final String EXPLANATION =
            "Sparseness after Hoyer: 1 where a single entry is not zero, 0 where all are equal. The cosine to the most similar"
                    + " other component: 1 for the same direction, 0 for no entry in common.";

    private ComponentTable() {}

    /** {@return the cells above} */
    static List<String> header(String w) {
        return List.of(
                "component",
                "share of the model, %",
                "sparseness of " + w,
                "sparseness of H",
                "most similar in " + w,
                "most similar in H");
    }

    /**
     * {@return a row a component}
     *
     * @param w a component each: W, or the dictionary times W
     * @param h a component each
     */
    static List<List<String>> rows(double[][] w, double[][] h) {
        double[] sums = new double[w.length];
        Arrays.setAll(sums, c -> sum(w[c]) * sum(h[c]));
        double all = sum(sums);
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < w.length; c++) {
            rows.add(List.of(
                    String.valueOf(c),
                    Text.number(all > 0 ? 100 * sums[c] / all : 0, 3),
                    Text.number(Measures.sparseness(w[c]), 3),
                    Text.number(Measures.sparseness(h[c]), 3),
                    nearest(w, c),
                    nearest(h, c)));
        }
        return rows;
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    private static String nearest(double[][] components, int to) {
        int nearest = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < components.length; c++) {
            double cosine = c == to ? Double.NEGATIVE_INFINITY : Measures.cosine(components[to], components[c]);
            if (cosine > most) {
                most = cosine;
                nearest = c;
            }
        }
        return nearest < 0 ? "–" : nearest + ": " + Text.number(most, 3);
    }
}
