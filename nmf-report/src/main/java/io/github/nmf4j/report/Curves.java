package io.github.nmf4j.report;

import io.github.nmf4j.api.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Numbers over numbers as lines, each with a name and a colour. */
public final class Curves extends Figure {
    private static final int HEIGHT = 160;
    private static final int MOST_POINTS = 600;
    private static final int FEW_POINTS = 24;
    private static final double LOGARITHMIC_FROM = 30;

    private record Line(String name, String classes, double[] x, double[] y) {}

    private Curves(String title, String note, Plot plot) {
        super(title, note, plot.svg());
    }

    /**
     * {@return a plot to be completed}
     *
     * @param title what it shows
     * @param across name and unit of what runs from left to right
     * @param up name and unit of what runs upwards
     */
    public static Builder of(String title, String across, String up) {
        return new Builder(title, across, up);
    }

    /** What to draw. */
    public static final class Builder {
        private final String title;
        private final String across;
        private final String up;
        private final List<Line> lines = new ArrayList<>();
        private final List<Double> fixed = new ArrayList<>();
        private String note = "";
        private boolean logarithmic;

        private Builder(String title, String across, String up) {
            this.title = title;
            this.across = across;
            this.up = up;
        }

        /**
         * {@return this}
         *
         * @param name for the legend; empty for a line alone
         * @param x ascending
         * @param y as many; a NaN breaks the line
         */
        public Builder line(String name, double[] x, double[] y) {
            return add(name, "s" + colour() + " line", x, y);
        }

        /**
         * {@return this} A dashed line, as for what is true or known.
         *
         * @param name for the legend
         * @param x ascending
         * @param y as many; a NaN breaks the line
         */
        public Builder dashed(String name, double[] x, double[] y) {
            return add(name, "s" + colour() + " line dashed", x, y);
        }

        private int colour() {
            return lines.size() % Style.SERIES;
        }

        private Builder add(String name, String classes, double[] x, double[] y) {
            if (x.length != y.length || x.length == 0) {
                throw new InvalidInputException("a line needs as many x as y, at least one: '" + name + "' has "
                        + x.length + " and " + y.length);
            }
            lines.add(new Line(name, classes, x.clone(), y.clone()));
            return this;
        }

        /**
         * {@return this}
         *
         * @param value that the upward axis has to show, as 0
         */
        public Builder show(double value) {
            fixed.add(value);
            return this;
        }

        /** {@return this} Equal ratios are equally long, where all values are positive and far enough apart. */
        public Builder logarithmic() {
            logarithmic = true;
            return this;
        }

        /**
         * {@return this}
         *
         * @param text what to know when looking at it
         */
        public Builder note(String text) {
            note = text;
            return this;
        }

        /** {@return the figure} */
        public Curves build() {
            if (lines.isEmpty()) {
                throw new InvalidInputException("a plot needs at least one line: " + title);
            }
            Range wide = new Range();
            Range high = new Range();
            lines.forEach(line -> wide.add(line.x));
            lines.forEach(line -> high.add(line.y));
            boolean ratios = logarithmic && positive(lines) && high.high() / high.low() >= LOGARITHMIC_FROM;
            if (!ratios) {
                fixed.forEach(high::add);
            }
            Axis y = ratios ? Axis.logarithmic(up, high.low(), high.high()) : Axis.linear(up, high.low(), high.high());
            Plot plot = new Plot(title, Axis.linear(across, wide.low(), wide.high()), y, HEIGHT, keys());
            lines.forEach(line -> draw(line, plot));
            boolean thinned = lines.stream().anyMatch(line -> line.x.length > MOST_POINTS);
            String scale = ratios ? "Logarithmic axis." : "";
            String thin =
                    thinned ? "Of more than " + MOST_POINTS + " points the extremes of neighbours are drawn." : "";
            return new Curves(title, String.join(" ", note, scale, thin).strip().replaceAll(" +", " "), plot);
        }

        private List<Plot.Key> keys() {
            return lines.size() == 1 && lines.get(0).name.isEmpty()
                    ? List.of()
                    : lines.stream()
                            .map(line -> new Plot.Key(line.classes, line.name))
                            .toList();
        }
    }

    private static boolean positive(List<Line> lines) {
        for (Line line : lines) {
            for (double y : line.y) {
                if (y <= 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void draw(Line line, Plot plot) {
        int[] drawn = kept(line.y);
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        boolean pen = false;
        for (int i : drawn) {
            double x = plot.x(line.x[i]);
            double y = plot.y(line.y[i]);
            boolean here = Double.isFinite(x) && Double.isFinite(y);
            if (here) {
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", x, y));
                dots.append(String.format(Locale.ROOT, "M%.1f %.1fh0", x, y));
            }
            pen = here;
        }
        plot.svg().path(line.classes, path);
        if (drawn.length <= FEW_POINTS && !line.classes.endsWith("dashed")) {
            plot.svg().path(line.classes.split(" ")[0] + " dots", dots);
        }
    }

    /** First, last, and the least and the greatest of each run of neighbours: thin, without losing a peak. */
    private static int[] kept(double[] y) {
        int runs = MOST_POINTS / 2;
        if (y.length <= MOST_POINTS) {
            return IntStream.range(0, y.length).toArray();
        }
        List<Integer> kept = new ArrayList<>();
        kept.add(0);
        for (int r = 0; r < runs; r++) {
            int from = (int) ((long) y.length * r / runs);
            int to = (int) ((long) y.length * (r + 1) / runs);
            int least = from;
            int greatest = from;
            for (int i = from; i < to; i++) {
                least = y[i] < y[least] ? i : least;
                greatest = y[i] > y[greatest] ? i : greatest;
            }
            kept.add(Math.min(least, greatest));
            kept.add(Math.max(least, greatest));
        }
        kept.add(y.length - 1);
        return kept.stream().mapToInt(Integer::intValue).distinct().toArray();
    }
}
