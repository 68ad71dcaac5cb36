package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.SymmetricEigen;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Eigenvectors diagonalize, and least squares are least. */
abstract class DecompositionLaws extends ProductLaws {
    @Test
    protected final void eigenvectorsDiagonalize() {
        for (int n : new int[] {1, 2, 3, 4, 5, 8, 17, 40}) {
            for (double scale : new double[] {1, 1e-60, 1e60}) {
                Random random = new Random(n);
                double[][] a = new double[n][n];
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j <= i; j++) {
                        a[i][j] = a[j][i] = scale * random.nextGaussian();
                    }
                }
                checkEigen(a, null);
            }
        }
    }

    @Test
    protected final void eigenvaluesAreKnownForKnownMatrices() {
        checkEigen(new double[][] {{-4}}, new double[] {-4});
        checkEigen(new double[][] {{0}}, new double[] {0});
        checkEigen(new double[][] {{2, 1}, {1, 2}}, new double[] {3, 1});
        checkEigen(new double[][] {{3, 0, 0}, {0, -1, 0}, {0, 0, 2}}, new double[] {3, 2, -1});
        checkEigen(new double[4][4], new double[4]);
        checkEigen(new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, new double[] {3, 0, 0});
        checkEigen(new double[][] {{2, 0, 0, 0}, {0, 5, 0, 0}, {0, 0, 2, 0}, {0, 0, 0, 5}}, new double[] {5, 5, 2, 2});
    }

    @Test
    protected final void eigenvectorsOfRepeatedEigenvaluesAreOrthonormal() {
        for (int n : new int[] {2, 5, 12}) {
            double[] values = new double[n];
            Arrays.fill(values, 0, n / 2, 3);
            Arrays.fill(values, n / 2, n, -0.5);
            // A = H·diag(values)·H with the reflection H = I − 2uuᵀ
            double[] u = new double[n];
            double norm = 0;
            for (int i = 0; i < n; i++) {
                u[i] = 1 + i % 3;
                norm += u[i] * u[i];
            }
            double[][] a = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    for (int l = 0; l < n; l++) {
                        double left = (i == l ? 1 : 0) - 2 * u[i] * u[l] / norm;
                        double right = (j == l ? 1 : 0) - 2 * u[j] * u[l] / norm;
                        a[i][j] += left * values[l] * right;
                    }
                }
            }
            checkEigen(a, values);
        }
    }

    /** The upper triangle is NaN when the backend sees it. */
    private void checkEigen(double[][] a, double[] known) {
        int n = a.length;
        double[][] lower = new double[n][n];
        double size = 0;
        double trace = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                lower[i][j] = j <= i ? a[i][j] : Double.NaN;
                size = Math.max(size, Math.abs(a[i][j]));
            }
            trace += a[i][i];
        }
        for (Layout layout : new Layout[] {Layout.FILLS, Layout.STRIDED}) {
            Placed placed = new Placed(lower, new int[] {n, n}, layout, Double.NaN);
            SymmetricEigen eigen = backend().eigen(placed.view);
            String label = "eigen of order " + n + ", largest entry " + size + ", " + layout;
            placed.assertUntouched(label);
            double[] values = eigen.values();
            DenseMatrix v = eigen.vectors();
            assertEquals(n, values.length, label);
            assertEquals(n, v.rows(), label);
            assertEquals(n, v.columns(), label);
            double tolerance = 20 * n * n * EPS * size;
            double sum = 0;
            for (int l = 0; l < n; l++) {
                sum += values[l];
                assertTrue(
                        l == 0 || values[l] <= values[l - 1], () -> label + ", descending: " + Arrays.toString(values));
                if (known != null) {
                    assertNear(known[l], values[l], tolerance, label + ", values", l, 0);
                }
                for (int i = 0; i < n; i++) {
                    double residual = -values[l] * v.get(i, l);
                    double product = i == l ? -1 : 0;
                    for (int j = 0; j < n; j++) {
                        residual += a[i][j] * v.get(j, l);
                        product += v.get(j, i) * v.get(j, l);
                    }
                    assertNear(0, residual, tolerance, label + ", AV - V diag", i, l);
                    assertNear(0, product, 20 * n * EPS, label + ", VᵀV - I", i, l);
                }
            }
            assertNear(trace, sum, tolerance, label + ", trace", 0, 0);
        }
    }

    @Test
    protected final void eigenRefusesWhatIsNotSquare() {
        assertThrows(RuntimeException.class, () -> backend().eigen(DenseMatrix.zeros(2, 3)));
        assertThrows(RuntimeException.class, () -> backend().eigen(DenseMatrix.zeros(3, 2)));
    }

    @Test
    protected final void leastSquaresLeavesAResidualOrthogonalToTheColumns() {
        int[][] shapes = { // rows, unknowns, right-hand sides
            {1, 1, 1},
            {3, 3, 2},
            {2, 1, 3},
            {10, 4, 3},
            {50, 1, 70},
            {200, 17, 5},
            {30, 30, 130},
            {150, 140, 3},
            {5, 2, 0}
        };
        for (int[] shape : shapes) {
            for (Layout layout : Layout.values()) {
                checkLeastSquares(shape[0], shape[1], shape[2], layout);
            }
        }
    }

    private void checkLeastSquares(int m, int n, int sides, Layout layout) {
        Random random = new Random(1000L * m + n);
        double[][] a = normal(m, n, random);
        for (int i = 0; i < n; i++) {
            a[i][i] += 4; // far from dependent columns
        }
        double[][] b = normal(m, sides, random);
        Placed body = new Placed(a, new int[] {m, n}, layout, Double.NaN);
        Placed right = new Placed(b, new int[] {m, sides}, Layout.of(layout.ordinal() + 1), Double.NaN);
        double[][] unset = new double[n][sides];
        Arrays.stream(unset).forEach(row -> Arrays.fill(row, Double.NaN));
        Placed into = new Placed(unset, new int[] {n, sides}, Layout.of(layout.ordinal() + 3), MARK);

        backend().leastSquares(body.view, right.view, into.view);

        String label = "least squares " + m + " x " + n + " x " + sides + ", " + layout;
        body.assertUntouched("a of " + label);
        right.assertUntouched("b of " + label);
        into.assertSurroundingsUntouched("result of " + label);
        for (int s = 0; s < sides; s++) {
            double[] residual = new double[m];
            double size = 0;
            for (int i = 0; i < m; i++) {
                residual[i] = -b[i][s];
                double row = Math.abs(b[i][s]);
                for (int c = 0; c < n; c++) {
                    residual[i] += a[i][c] * into.view.get(c, s);
                    row += Math.abs(a[i][c] * into.view.get(c, s));
                }
                size = Math.max(size, row);
            }
            for (int c = 0; c < n; c++) {
                double product = 0;
                double column = 0;
                for (int i = 0; i < m; i++) {
                    product += a[i][c] * residual[i];
                    column += Math.abs(a[i][c]);
                }
                assertNear(0, product, 20 * (m + n) * EPS * column * size, label + ", Aᵀ(AZ - B)", c, s);
            }
        }
    }

    @Test
    protected final void leastSquaresRefusesShapesThatDoNotFit() {
        int[][] wrong = {{2, 3, 2, 1, 3, 1}, {4, 2, 3, 1, 2, 1}, {4, 2, 4, 1, 3, 1}, {4, 2, 4, 2, 2, 1}};
        for (int[] s : wrong) {
            DenseMatrix a = DenseMatrix.zeros(s[0], s[1]);
            for (int i = 0; i < Math.min(s[0], s[1]); i++) {
                a.set(i, i, 1);
            }
            DenseMatrix b = DenseMatrix.zeros(s[2], s[3]);
            DenseMatrix into = DenseMatrix.zeros(s[4], s[5]);
            assertThrows(RuntimeException.class, () -> backend().leastSquares(a, b, into), a + ", " + b + ", " + into);
        }
    }
}
