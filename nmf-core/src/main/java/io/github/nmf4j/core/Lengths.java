package io.github.nmf4j.core;

/** Euclidean lengths of vectors. A missing entry, NaN, counts for nothing. */
final class Lengths {
    private Lengths() {}

    static double square(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value == value ? value * value : 0;
        }
        return sum;
    }

    static double norm(double[] values) {
        return Math.sqrt(square(values));
    }

    /** {@return the vector divided by its norm, whose square may be out of range; null if it is zero} */
    static double[] unit(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        if (largest == 0) {
            return null;
        }
        double[] unit = new double[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = values[i] / largest;
        }
        double norm = norm(unit);
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= norm;
        }
        return unit;
    }
}
