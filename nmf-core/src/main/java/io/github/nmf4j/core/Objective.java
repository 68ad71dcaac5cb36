package io.github.nmf4j.core;

/**
 * The objective at a point, D + Σ penalties, summed over all entries in the scale being fitted.
 *
 * @param data the data term D
 * @param penalties the penalties, those on W first, in the order they were given
 * @param magnitude the sum of the absolute terms, those that cancel within D among them: what rounding errors are relative to
 */
public record Objective(double data, double[] penalties, double magnitude) {
    /** {@return D + Σ penalties} */
    public double total() {
        double sum = data;
        for (double penalty : penalties) {
            sum += penalty;
        }
        return sum;
    }

    /** {@return |D| + Σ |penalties|: what a decrease is measured against, for the total may be 0 or negative} */
    public double size() {
        double sum = Math.abs(data);
        for (double penalty : penalties) {
            sum += Math.abs(penalty);
        }
        return sum;
    }
}
