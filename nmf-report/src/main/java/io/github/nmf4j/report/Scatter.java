package io.github.nmf4j.report;

import io.github.nmf4j.api.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Points in a plane, coloured by a group or by a value. */
public final class Scatter extends Figure {
    private static final int HEIGHT = 230;
    private static final int MOST_POINTS = 2500;

    private Scatter(String title, String note, Plot plot) {
        super(title, note, plot.svg());
    }

    /**
     * {@return a plot to be coloured}
     *
     * @param title what it shows
     * @param across name and unit of x
     * @param up name and unit of y
     * @param x a number a point
     * @param y as many
     */
    public static Points of(String title, String across, String up, double[] x, double[] y) {
        if (x.length != y.length || x.length == 0) {
            throw new InvalidInputException(
                    "points need as many x as y, at least one: " + x.length + " and " + y.length);
        }
        return new Points(title, across, up, x, y);
    }

    /** Points without colours yet. */
    public static final class Points {
        private final String title;
        private final Axis across;
        private final Axis up;
        private final double[] x;
        private final double[] y;
        private final int every;

        private Points(String title, String across, String up, double[] x, double[] y) {
            this.title = title;
            Range wide = Range.of(x);
            Range high = Range.of(y);
            this.across = wide.withMargin(across);
            this.up = high.withMargin(up);
            this.x = x;
            this.y = y;
            this.every = (x.length + MOST_POINTS - 1) / MOST_POINTS;
        }

        /**
         * {@return the plot}
         *
         * @param groups of the points, from 0
         * @param names of the groups
         */
        public Scatter coloured(int[] groups, List<String> names) {
            requireOne(groups.length);
            List<Plot.Key> keys = new ArrayList<>();
            for (int g = 0; g < names.size(); g++) {
                keys.add(new Plot.Key("s" + g % Style.SERIES + " dots", names.get(g)));
            }
            Plot plot = new Plot(title, across, up, HEIGHT, keys);
            StringBuilder[] paths = paths(names.size());
            for (int i = 0; i < x.length; i += every) {
                add(paths[groups[i]], plot, i);
            }
            for (int g = 0; g < paths.length; g++) {
                plot.svg().path("s" + g % Style.SERIES + " points", paths[g]);
            }
            return new Scatter(title, thinned(), plot);
        }

        /**
         * {@return the plot, its colours from the least to the greatest value}
         *
         * @param what the values are
         * @param values one a point, finite
         */
        public Scatter coloured(String what, double[] values) {
            requireOne(values.length);
            Range range = Range.of(values);
            double step = (range.high() - range.low()) / Style.STEPS;
            List<Plot.Key> keys = List.of(
                    new Plot.Key("r0 dots", Text.number(range.low(), 3)),
                    new Plot.Key("r" + Style.STEPS / 2 + " dots", Text.number((range.low() + range.high()) / 2, 3)),
                    new Plot.Key("r" + (Style.STEPS - 1) + " dots", Text.number(range.high(), 3)));
            Plot plot = new Plot(title, across, up, HEIGHT, keys);
            StringBuilder[] paths = paths(Style.STEPS);
            for (int i = 0; i < x.length; i += every) {
                int at = step > 0 ? (int) ((values[i] - range.low()) / step) : 0;
                add(paths[Math.min(Style.STEPS - 1, at)], plot, i);
            }
            for (int s = 0; s < paths.length; s++) {
                plot.svg().path("r" + s + " points", paths[s]);
            }
            return new Scatter(title, ("Colour: " + what + ". " + thinned()).strip(), plot);
        }

        private void requireOne(int count) {
            if (count != x.length) {
                throw new InvalidInputException("there must be a colour for each of " + x.length + " points: " + count);
            }
        }

        private static StringBuilder[] paths(int count) {
            StringBuilder[] paths = new StringBuilder[count];
            for (int p = 0; p < count; p++) {
                paths[p] = new StringBuilder();
            }
            return paths;
        }

        private void add(StringBuilder path, Plot plot, int i) {
            path.append(String.format(Locale.ROOT, "M%.1f %.1fh0", plot.x(x[i]), plot.y(y[i])));
        }

        private String thinned() {
            return every == 1 ? "" : "Every " + (every == 2 ? "second" : every + "th") + " of " + x.length + " points.";
        }
    }
}
