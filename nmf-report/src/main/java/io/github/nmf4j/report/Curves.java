package io.github.nmf4j.report;

import io.github.nmf4j.api.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Numbers over numbers as lines, each with a name and a colour. */
public final class Curves implements Figure {
    private static final int HEIGHT = 160;
    private static final int MOST_POINTS = 600;
    private static final int FEW_POINTS = 24;
    private static final double LOGARITHMIC_FROM = 30;

    private record Line(String name, String classes, double[] x, double[] y) {}

    private final String title;
    private final String note;
    private final Plot plot;

    private Curves(Builder builder) {
        this.title = builder.title;
        List<Line> lines = builder.lines;
        if (lines.isEmpty()) {
            throw new InvalidInputException("a plot needs at least one line: " + title);
        }
        boolean logarithmic = builder.logarithmic && positive(lines);
        Range across = new Range();
        Range up = new Range();
        boolean thinned = false;
        for (Line line : lines) {
            across.add(line.x);
            up.add(line.y);
            thinned |= line.x.length > MOST_POINTS;
        }
        if (!logarithmic) {
            builder.fixed.forEach(up::add);
        }
        logarithmic &= up.high() / up.low() >= LOGARITHMIC_FROM;
        Axis y = logarithmic
                ? Axis.logarithmic(builder.up, up.low(), up.high())
                : Axis.linear(builder.up, up.low(), up.high());
        List<Plot.Key> keys = lines.size() == 1 && lines.get(0).name.isEmpty()
                ? List.of()
                : lines.stream()
                        .map(line -> new Plot.Key(line.classes, line.name))
                        .toList();
        this.plot = new Plot(title, Axis.linear(builder.across, across.low(), across.high()), y, HEIGHT, keys);
        lines.forEach(this::draw);
        String scale = logarithmic ? "Logarithmic axis." : "";
        String thin = thinned ? "Of more than " + MOST_POINTS + " points the extremes of neighbours are drawn." : "";
        this.note = String.join(" ", builder.note, scale, thin).strip().replaceAll(" +", " ");
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
            return new Curves(this);
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

    private void draw(Line line) {
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
        if (drawn.length <= FEW_POINTS) {
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

    @Override
    public String title() {
        return title;
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public String svg() {
        return plot.svg().document();
    }

    @Override
    public String inline() {
        return plot.svg().inline();
    }
}
