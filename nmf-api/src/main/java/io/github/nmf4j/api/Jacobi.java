package io.github.nmf4j.api;

import java.util.stream.IntStream;

/**
 * Eigenvalues of a small symmetric matrix by cyclic Jacobi rotations: slow for large ones, accurate, and short.
 *
 * <p>Golub &amp; Van Loan, Matrix Computations, 4th edition, §8.5.
 */
final class Jacobi {
    private static final int MOST_SWEEPS = 60;

    private Jacobi() {}

    static SymmetricEigen eigen(DenseMatrix matrix) {
        int n = matrix.rows();
        if (n != matrix.columns()) {
            throw new IllegalArgumentException("eigenvalues need a square matrix: " + n + " x " + matrix.columns());
        }
        double[][] a = new double[n][n];
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            v[i][i] = 1;
            for (int j = 0; j <= i; j++) {
                a[i][j] = matrix.get(i, j);
                a[j][i] = a[i][j];
            }
        }
        for (int sweep = 0; sweep < MOST_SWEEPS && rotateAll(a, v); sweep++) {}
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((i, j) -> Double.compare(a[j][j], a[i][i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] values = new double[n];
        DenseMatrix vectors = DenseMatrix.zeros(n, n);
        for (int c = 0; c < n; c++) {
            values[c] = a[order[c]][order[c]];
            for (int i = 0; i < n; i++) {
                vectors.set(i, c, v[order[c]][i]);
            }
        }
        return new SymmetricEigen(values, vectors);
    }

    /** One rotation for each pair whose entry is not negligible. Rows of v are the eigenvectors. */
    private static boolean rotateAll(double[][] a, double[][] v) {
        boolean rotated = false;
        for (int p = 0; p < a.length; p++) {
            for (int q = p + 1; q < a.length; q++) {
                double off = a[p][q];
                double negligible = 1e-17 * Math.sqrt(Math.abs(a[p][p]) * Math.abs(a[q][q]));
                if (Math.abs(off) > negligible && Math.abs(off) > Double.MIN_NORMAL) {
                    rotate(a, v, p, q);
                    rotated = true;
                }
            }
        }
        return rotated;
    }

    private static void rotate(double[][] a, double[][] v, int p, int q) {
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
        double cos = 1 / Math.sqrt(t * t + 1);
        double sin = t * cos;
        for (int i = 0; i < a.length; i++) {
            double x = a[i][p];
            double y = a[i][q];
            a[i][p] = cos * x - sin * y;
            a[i][q] = sin * x + cos * y;
        }
        turn(a[p], a[q], cos, sin);
        turn(v[p], v[q], cos, sin);
        a[p][q] = 0;
        a[q][p] = 0;
    }

    private static void turn(double[] x, double[] y, double cos, double sin) {
        for (int i = 0; i < x.length; i++) {
            double xi = x[i];
            double yi = y[i];
            x[i] = cos * xi - sin * yi;
            y[i] = sin * xi + cos * yi;
        }
    }
}
