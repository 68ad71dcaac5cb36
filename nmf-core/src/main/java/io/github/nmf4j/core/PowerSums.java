package io.github.nmf4j.core;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;

/** Σ w·x^{b+1} over each row and each column of X in the scale being fitted, b being the loss's growth; one look at X. */
final class PowerSums {
    private final Problem problem;
    private double[] rows;
    private double[] columns;

    PowerSums(Problem problem) {
        this.problem = problem;
    }

    /**
     * {@return the sums, one for each vector of X that a factor explains; not to be written}
     *
     * @param factor W for rows of X, H for columns
     */
    double[] of(Factor factor) {
        if (rows == null) {
            rows = new double[problem.rows()];
            columns = new double[problem.columns()];
            read();
        }
        return factor == Factor.W ? rows : columns;
    }

    private void read() {
        Matrix x = problem.facts().x();
        Matrix weights = problem.data().weights();
        if (x instanceof SparseMatrix sparse && weights == null) {
            stored(sparse);
            return;
        }
        int p = x.columns();
        double[] values = new double[p];
        double[] weight = new double[p];
        for (int i = 0; i < x.rows(); i++) {
            x.read(i, 0, 1, p, values, 0, p);
            power(p, values);
            if (weights != null) {
                weights.read(i, 0, 1, p, weight, 0, p);
            }
            for (int j = 0; j < p; j++) {
                add(i, j, values[j], weights == null ? 1.0 : weight[j]);
            }
        }
    }

    private void stored(SparseMatrix x) {
        double[] values = new double[x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            int from = x.start()[i];
            int n = x.start()[i + 1] - from;
            System.arraycopy(x.values(), from, values, 0, n);
            power(n, values);
            for (int k = 0; k < n; k++) {
                add(i, x.index()[from + k], values[k], 1);
            }
        }
    }

    private void power(int n, double[] values) {
        double exponent = problem.loss().growth() + 1;
        double scale = problem.facts().scale();
        for (int j = 0; j < n; j++) {
            values[j] *= scale;
        }
        Elementary math = problem.data().math();
        if (exponent == 2) {
            for (int j = 0; j < n; j++) {
                values[j] *= values[j];
            }
        } else if (exponent != 1) {
            math.pow(n, values, exponent, values);
        }
    }

    /** A missing entry, NaN or of weight 0, counts nothing. */
    private void add(int i, int j, double value, double weight) {
        if (weight > 0 && value == value) {
            rows[i] += weight * value;
            columns[j] += weight * value;
        }
    }
}
