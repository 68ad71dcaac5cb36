package io.github.nmf4j.report;

import io.github.nmf4j.api.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Draws one factor: a component an image where a shape is given, a line where there are few and their order may mean something, a
 * row of a heat map otherwise.
 *
 * @param factor its name, as W
 * @param across what its vectors belong to, as "row of X"
 * @param components a component each
 * @param names of the vectors, or none
 * @param truth of each component, or null; also a component of it may be null
 */
record Side(String factor, String across, double[][] components, List<String> names, IntFunction<double[]> truth) {
    private static final int MOST_DRAWN = 24;
    private static final int MOST_LINES = 12;
    private static final int LONGEST_LINE = 4000;
    private static final int MOST_NAMED = 40;
    private static final int SHORT_LINE = 200;
    private static final String RELATIVE = "Each component relative to its greatest entry.";

    void addImages(Page page, Shape shape) {
        List<Raster> images = new ArrayList<>();
        boolean pairs = truth.apply(0) != null;
        for (int c = 0; c < Math.min(MOST_DRAWN, components.length); c++) {
            double[] known = truth.apply(c);
            Raster.Builder image =
                    Raster.picture(title(c), shape, components[c]).unit("entry of " + factor);
            Range range = Range.of(components[c]);
            if (known == null && range.low() < range.high() && range.low() > range.high() / 2) {
                image.range(range.low(), range.high()).note("Colours begin at the least entry, not at 0.");
            }
            images.add(image.build());
            if (known != null) {
                images.add(Raster.picture("True " + title(c), shape, known)
                        .unit("entry of true " + factor)
                        .build());
            }
        }
        if (pairs) {
            page.pairs(images);
        } else {
            page.smallFigures(images);
        }
        if (components.length > MOST_DRAWN) {
            page.paragraph("The first " + MOST_DRAWN + " of " + components.length + " components are drawn.");
        }
    }

    void addPlots(Page page) {
        int length = components[0].length;
        boolean few = names.isEmpty() && components.length <= MOST_LINES && length > 1 && length <= LONGEST_LINE;
        if (few && (length <= SHORT_LINE || neighboursAreAlike())) {
            page.figures(lines());
        } else {
            page.figures(List.of(!names.isEmpty() && length <= MOST_NAMED ? named() : heatMap()));
        }
    }

    /** Steps between neighbours are small beside the distances from the mean: the order means something. */
    private boolean neighboursAreAlike() {
        double steps = 0;
        double spread = 0;
        for (double[] values : components) {
            double mean = Arrays.stream(values).average().orElse(0);
            double size = Math.max(Double.MIN_NORMAL, Range.of(values).high());
            for (int i = 1; i < values.length; i++) {
                steps += Math.abs(values[i] - values[i - 1]) / size;
                spread += Math.abs(values[i] - mean) / size;
            }
        }
        return steps < spread / 2;
    }

    private String title(int c) {
        return factor + ", component " + c;
    }

    private List<Curves> lines() {
        List<Curves> lines = new ArrayList<>();
        for (int c = 0; c < components.length; c++) {
            double[] at = new double[components[c].length];
            Arrays.setAll(at, i -> i);
            double[] known = truth.apply(c);
            if (known == null) {
                lines.add(Curves.of(title(c), across, "entry of " + factor)
                        .line("", at, components[c])
                        .show(0)
                        .build());
            } else {
                lines.add(Curves.of(title(c), across, "share of the sum")
                        .line("found", at, shares(components[c]))
                        .dashed("true", at, shares(known))
                        .show(0)
                        .build());
            }
        }
        return lines;
    }

    /** {@return the values over their sum} */
    static double[] shares(double[] values) {
        double sum = Arrays.stream(values).sum();
        return Arrays.stream(values).map(value -> sum > 0 ? value / sum : 0).toArray();
    }

    /** Components as rows, each as a share of its greatest entry. */
    Raster heatMap() {
        int length = components[0].length;
        double[] values = new double[components.length * length];
        for (int c = 0; c < components.length; c++) {
            System.arraycopy(toGreatest(components[c]), 0, values, c * length, length);
        }
        return Raster.heatMap(factor, components.length, length, values)
                .axes("component", across)
                .unit("share of the greatest")
                .range(0, 1)
                .note(RELATIVE)
                .build();
    }

    private Raster named() {
        int length = components[0].length;
        double[] values = new double[components.length * length];
        for (int c = 0; c < components.length; c++) {
            double[] shares = toGreatest(components[c]);
            for (int i = 0; i < length; i++) {
                values[i * components.length + c] = shares[i];
            }
        }
        return Raster.heatMap(factor, length, components.length, values)
                .axes(across, "component")
                .rowNames(names)
                .unit("share of the greatest")
                .range(0, 1)
                .note(RELATIVE)
                .build();
    }

    private static double[] toGreatest(double[] values) {
        double most = Range.of(values).high();
        return Arrays.stream(values).map(value -> most > 0 ? value / most : 0).toArray();
    }
}
