package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import java.util.SplittableRandom;

/** What starts share that find W among columns of X and leave H to {@link Start#fitsH}. */
final class GuessedH {
    /** Of a component's mean: enough that multiplicative updates leave it within a few iterations. */
    private static final double SHARE = 0.01;

    private GuessedH() {}

    /** Fills zeros of W and writes into H what makes the sum of each column of the model that of X. */
    static void complete(StartData data, DenseMatrix w, DenseMatrix h) {
        fillZeros(data, Factor.W, w);
        double[] sums = data.columnSums();
        double total = 0;
        for (int c = 0; c < w.rows(); c++) {
            total += sum(w, c);
        }
        for (int j = 0; j < h.columns(); j++) {
            for (int c = 0; c < h.rows(); c++) {
                h.set(c, j, total > 0 ? sums[j] / total : 0.0);
            }
        }
    }

    /** Zeros become a hundredth of the component's mean; a component without any other entry becomes random. */
    static void fillZeros(StartData data, Factor factor, DenseMatrix values) {
        int vectors = values.columns();
        for (int c = 0; c < values.rows(); c++) {
            double mean = sum(values, c) / vectors;
            for (int j = 0; j < vectors; j++) {
                if (!(mean > 0)) {
                    values.set(c, j, random(data, factor, c, j));
                } else if (values.get(c, j) == 0) {
                    values.set(c, j, SHARE * mean);
                }
            }
        }
    }

    private static double random(StartData data, Factor factor, int c, int vector) {
        SplittableRandom random = data.random(factor, vector);
        double value = random.nextDouble();
        for (int skipped = 0; skipped < c; skipped++) {
            value = random.nextDouble();
        }
        return Math.sqrt(data.mean()) * (SHARE + value);
    }

    private static double sum(DenseMatrix values, int c) {
        double sum = 0;
        for (int j = 0; j < values.columns(); j++) {
            sum += values.get(c, j);
        }
        return sum;
    }
}
