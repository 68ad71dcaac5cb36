package io.github.nmf4j.report;

import io.github.nmf4j.api.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values as colours: an image with square pixels, or a matrix as a heat map that fills its frame. */
public final class Raster extends Figure {
    private static final int MOST_PIXELS = 320;
    private static final int MOST_ROWS = 220;
    private static final int MOST_COLUMNS = 400;
    private static final double USUAL = 0.995;

    private final byte[] png;

    private Raster(Builder builder, Svg svg, String note, byte[] png) {
        super(builder.title, note, svg);
        this.png = png;
    }

    /**
     * {@return an image to be completed}
     *
     * @param title what it shows
     * @param shape height and width
     * @param values a pixel each, row after row; NaN is left blank
     */
    public static Builder picture(String title, Shape shape, double[] values) {
        return new Builder(title, new Grid(shape.height(), shape.width(), values), true);
    }

    /**
     * {@return a heat map to be completed}
     *
     * @param title what it shows
     * @param rows of the matrix
     * @param columns of the matrix
     * @param values row after row; NaN is left blank
     */
    public static Builder heatMap(String title, int rows, int columns, double[] values) {
        return new Builder(title, new Grid(rows, columns, values), false);
    }

    /** What to draw. */
    public static final class Builder {
        private final String title;
        private final Grid grid;
        private final boolean square;
        private final List<Axis.Tick> marks = new ArrayList<>();
        private String note = "";
        private String ends = "";
        private String unit = "value";
        private String down = "pixel row";
        private String across = "pixel column";
        private List<String> rowNames = List.of();
        private Colours colours = Colours.AMOUNT;
        private double low;
        private double high;

        private Builder(String title, Grid grid, boolean square) {
            this.title = title;
            this.grid = grid;
            this.square = square;
            Range range = Range.of(grid.values());
            this.low = Math.min(0, range.low());
            this.high = range.high();
        }

        /**
         * {@return this}
         *
         * @param text what the colours stand for, with its unit
         */
        public Builder unit(String text) {
            unit = text;
            return this;
        }

        /**
         * {@return this}
         *
         * @param from the value of the first colour; what is below gets it too
         * @param to the value of the last colour; what is above gets it too
         */
        public Builder range(double from, double to) {
            low = from;
            high = to;
            return this;
        }

        /**
         * {@return this} Values of both signs: colours for either, white for 0. The last colours are those of the greatest 0.5 % of
         * the sizes, so that few of them do not leave the others white; the note says so.
         */
        public Builder differences() {
            colours = Colours.DIFFERENCE;
            double[] sizes = Arrays.stream(grid.values())
                    .filter(Double::isFinite)
                    .map(Math::abs)
                    .sorted()
                    .toArray();
            double most = sizes.length == 0 ? 0 : sizes[sizes.length - 1];
            double usual = sizes.length == 0 ? 0 : sizes[(int) Math.ceil(USUAL * sizes.length) - 1];
            if (usual == 0 || usual == most) {
                return range(-most, most);
            }
            ends = "The last colours are those of the greatest 0.5 %, up to " + Text.number(most, 3) + ".";
            return range(-usual, usual);
        }

        /**
         * {@return this}
         *
         * @param nameOfRows what runs downwards
         * @param nameOfColumns what runs from left to right
         */
        public Builder axes(String nameOfRows, String nameOfColumns) {
            down = nameOfRows;
            across = nameOfColumns;
            return this;
        }

        /**
         * {@return this}
         *
         * @param names one a row of a heat map
         */
        public Builder rowNames(List<String> names) {
            rowNames = List.copyOf(names);
            return this;
        }

        /**
         * {@return this} A word below a heat map in place of numbers.
         *
         * @param column where, in columns from 0
         * @param text what to write
         */
        public Builder mark(double column, String text) {
            marks.add(new Axis.Tick(column, text));
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
        public Raster build() {
            Grid drawn = square ? grid.atMost(MOST_PIXELS, MOST_PIXELS) : grid.atMost(MOST_ROWS, MOST_COLUMNS);
            String thin = drawn.rows() == grid.rows() && drawn.columns() == grid.columns()
                    ? ""
                    : "Means of neighbours, " + drawn.rows() + " x " + drawn.columns() + " of " + grid.rows() + " x "
                            + grid.columns() + ".";
            byte[] png = drawn.png(colours, low, high);
            ColourScale scale = new ColourScale(colours, Axis.linear(unit, low, high));
            Svg svg = square
                    ? PictureFrame.around(title, grid.rows(), grid.columns(), down, across, scale, png)
                    : new MatrixFrame(grid.rows(), grid.columns(), rowNames, marks)
                            .around(title, down, across, scale, png);
            String said = Stream.of(note, thin, ends)
                    .filter(sentence -> !sentence.isEmpty())
                    .collect(Collectors.joining(" "));
            return new Raster(this, svg, said, png);
        }
    }

    @Override
    public Optional<byte[]> png() {
        return Optional.of(png.clone());
    }
}
