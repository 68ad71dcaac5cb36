package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;

/** Products of strided views. */
final class Products {
    private Products() {}

    static void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
        int inner = what == Product.ATB ? a.rows() : a.columns();
        for (int i = 0; i < into.rows(); i++) {
            for (int j = 0; j < into.columns(); j++) {
                double sum = 0;
                for (int q = 0; q < inner; q++) {
                    sum += (what == Product.ATB ? a.get(q, i) : a.get(i, q))
                            * (what == Product.ABT ? b.get(j, q) : b.get(q, j));
                }
                into.set(i, j, keep == 0 ? sum : sum + keep * into.get(i, j));
            }
        }
    }
}
