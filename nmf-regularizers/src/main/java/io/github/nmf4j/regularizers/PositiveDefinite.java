package io.github.nmf4j.regularizers;

/**
 * A small symmetric positive definite matrix by its Cholesky factor, of the matrix scaled to ones on the diagonal: rows and
 * columns of very different size then cost no digits (Higham 2002, Accuracy and Stability of Numerical Algorithms, section
 * 10.1).
 */
final class PositiveDefinite {
    private final int n;
    private final double[] size;
    private final double[][] lower;

    /** @param matrix symmetric, with a positive diagonal; only read */
    PositiveDefinite(double[][] matrix) {
        n = matrix.length;
        size = new double[n];
        lower = new double[n][n];
        for (int a = 0; a < n; a++) {
            size[a] = Math.sqrt(matrix[a][a]);
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b <= a; b++) {
                double rest = matrix[a][b] / (size[a] * size[b]);
                for (int c = 0; c < b; c++) {
                    rest -= lower[a][c] * lower[b][c];
                }
                // parallel components: what rounding leaves of 1 − 1 may be 0 or less, and stands for about that much
                lower[a][b] = a == b ? Math.sqrt(Math.max(rest, n * 0x1p-53)) : rest / lower[b][b];
            }
        }
    }

    /** {@return the square root of a diagonal entry} */
    double size(int a) {
        return size[a];
    }

    double logDeterminant() {
        double sum = 0.0;
        for (int a = 0; a < n; a++) {
            sum += Math.log(size[a]) + Math.log(lower[a][a]);
        }
        return 2 * sum;
    }

    double[][] inverse() {
        double[][] inverse = new double[n][n];
        for (int column = 0; column < n; column++) {
            double[] x = new double[n];
            for (int a = 0; a < n; a++) {
                double rest = a == column ? 1 : 0;
                for (int b = 0; b < a; b++) {
                    rest -= lower[a][b] * x[b];
                }
                x[a] = rest / lower[a][a];
            }
            for (int a = n - 1; a >= 0; a--) {
                double rest = x[a];
                for (int b = a + 1; b < n; b++) {
                    rest -= lower[b][a] * x[b];
                }
                x[a] = rest / lower[a][a];
            }
            for (int a = 0; a < n; a++) {
                inverse[a][column] = x[a] / (size[a] * size[column]);
            }
        }
        return inverse;
    }
}
