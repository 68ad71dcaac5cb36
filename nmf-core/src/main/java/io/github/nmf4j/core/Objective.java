package io.github.nmf4j.core;

/**
 * The objective at a point, D + Σ penalties, summed over all entries in the scale being fitted.
 *
 * @param data the data term D
 * @param penalties the penalties, those on W first, in the order they were given
 */
public record Objective(double data, double[] penalties) {
    /** {@return D + Σ penalties} */
    public double total() {
        double sum = data;
        for (double penalty : penalties) {
            sum += penalty;
        }
        return sum;
    }

    /** {@return the sum of the absolute terms: what rounding errors are relative to} */
    public double magnitude() {
        double sum = Math.abs(data);
        for (double penalty : penalties) {
            sum += Math.abs(penalty);
        }
        return sum;
    }
}
