package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import java.util.Arrays;

/** Products of a small matrix with one vector, where a backend's call would cost more than the product. */
final class DenseProducts {
    private DenseProducts() {}

    /** into ← A·x. */
    static void multiply(DenseMatrix a, double[] x, double[] into) {
        for (int i = 0; i < a.rows(); i++) {
            double sum = 0;
            for (int j = 0, at = a.offset() + i * a.stride(); j < a.columns(); j++, at++) {
                sum += a.data()[at] * x[j];
            }
            into[i] = sum;
        }
    }

    /** into ← Aᵀ·x. */
    static void multiplyTransposed(DenseMatrix a, double[] x, double[] into) {
        Arrays.fill(into, 0, a.columns(), 0);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0, at = a.offset() + i * a.stride(); j < a.columns(); j++, at++) {
                into[j] += a.data()[at] * x[i];
            }
        }
    }
}
