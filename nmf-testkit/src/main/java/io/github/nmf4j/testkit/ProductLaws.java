package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products equal the triple loop, on views of any layout and for any number. */
abstract class ProductLaws extends BackendLaws {
    private static final int[][] SHAPES = { // rows, inner, columns
        {1, 1, 1},
        {1, 1, 7},
        {1, 5, 1},
        {7, 1, 5},
        {1, 300, 9},
        {9, 300, 1},
        {2, 2, 2},
        {3, 3, 3},
        {4, 4, 4},
        {5, 5, 5},
        {6, 4, 11},
        {7, 4, 11},
        {8, 4, 11},
        {9, 4, 11},
        {10, 4, 11},
        {11, 10, 6},
        {12, 5, 9},
        {17, 13, 16},
        {33, 34, 35},
        {3, 257, 2},
        {257, 3, 5},
        {5, 3, 257},
        {70, 130, 33},
        {65, 9, 258},
        {0, 3, 4},
        {3, 0, 4},
        {3, 4, 0},
        {0, 0, 0}
    };

    @ParameterizedTest
    @EnumSource(Product.class)
    protected final void productsEqualTheTripleLoop(Product what) {
        for (int[] shape : SHAPES) {
            for (double keep : new double[] {0, 1, 0.5, -1}) {
                for (int round = 0; round < Layout.values().length; round++) {
                    checkProduct(what, shape, keep, round);
                }
            }
        }
    }

    private void checkProduct(Product what, int[] shape, double keep, int round) {
        Random random = new Random(31L * Arrays.hashCode(shape) + round);
        int rows = shape[0];
        int inner = shape[1];
        int columns = shape[2];
        double[][] a = what == Product.ATB ? normal(inner, rows, random) : normal(rows, inner, random);
        double[][] b = what == Product.ABT ? normal(columns, inner, random) : normal(inner, columns, random);
        double[][] c = normal(rows, columns, random);
        if (keep == 0) {
            Arrays.stream(c).forEach(row -> Arrays.fill(row, Double.NaN));
        }
        // Round 0 is contiguous throughout; the others mix.
        Placed left = new Placed(a, rowsOf(what == Product.ATB, inner, rows), Layout.of(round), Double.NaN);
        Placed right = new Placed(b, rowsOf(what != Product.ABT, inner, columns), Layout.of(2 * round), Double.NaN);
        Placed into = new Placed(c, new int[] {rows, columns}, Layout.of(3 * round), MARK);

        backend().multiply(what, left.view, right.view, keep, into.view);

        String label = what + " " + rows + " x " + inner + " x " + columns + ", keep " + keep + ", round " + round;
        left.assertUntouched("a of " + label);
        right.assertUntouched("b of " + label);
        into.assertSurroundingsUntouched("result of " + label);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double expected = keep == 0 ? 0 : keep * c[i][j];
                double size = Math.abs(expected);
                for (int l = 0; l < inner; l++) {
                    double term = (what == Product.ATB ? a[l][i] : a[i][l]) * (what == Product.ABT ? b[j][l] : b[l][j]);
                    expected += term;
                    size += Math.abs(term);
                }
                assertNear(expected, into.view.get(i, j), 2 * (inner + 2) * EPS * size, label, i, j);
            }
        }
    }

    private static int[] rowsOf(boolean innerFirst, int inner, int outer) {
        return innerFirst ? new int[] {inner, outer} : new int[] {outer, inner};
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    protected final void productsPropagateNaNAndInfinityThroughZeros(Product what) {
        for (int n : new int[] {1, 2, 3, 4, 5, 6, 8, 10, 11, 40}) {
            for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                for (boolean inLeft : new boolean[] {true, false}) {
                    int at = n / 2;
                    DenseMatrix a = DenseMatrix.zeros(n, n);
                    DenseMatrix b = DenseMatrix.zeros(n, n);
                    DenseMatrix into = DenseMatrix.zeros(n, n);
                    (inLeft ? a : b).set(at, at, odd);
                    backend().multiply(what, a, b, 0, into);
                    for (int k = 0; k < n; k++) {
                        double hit = inLeft ? into.get(at, k) : into.get(k, at);
                        assertTrue(Double.isNaN(hit), what + " of order " + n + ": 0 · " + odd + " gave " + hit);
                    }
                }
            }
            DenseMatrix ones = DenseMatrix.zeros(n, n);
            ones.fill(1);
            DenseMatrix big = ones.copy();
            big.set(0, 0, Double.POSITIVE_INFINITY);
            DenseMatrix into = ones.copy();
            backend().multiply(what, big, ones, 1, into);
            assertEquals(Double.POSITIVE_INFINITY, into.get(0, n - 1), what + " of order " + n);
            into.fill(Double.NaN);
            backend().multiply(what, ones, ones, 1, into);
            assertTrue(Double.isNaN(into.get(n - 1, 0)), "keep 1 keeps NaN: " + what + " of order " + n);
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    protected final void productsRefuseShapesThatDoNotFit(Product what) {
        int[][] wrong = { // rows and columns of what is stored, for AB; transposed below
            {2, 3, 4, 5, 2, 5},
            {2, 3, 3, 5, 3, 5},
            {2, 3, 3, 5, 2, 4},
            {2, 3, 3, 5, 5, 2},
            {2, 3, 3, 5, 0, 0},
            {0, 3, 4, 0, 0, 0}
        };
        for (int[] s : wrong) {
            DenseMatrix a = what == Product.ATB ? DenseMatrix.zeros(s[1], s[0]) : DenseMatrix.zeros(s[0], s[1]);
            DenseMatrix b = what == Product.ABT ? DenseMatrix.zeros(s[3], s[2]) : DenseMatrix.zeros(s[2], s[3]);
            DenseMatrix into = DenseMatrix.zeros(s[4], s[5]);
            into.fill(MARK);
            DenseMatrix before = into.copy();
            assertThrows(
                    IllegalArgumentException.class,
                    () -> backend().multiply(what, a, b, 0, into),
                    what + " of " + a + " and " + b + " into " + into);
            assertEquals(before, into, "a refused product writes nothing");
        }
    }
}
