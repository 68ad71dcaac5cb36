package io.github.nmf4j.report;

/** The least and the greatest of the finite numbers that were added. */
final class Range {
    private static final double MARGIN = 0.04;

    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    static Range of(double... values) {
        Range range = new Range();
        range.add(values);
        return range;
    }

    void add(double... values) {
        for (double value : values) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
    }

    /** {@return an axis on which nothing lies at the edge} */
    Axis withMargin(String label) {
        double margin = MARGIN * (high() - low());
        return Axis.linear(label, low() - margin, high() + margin);
    }

    /** {@return the least; 0 if there was none} */
    double low() {
        return low <= high ? low : 0;
    }

    /** {@return the greatest; 0 if there was none} */
    double high() {
        return low <= high ? high : 0;
    }
}
