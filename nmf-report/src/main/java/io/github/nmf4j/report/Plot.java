package io.github.nmf4j.report;

import java.util.List;
import java.util.Locale;

/** The frame of a plot: axes with numbers and names, a legend above, and where a point of the data lies. */
final class Plot {
    static final int WIDTH = 380;

    private static final int LINE = 15;
    private static final int RIGHT = 10;
    private static final int BELOW = 34;
    private static final int SWATCH = 18;

    private final Svg svg;
    private final Axis x;
    private final Axis y;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;

    /** An entry of the legend: a line or a dot in the colour of its class, and its name. */
    record Key(String classes, String name) {}

    /**
     * Draws the frame.
     *
     * @param title of the figure
     * @param x from left to right
     * @param y from bottom to top
     * @param inner height of the plot without what surrounds it
     * @param keys of the legend, or none
     */
    Plot(String title, Axis x, Axis y, int inner, List<Key> keys) {
        this.x = x;
        this.y = y;
        int letters =
                y.ticks().stream().mapToInt(tick -> tick.text().length()).max().orElse(1);
        this.left = Svg.LETTER * letters + 10;
        this.right = WIDTH - RIGHT;
        int lines = lines(keys);
        this.top = LINE * (1 + lines) + 8;
        this.bottom = top + inner;
        this.svg = new Svg(title, WIDTH, (int) Math.ceil(bottom + BELOW));
        legend(keys);
        frame();
    }

    private int lines(List<Key> keys) {
        int lines = keys.isEmpty() ? 0 : 1;
        double at = 0;
        for (Key key : keys) {
            double wide = wide(key);
            if (at > 0 && at + wide > WIDTH) {
                lines++;
                at = 0;
            }
            at += wide;
        }
        return lines;
    }

    private static double wide(Key key) {
        return SWATCH + 6 + Svg.LETTER * key.name().length() + 10;
    }

    private void legend(List<Key> keys) {
        double at = 0;
        double line = LINE - 5;
        for (Key key : keys) {
            double wide = wide(key);
            if (at > 0 && at + wide > WIDTH) {
                line += LINE;
                at = 0;
            }
            String data = key.classes().contains("line")
                    ? String.format(Locale.ROOT, "M%.1f %.1fh%d", at, line, SWATCH)
                    : String.format(Locale.ROOT, "M%.1f %.1fh0", at + SWATCH / 2.0, line);
            svg.path(key.classes(), data);
            svg.text(at + SWATCH + 6, line + 4, "", key.name());
            at += wide;
        }
    }

    private void frame() {
        svg.text(0, top - 8, "strong", y.label());
        StringBuilder grid = new StringBuilder();
        for (Axis.Tick tick : y.ticks()) {
            double at = y(tick.value());
            grid.append(String.format(Locale.ROOT, "M%.1f %.1fH%.1f", left, at, right));
            svg.text(left - 5, at + 4, "end", tick.text());
        }
        svg.path("grid", grid);
        double free = Double.NEGATIVE_INFINITY;
        for (Axis.Tick tick : x.ticks()) {
            double half = Svg.LETTER * tick.text().length() / 2;
            double at = Math.min(WIDTH - half, x(tick.value()));
            if (at - half > free) { // numbers do not run into each other
                svg.text(at, bottom + 14, "middle", tick.text());
                free = at + half + 4;
            }
        }
        svg.text((left + right) / 2, bottom + 29, "middle strong", x.label());
        svg.path("axis", String.format(Locale.ROOT, "M%.1f %.1fV%.1fH%.1f", left, top, bottom, right));
    }

    /** {@return where a value lies from left to right, in units of the drawing; NaN if it has no place} */
    double x(double value) {
        return left + x.at(value) * (right - left);
    }

    /** {@return where a value lies from top to bottom, in units of the drawing; NaN if it has no place} */
    double y(double value) {
        return bottom - y.at(value) * (bottom - top);
    }

    Svg svg() {
        return svg;
    }
}
