package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.SparseMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Seeded matrices without structure: what kernels cost does not depend on it. */
final class RandomData {
    private static final double LEAST = 0.01;

    private RandomData() {}

    /** {@return numbers between 0.01 and 1.01} */
    static DenseMatrix positive(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
        Arrays.setAll(matrix.data(), i -> random.nextDouble() + LEAST);
        return matrix;
    }

    /** {@return counts from 1 to 5, so that every loss takes them} */
    static DenseMatrix counts(Extent of, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix matrix = DenseMatrix.zeros(of.rows(), of.columns());
        Arrays.setAll(matrix.data(), i -> 1.0 + random.nextInt(5));
        return matrix;
    }

    /** {@return counts from 1 to 5 at random places; where two meet they add, so a few fewer than asked for are stored} */
    static SparseMatrix sparseCounts(Extent of, int entries, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] row = new int[entries];
        int[] column = new int[entries];
        double[] value = new double[entries];
        for (int e = 0; e < entries; e++) {
            row[e] = random.nextInt(of.rows());
            column[e] = random.nextInt(of.columns());
            value[e] = 1.0 + random.nextInt(5);
        }
        return SparseMatrix.ofEntries(of.rows(), of.columns(), row, column, value);
    }
}
