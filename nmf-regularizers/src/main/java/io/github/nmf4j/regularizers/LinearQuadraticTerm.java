package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;

/**
 * Σ linear·h + ½·square·h², which is its own surrogate; the same wherever it is.
 *
 * @param linear ≥ 0
 * @param square ≥ 0
 */
record LinearQuadraticTerm(double linear, double square) implements Regularizer.Term {
    @Override
    public void value(Surrogate block, double[] shares) {
        for (int c = 0; c < block.rank(); c++) {
            double[] h = block.at(c);
            double sum = 0.0;
            for (int j = 0; j < block.count(); j++) {
                sum += h[j] * (linear + 0.5 * square * h[j]);
            }
            shares[c] += sum;
        }
    }

    @Override
    public void majorize(Surrogate block) {
        for (int c = 0; c < block.rank(); c++) {
            if (linear > 0) {
                add(linear, block.count(), block.linear(c));
            }
            if (square > 0) { // a plane that nobody asks for costs nothing, and the root is simpler without it
                add(square, block.count(), block.quadratic(c));
            }
        }
    }

    private static void add(double value, int n, double[] to) {
        for (int j = 0; j < n; j++) {
            to[j] += value;
        }
    }
}
