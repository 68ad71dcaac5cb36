package io.github.nmf4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A matrix stretched over a frame, with numbers or names beside its rows, numbers or marks below its columns, and its colours to
 * the right.
 *
 * @param rows of the matrix
 * @param columns of the matrix
 * @param rowNames one a row, or none
 * @param marks below columns, in place of numbers
 */
record MatrixFrame(int rows, int columns, List<String> rowNames, List<Axis.Tick> marks) {
    private static final int TOP = 20;
    private static final int BELOW = 36;
    private static final int LOWEST = 100;
    private static final int TALLEST = 400;
    private static final int UNNAMED = 190;
    private static final int LINE = 14;
    private static final int LETTERS = 16;

    Svg around(String title, String down, String across, ColourScale scale, byte[] png) {
        int tallest = rowNames.isEmpty() ? UNNAMED : TALLEST;
        double high = Math.min(tallest, Math.max(LOWEST, LINE * (double) rows));
        List<Axis.Tick> beside = rowNames.isEmpty() ? numbers(down, rows) : names();
        int letters =
                beside.stream().mapToInt(tick -> tick.text().length()).max().orElse(1);
        double left = Svg.LETTER * letters + 8;
        double wide = Plot.WIDTH - left - 8 - scale.width();
        Svg svg = new Svg(title, Plot.WIDTH, (int) Math.ceil(TOP + high + BELOW));
        svg.text(0, TOP - 8, "strong", down);
        svg.text(Plot.WIDTH, TOP - 8, "end strong", scale.axis().label());
        svg.image(left, TOP, wide, high, png);
        double free = Double.NEGATIVE_INFINITY;
        for (Axis.Tick tick : beside) {
            double at = TOP + high * (tick.value() + 0.5) / rows;
            if (at - free >= LINE - 2) {
                svg.text(left - 5, at + 4, "end", tick.text());
                free = at;
            }
        }
        free = Double.NEGATIVE_INFINITY;
        for (Axis.Tick tick : marks.isEmpty() ? numbers(across, columns) : marks) {
            double half = Svg.LETTER * tick.text().length() / 2;
            double at = left + wide * (tick.value() + 0.5) / columns;
            if (at - half > free) {
                svg.path("axis", String.format(Locale.ROOT, "M%.1f %.1fv4", at, TOP + high));
                svg.text(at, TOP + high + 16, "middle", tick.text());
                free = at + half + 4;
            }
        }
        svg.text(left + wide / 2, TOP + high + 31, "middle strong", across);
        scale.upwards(svg, left + wide + 8, TOP, high);
        return svg;
    }

    private static List<Axis.Tick> numbers(String label, int count) {
        if (count == 1) {
            return List.of(new Axis.Tick(0, "0"));
        }
        return Axis.linear(label, 0, count - 1).ticks().stream()
                .filter(tick -> tick.value() == Math.rint(tick.value()))
                .map(tick -> new Axis.Tick(tick.value(), String.valueOf((long) tick.value())))
                .toList();
    }

    private List<Axis.Tick> names() {
        List<Axis.Tick> names = new ArrayList<>();
        for (int i = 0; i < rowNames.size(); i++) {
            names.add(new Axis.Tick(i, Text.beginning(rowNames.get(i), LETTERS)));
        }
        return names;
    }
}
