package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.api.SymmetricEigen;
import io.github.nmf4j.api.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link LinearAlgebraBackend} must do. A backend's test extends this and names its instance.
 *
 * <p>Results are compared with loops over arrays of rows, written here, which share nothing with a backend. Operands lie in the
 * middle of larger arrays: NaN around what is only read, so that a wrong entry poisons the result, and marked entries around
 * what is written, which must stay.
 */
public abstract class BackendContract {
    private static final double EPS = Math.ulp(1.0);

    /** Stands around what a backend may write. */
    private static final double MARK = -9876.54321;

    /** For subclasses. */
    protected BackendContract() {}

    /** {@return the backend under test, usable on this machine} */
    protected abstract LinearAlgebraBackend backend();

    // ---- identity

    @Test
    void hasAnAvailabilityANameAndItsArguments() {
        LinearAlgebraBackend backend = backend();
        Availability availability = backend.availability();
        assertEquals(
                availability.usable(),
                availability.reason().isEmpty(),
                "a backend is usable or says why not: " + availability);
        assertTrue(
                backend.name().matches("[a-z0-9]+(-[a-z0-9]+)*"),
                "lower-case words joined by hyphens: " + backend.name());
        assertEquals(backend.name(), backend.with(backend.arguments()).name());
    }

    // ---- products

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
    void productsEqualTheTripleLoop(Product what) {
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
    void productsPropagateNaNAndInfinityThroughZeros(Product what) {
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
    void productsRefuseShapesThatDoNotFit(Product what) {
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

    // ---- eigenvalues

    @Test
    void eigenvectorsDiagonalize() {
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
    void eigenvaluesAreKnownForKnownMatrices() {
        checkEigen(new double[][] {{-4}}, new double[] {-4});
        checkEigen(new double[][] {{0}}, new double[] {0});
        checkEigen(new double[][] {{2, 1}, {1, 2}}, new double[] {3, 1});
        checkEigen(new double[][] {{3, 0, 0}, {0, -1, 0}, {0, 0, 2}}, new double[] {3, 2, -1});
        checkEigen(new double[4][4], new double[4]);
        checkEigen(new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, new double[] {3, 0, 0});
        checkEigen(new double[][] {{2, 0, 0, 0}, {0, 5, 0, 0}, {0, 0, 2, 0}, {0, 0, 0, 5}}, new double[] {5, 5, 2, 2});
    }

    @Test
    void eigenvectorsOfRepeatedEigenvaluesAreOrthonormal() {
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
    void eigenRefusesWhatIsNotSquare() {
        assertThrows(RuntimeException.class, () -> backend().eigen(DenseMatrix.zeros(2, 3)));
        assertThrows(RuntimeException.class, () -> backend().eigen(DenseMatrix.zeros(3, 2)));
    }

    // ---- least squares

    @Test
    void leastSquaresLeavesAResidualOrthogonalToTheColumns() {
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
    void leastSquaresRefusesShapesThatDoNotFit() {
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

    // ---- elementary functions

    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 64, 100, 1000};

    /** {@link Elementary#log} promises 4 ulp, or 4e-16 absolute near 1. */
    @Test
    void logarithmsAreWithinFourUlp() {
        double[] odd = {
            0.0, Double.POSITIVE_INFINITY, Double.NaN, 1, Double.MIN_NORMAL, Double.MAX_VALUE, Math.E, 2, 0.5
        };
        double[] x = points(odd, 4000, random -> switch (random.nextInt(3)) {
            case 0 -> Math.exp(700 * (2 * random.nextDouble() - 1));
            case 1 -> 1 + random.nextGaussian() * 1e-3;
            default -> 1 + (random.nextInt(2001) - 1000) * EPS;
        });
        checkElementary(
                "log",
                x,
                Math::log,
                expected -> Math.max(4 * Math.ulp(expected), 4e-16),
                (n, from, to) -> backend().elementary().log(n, from, to));
    }

    @Test
    void exponentialsAreAccurate() {
        double[] odd = {
            0,
            -0.0,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.NaN,
            1,
            -1,
            710,
            1e4,
            1e300,
            -750,
            -1e4,
            -1e300,
            709.7,
            -708.3,
            1e-320,
            1e-20,
            -1e-20
        };
        double[] x = points(
                odd,
                4000,
                random -> random.nextBoolean() ? 708 * (2 * random.nextDouble() - 1) : random.nextGaussian());
        checkElementary(
                "exp",
                x,
                Math::exp,
                expected -> 1e-14 * expected + Double.MIN_NORMAL,
                (n, from, to) -> backend().elementary().exp(n, from, to));
    }

    /** Relative 1e-14, and as much more as s·log x, whose rounding is magnified by the exponential, exceeds 8. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2, 3, -1, -2, 0.5, -0.5, 1.5, 1.0 / 3, -2.3, 0.01})
    void powersAreAccurate(double s) {
        double[] odd = {0, Double.POSITIVE_INFINITY, Double.NaN, 1, 2, 0.5, 10, 1e-14, 1e-40, 1e40};
        double[] x = points(odd, 2000, random -> Math.exp(30 * (2 * random.nextDouble() - 1)));
        // The greatest |log of a result| here is 3 · 92.
        checkElementary(
                "x^" + s,
                x,
                v -> Math.pow(v, s),
                expected -> expected == 0 || Double.isInfinite(expected)
                        ? 0
                        : 1e-14 * expected * Math.max(1, Math.abs(Math.log(expected)) / 8),
                (n, from, to) -> backend().elementary().pow(n, from, s, to));
    }

    private interface Function {
        double of(double x);
    }

    private interface Span {
        void compute(int n, double[] from, double[] to);
    }

    private interface Draw {
        double next(Random random);
    }

    private static double[] points(double[] odd, int count, Draw draw) {
        Random random = new Random(5);
        double[] x = new double[count];
        for (int i = 0; i < count; i++) {
            // odd ones come up at every position of a vector register, among ordinary ones
            x[i] = random.nextInt(8) == 0 ? odd[random.nextInt(odd.length)] : draw.next(random);
        }
        System.arraycopy(odd, 0, x, 0, odd.length);
        return x;
    }

    private static void checkElementary(String label, double[] points, Function exact, Function tolerance, Span span) {
        int from = 0;
        for (int n : LENGTHS) {
            double[] x = new double[n + 3];
            Arrays.fill(x, MARK);
            for (int i = 0; i < n; i++) {
                x[i] = points[from++ % points.length];
            }
            double[] separate = new double[n + 3];
            Arrays.fill(separate, MARK);
            double[] before = x.clone();
            span.compute(n, x, separate);
            assertArrayEquals(before, x, label + ": the argument is only read");
            double[] inPlace = x.clone();
            span.compute(n, inPlace, inPlace);
            for (int i = 0; i < n; i++) {
                double expected = exact.of(x[i]);
                double allowed = tolerance.of(expected);
                assertNear(expected, separate[i], allowed, label + "(" + x[i] + "), " + n + " entries", i, 0);
                assertNear(expected, inPlace[i], allowed, label + "(" + x[i] + ") in place, " + n + " entries", i, 0);
            }
            for (int i = n; i < n + 3; i++) {
                assertEquals(MARK, separate[i], label + " of " + n + " wrote entry " + i);
                assertEquals(MARK, inPlace[i], label + " of " + n + " in place wrote entry " + i);
            }
        }
    }

    // ---- the pass

    private static final int[] RANKS = {1, 2, 3, 5, 8, 17};

    /** A step whose N and P depend on everything it is told, and which spoils what it may overwrite. */
    private static final class Step implements SpanStep {
        private final Kind kind;
        private boolean fused;
        private double logarithms;

        Step(Kind kind) {
            this.kind = kind;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        void begin() {
            fused = false;
            logarithms = 0;
        }

        @Override
        public void logarithms(double sum) {
            if (kind != Kind.RATIO_AND_LOG) {
                fail("a sum of logarithms is given to a step of kind " + kind);
            }
            fused = true;
            logarithms += sum;
        }

        double negative(int fixed, int moving, double x, double y) {
            return switch (kind) {
                case DATA -> x;
                case RATIO, RATIO_AND_LOG -> x / y;
                case NEGATIVE, BOTH -> weight(fixed, moving) * x / (y + 1);
            };
        }

        double positive(int fixed, int moving, double y) {
            return weight(fixed, moving) * y;
        }

        private static double weight(int fixed, int moving) {
            return 1 + (31 * fixed + 17 * moving) % 7 / 7.0;
        }

        @Override
        public void dense(
                int fixed,
                int moving,
                Along along,
                int n,
                double[] x,
                double[] y,
                double[] negative,
                double[] positive) {
            if (along == Along.MOVING) {
                entries(n, x, y, negative, positive, i -> fixed, i -> moving + i);
            } else {
                entries(n, x, y, negative, positive, i -> fixed + i, i -> moving);
            }
        }

        @Override
        public void sparse(
                int moving,
                int[] fixed,
                int from,
                int n,
                double[] x,
                double[] y,
                double[] negative,
                double[] positive) {
            entries(n, x, y, negative, positive, i -> fixed[from + i], i -> moving);
        }

        private interface Place {
            int of(int i);
        }

        private void entries(
                int n, double[] x, double[] y, double[] negative, double[] positive, Place fixed, Place moving) {
            if (kind == Kind.DATA) {
                fail("a step of kind DATA is not asked for entries");
            }
            for (int i = 0; i < n; i++) {
                negative[i] = negative(fixed.of(i), moving.of(i), x[i], y[i]);
                if (kind == Kind.BOTH) {
                    positive[i] = positive(fixed.of(i), moving.of(i), y[i]);
                }
            }
            Arrays.fill(x, 0, n, Double.NaN);
            Arrays.fill(y, 0, n, Double.NaN);
        }
    }

    /** Data (fixed × moving) and factors of one pass; {@code stored} says which entries of x a sparse tile visits. */
    private static final class Problem {
        final int rank;
        final double[][] x;
        final boolean[][] stored;
        final double[][] f;
        final double[][] m;

        Problem(int rank, int fixed, int moving, double scale, double density) {
            Random random = new Random(rank + 100L * fixed + moving);
            this.rank = rank;
            x = new double[fixed][moving];
            stored = new boolean[fixed][moving];
            for (int i = 0; i < fixed; i++) {
                for (int j = 0; j < moving; j++) {
                    stored[i][j] = j % 5 != 3 && random.nextDouble() < density; // every fifth vector is empty
                    x[i][j] = stored[i][j] ? random.nextInt(4) * scale * scale : 0; // some stored zeros
                }
            }
            f = positive(rank, fixed, scale, random);
            m = positive(rank, moving, scale, random);
        }

        int fixed() {
            return f[0].length;
        }

        int moving() {
            return m[0].length;
        }

        /** The data as a matrix of rows = fixed vectors, or transposed; view with gaps or stored entries alone. */
        Matrix matrix(boolean transposed, boolean sparse) {
            double[][] rows = transposed ? transpose(x, fixed(), moving()) : x;
            int[] shape = transposed ? new int[] {moving(), fixed()} : new int[] {fixed(), moving()};
            DenseMatrix dense = new Placed(rows, shape, Layout.STRIDED, Double.NaN).view;
            return sparse ? SparseMatrix.of(dense) : dense;
        }

        /** Stored entries by moving vector. */
        SparseMatrix byMovingVector() {
            List<int[]> places = new ArrayList<>();
            for (int j = 0; j < moving(); j++) {
                for (int i = 0; i < fixed(); i++) {
                    if (stored[i][j]) {
                        places.add(new int[] {j, i});
                    }
                }
            }
            return SparseMatrix.ofEntries(
                    moving(),
                    fixed(),
                    places.stream().mapToInt(p -> p[0]).toArray(),
                    places.stream().mapToInt(p -> p[1]).toArray(),
                    places.stream().mapToDouble(p -> x[p[1]][p[0]]).toArray());
        }
    }

    /** Statistics with marked surroundings, started at a value that must be added to. */
    private static final class Statistics {
        static final double START = 0.75;
        final Placed negative;
        final Placed positive;

        Statistics(Problem problem, Step step) {
            double[][] start = new double[problem.rank][problem.moving()];
            Arrays.stream(start).forEach(row -> Arrays.fill(row, START));
            int[] shape = {problem.rank, problem.moving()};
            step.begin();
            negative = new Placed(start, shape, Layout.STRIDED, MARK);
            positive = step.kind() == SpanStep.Kind.BOTH ? new Placed(start, shape, Layout.STRIDED, MARK) : null;
        }

        DenseMatrix negative(int moving, int count) {
            return negative.view.slice(0, moving, negative.view.rows(), count);
        }

        DenseMatrix positive(int moving, int count) {
            return positive == null ? null : positive.view.slice(0, moving, positive.view.rows(), count);
        }

        /** The naive loop, over tiles' fixed vectors [fixedFrom, fixedTo) and moving ones [movingFrom, movingTo). */
        void check(
                Problem p,
                Step step,
                boolean sparse,
                int fixedFrom,
                int fixedTo,
                int movingFrom,
                int movingTo,
                String label) {
            negative.assertSurroundingsUntouched(label + ", negative");
            if (positive != null) {
                positive.assertSurroundingsUntouched(label + ", positive");
            }
            double logarithms = 0;
            double magnitude = 0;
            for (int i = fixedFrom; i < fixedTo && step.fused; i++) {
                for (int j = movingFrom; j < movingTo; j++) {
                    if (p.x[i][j] > 0 && (!sparse || p.stored[i][j])) {
                        double y = 0;
                        for (int l = 0; l < p.rank; l++) {
                            y += p.f[l][i] * p.m[l][j];
                        }
                        logarithms += p.x[i][j] * Math.log(y);
                        magnitude += p.x[i][j] * (1 + Math.abs(Math.log(y)));
                    }
                }
            }
            assertEquals(logarithms, step.logarithms, 1e-13 * magnitude, label + ", logarithms");
            for (int c = 0; c < p.rank; c++) {
                for (int j = 0; j < p.moving(); j++) {
                    double n = START;
                    double q = START;
                    for (int i = fixedFrom; i < fixedTo && movingFrom <= j && j < movingTo; i++) {
                        if (sparse && !p.stored[i][j]) {
                            continue;
                        }
                        double y = 0;
                        for (int l = 0; l < p.rank; l++) {
                            y += p.f[l][i] * p.m[l][j];
                        }
                        n += p.f[c][i] * step.negative(i, j, p.x[i][j], y);
                        q += p.f[c][i] * step.positive(i, j, y);
                    }
                    double relative = 4 * (fixedTo - fixedFrom + p.rank + 32) * EPS; // all terms are positive
                    assertNear(n, negative.view.get(c, j), relative * n, label + ", negative", c, j);
                    if (positive != null) {
                        assertNear(q, positive.view.get(c, j), relative * q, label + ", positive", c, j);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SpanStep.Kind.class)
    void aDenseTileAddsItsStatistics(SpanStep.Kind kind) {
        Step step = new Step(kind);
        for (int rank : RANKS) {
            for (int fixed : new int[] {1, 7, 131}) {
                for (boolean transposed : new boolean[] {false, true}) {
                    for (boolean storedSparsely : new boolean[] {false, true}) {
                        Pass pass = backend().pass(rank);
                        int count = Math.min(pass.panel(42, transposed), 37);
                        Problem p = new Problem(rank, fixed, count + 5, 1, 0.8);
                        Statistics s = new Statistics(p, step);
                        DenseMatrix moving = moving(p);
                        Matrix x = p.matrix(transposed, storedSparsely);
                        Tile tile = new Tile.Dense(x, transposed, 0, fixed, 2, count);
                        pass.tile(
                                tile,
                                pass.pack(fixed(p), tile, null),
                                moving.slice(0, 2, rank, count),
                                step,
                                s.negative(2, count),
                                s.positive(2, count),
                                pass.workspace());
                        assertEquals(moving(p), moving, "the moving factor is only read");
                        s.check(
                                p,
                                step,
                                false,
                                0,
                                fixed,
                                2,
                                2 + count,
                                kind + ", rank " + rank + ", " + fixed + " fixed, transposed " + transposed);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SpanStep.Kind.class)
    void aSparseTileAddsItsStatistics(SpanStep.Kind kind) {
        Step step = new Step(kind);
        for (int rank : RANKS) {
            for (int fixed : new int[] {1, 131, 1100}) {
                Pass pass = backend().pass(rank);
                int count = Math.min(pass.panel(42, false), fixed == 1100 ? 6 : 37);
                Problem p = new Problem(rank, fixed, count + 5, 1, fixed == 1100 ? 1 : 0.2);
                Statistics s = new Statistics(p, step);
                Tile tile = new Tile.Sparse(p.byMovingVector(), 2, count);
                pass.tile(
                        tile,
                        pass.pack(fixed(p), tile, null),
                        moving(p).slice(0, 2, rank, count),
                        step,
                        s.negative(2, count),
                        s.positive(2, count),
                        pass.workspace());
                s.check(
                        p,
                        step,
                        true,
                        0,
                        fixed,
                        2,
                        2 + count,
                        kind + ", sparse, rank " + rank + ", " + fixed + " fixed");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SpanStep.Kind.class)
    void tilesAddUp(SpanStep.Kind kind) {
        Step step = new Step(kind);
        for (int rank : new int[] {1, 3, 17}) {
            Problem p = new Problem(rank, 139, 23, 1, 0.6);
            Pass pass = backend().pass(rank);
            Pass.Workspace workspace = pass.workspace();
            for (boolean transposed : new boolean[] {false, true}) {
                Matrix x = p.matrix(transposed, false);
                Statistics dense = new Statistics(p, step);
                Pass.Packed packed =
                        pass.pack(fixed(p), new Tile.Dense(x, transposed, 0, p.fixed(), 0, p.moving()), null);
                forEachPart(
                        0,
                        p.moving(),
                        Math.min(pass.panel(p.moving(), transposed), 9),
                        (moving, count) -> forEachPart(
                                0,
                                p.fixed(),
                                53,
                                (fixed, fixedCount) -> pass.tile(
                                        new Tile.Dense(x, transposed, fixed, fixedCount, moving, count),
                                        packed,
                                        moving(p).slice(0, moving, rank, count),
                                        step,
                                        dense.negative(moving, count),
                                        dense.positive(moving, count),
                                        workspace)));
                String label = kind + " in tiles, rank " + rank + ", transposed " + transposed;
                dense.check(p, step, false, 0, p.fixed(), 0, p.moving(), label);
            }

            Statistics sparse = new Statistics(p, step);
            SparseMatrix stored = p.byMovingVector();
            Pass.Packed packedBySparse = pass.pack(fixed(p), new Tile.Sparse(stored, 0, p.moving()), null);
            forEachPart(
                    0,
                    p.moving(),
                    Math.min(pass.panel(p.moving(), false), 9),
                    (moving, count) -> pass.tile(
                            new Tile.Sparse(stored, moving, count),
                            packedBySparse,
                            moving(p).slice(0, moving, rank, count),
                            step,
                            sparse.negative(moving, count),
                            sparse.positive(moving, count),
                            workspace));
            sparse.check(p, step, true, 0, p.fixed(), 0, p.moving(), kind + " in sparse tiles, rank " + rank);
        }
    }

    private interface Part {
        void from(int first, int count);
    }

    private static void forEachPart(int from, int to, int step, Part part) {
        for (int first = from; first < to; first += step) {
            part.from(first, Math.min(step, to - first));
        }
    }

    @Test
    void aFullPanelIsOneTile() {
        for (int rank : RANKS) {
            for (SpanStep.Kind kind : SpanStep.Kind.values()) {
                Pass pass = backend().pass(rank);
                for (boolean transposed : new boolean[] {false, true}) {
                    int panel = pass.panel(1 << 20, transposed);
                    assertTrue(panel > 0, "a panel holds a moving vector: " + panel);
                    assertTrue(pass.panel(1, transposed) > 0, "a panel of one vector: " + pass.panel(1, transposed));
                    checkWholeTile(new Problem(rank, 11, panel, 1, 0.9), new Step(kind));
                }
            }
        }
    }

    /** x/y is right wherever x and y are numbers, also where a product of several y leaves the range of a double. */
    @Test
    void ratiosOfVerySmallAndVeryLargeNumbersAreRight() {
        for (int rank : RANKS) {
            for (double scale : new double[] {1e-60, 1e-45, 1e-25, 1e25, 1e45, 1e60}) {
                checkWholeTile(new Problem(rank, 67, 24, scale, 0.9), new Step(SpanStep.Kind.RATIO));
            }
        }
    }

    private void checkWholeTile(Problem p, Step step) {
        int count = p.moving();
        Tile byRows = new Tile.Dense(p.matrix(false, false), false, 0, p.fixed(), 0, count);
        Tile byColumns = new Tile.Dense(p.matrix(true, false), true, 0, p.fixed(), 0, count);
        for (Tile tile : List.of(byRows, byColumns, new Tile.Sparse(p.byMovingVector(), 0, count))) {
            boolean sparse = tile instanceof Tile.Sparse;
            Pass pass = backend().pass(p.rank);
            Statistics s = new Statistics(p, step);
            pass.tile(
                    tile,
                    pass.pack(fixed(p), tile, null),
                    moving(p),
                    step,
                    s.negative(0, count),
                    s.positive(0, count),
                    pass.workspace());
            String label = step.kind() + ", panel of " + count + ", rank " + p.rank + ", "
                    + tile.getClass().getSimpleName() + ", transposed " + (tile == byColumns);
            s.check(p, step, sparse, 0, p.fixed(), 0, count, label);
        }
    }

    /** Nothing of an earlier tile or an earlier packing is left. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasThereBeforeDoesNotMatter(boolean sparse) {
        for (int rank : RANKS) {
            Pass pass = backend().pass(rank);
            int count = Math.min(pass.panel(21, false), 21);
            Problem p = new Problem(rank, 90, count, 1, 0.6);
            Step step = new Step(SpanStep.Kind.BOTH);
            Tile tile = sparse
                    ? new Tile.Sparse(p.byMovingVector(), 0, count)
                    : new Tile.Dense(p.matrix(false, false), false, 0, 90, 0, count);
            Statistics fresh = new Statistics(p, step);
            pass.tile(
                    tile,
                    pass.pack(fixed(p), tile, null),
                    moving(p),
                    step,
                    fresh.negative(0, count),
                    fresh.positive(0, count),
                    pass.workspace());

            DenseMatrix spoilt = fixed(p);
            spoilt.fill(Double.NaN);
            Pass.Packed packed = pass.pack(spoilt, tile, null);
            Pass.Workspace workspace = pass.workspace();
            Statistics wasted = new Statistics(p, step);
            pass.tile(tile, packed, moving(p), step, wasted.negative(0, count), wasted.positive(0, count), workspace);
            Statistics again = new Statistics(p, step);
            pass.tile(
                    tile,
                    pass.pack(fixed(p), tile, packed),
                    moving(p),
                    step,
                    again.negative(0, count),
                    again.positive(0, count),
                    workspace);
            String label = "rank " + rank + ", sparse " + sparse;
            assertSameBits(fresh.negative.array, again.negative.array, label);
            assertSameBits(fresh.positive.array, again.positive.array, label);
        }
    }

    // ---- determinism and threads

    @Test
    void theSameInputsGiveTheSameBitsTwiceAndFromTwoThreadsAtOnce() throws Exception {
        LinearAlgebraBackend backend = backend();
        Pass pass = backend.pass(7);
        Problem p = new Problem(7, 150, Math.min(pass.panel(60, false), 60), 1, 0.5);
        SparseMatrix stored = p.byMovingVector();
        Matrix x = p.matrix(false, false);
        Pass.Packed packed = pass.pack(fixed(p), new Tile.Dense(x, false, 0, p.fixed(), 0, p.moving()), null);
        Pass.Packed packedBySparse = pass.pack(fixed(p), new Tile.Sparse(stored, 0, p.moving()), null);
        Supplier<double[]> work = () -> everything(backend, pass, p, packed, packedBySparse, stored, x);
        double[] first = work.get();
        assertSameBits(first, work.get(), "the second time");

        int rounds = 10;
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                both.add(threads.submit(() -> {
                    together.await(60, TimeUnit.SECONDS);
                    for (int round = 0; round < rounds; round++) {
                        assertSameBits(first, work.get(), "beside another thread");
                    }
                    return null;
                }));
            }
            for (Future<?> one : both) {
                one.get(120, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("two threads at once: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(60, TimeUnit.SECONDS);
        }
    }

    private static double[] everything(
            LinearAlgebraBackend backend,
            Pass pass,
            Problem p,
            Pass.Packed packed,
            Pass.Packed packedBySparse,
            SparseMatrix stored,
            Matrix x) {
        Random random = new Random(9);
        List<double[]> results = new ArrayList<>();
        DenseMatrix a = DenseMatrix.of(normal(70, 70, random));
        DenseMatrix b = DenseMatrix.of(normal(70, 70, random)).slice(1, 2, 68, 61);
        for (Product what : Product.values()) {
            DenseMatrix left = a.slice(0, 0, 68, what == Product.ABT ? 61 : 68);
            DenseMatrix into = DenseMatrix.zeros(68, what == Product.ABT ? 68 : 61);
            into.fill(0.5);
            backend.multiply(what, left, b, 0.5, into);
            results.add(into.data());
        }
        SymmetricEigen eigen = backend.eigen(a.slice(0, 0, 20, 20));
        results.add(eigen.values());
        results.add(eigen.vectors().toDense().data());
        DenseMatrix z = DenseMatrix.zeros(12, 61);
        backend.leastSquares(a.slice(0, 5, 68, 12), b, z);
        results.add(z.data());
        double[] span = Arrays.stream(a.data()).map(Math::abs).toArray();
        backend.elementary().log(span.length - 1, span, span);
        results.add(span);
        Pass.Workspace workspace = pass.workspace();
        Step step = new Step(SpanStep.Kind.BOTH);
        int count = p.moving();
        for (Tile tile :
                new Tile[] {new Tile.Dense(x, false, 0, p.fixed(), 0, count), new Tile.Sparse(stored, 0, count)}) {
            Statistics s = new Statistics(p, step);
            pass.tile(
                    tile,
                    tile instanceof Tile.Sparse ? packedBySparse : packed,
                    moving(p),
                    step,
                    s.negative(0, count),
                    s.positive(0, count),
                    workspace);
            results.add(s.negative.array);
            results.add(s.positive.array);
        }
        return results.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** The core owns the threads; sizes here are beyond those from which libraries tend to start their own. */
    @Test
    void noThreadIsStarted() {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        Random random = new Random(3);
        DenseMatrix a = DenseMatrix.of(normal(300, 300, random));
        DenseMatrix b = DenseMatrix.of(normal(300, 310, random));
        for (Product what : Product.values()) {
            DenseMatrix right = what == Product.ABT ? DenseMatrix.of(normal(310, 300, random)) : b;
            backend().multiply(what, a, right, 0, DenseMatrix.zeros(300, 310));
            backend().multiply(what, a, right, 1, DenseMatrix.zeros(300, 310));
        }
        assertNotNull(backend().eigen(a.slice(0, 0, 132, 132)));
        DenseMatrix tall = a.slice(0, 0, 300, 150);
        backend().leastSquares(tall, b, DenseMatrix.zeros(150, 310));
        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(before);
        assertEquals(Set.of(), started, "a backend starts no threads");
    }

    // ---- helpers

    /** Where a matrix lies in its array. */
    private enum Layout {
        /** The whole array. */
        FILLS(0, 0, 0),
        /** From the start, with something behind. */
        ENDS_EARLY(0, 0, 6),
        /** Rows without gaps, but not from the start. */
        STARTS_LATE(5, 0, 0),
        /** Gaps between rows. */
        GAPS(0, 2, 0),
        /** In the middle of a wider matrix. */
        STRIDED(7, 4, 3);

        final int before;
        final int gap;
        final int after;

        Layout(int before, int gap, int after) {
            this.before = before;
            this.gap = gap;
            this.after = after;
        }

        static Layout of(int number) {
            return values()[number % values().length];
        }
    }

    /** A matrix in its array, and the array as it was. */
    private static final class Placed {
        final double[] array;
        final double[] before;
        final DenseMatrix view;

        Placed(double[][] entries, int[] shape, Layout layout, double around) {
            int stride = shape[1] + layout.gap;
            array = new double[layout.before + shape[0] * stride + layout.after];
            Arrays.fill(array, around);
            for (int i = 0; i < shape[0]; i++) {
                System.arraycopy(entries[i], 0, array, layout.before + i * stride, shape[1]);
            }
            before = array.clone();
            view = DenseMatrix.wrap(shape[0], shape[1], array, layout.before, stride);
        }

        void assertUntouched(String label) {
            assertSameBits(before, array, label + " changed");
        }

        void assertSurroundingsUntouched(String label) {
            double[] restored = array.clone();
            for (int i = 0; i < view.rows(); i++) {
                int at = view.offset() + i * view.stride();
                System.arraycopy(before, at, restored, at, view.columns());
            }
            assertSameBits(before, restored, label + ": written outside");
        }
    }

    private static DenseMatrix fixed(Problem p) {
        return new Placed(p.f, new int[] {p.rank, p.fixed()}, Layout.STRIDED, Double.NaN).view;
    }

    private static DenseMatrix moving(Problem p) {
        return new Placed(p.m, new int[] {p.rank, p.moving()}, Layout.STRIDED, Double.NaN).view;
    }

    private static double[][] normal(int rows, int columns, Random random) {
        double[][] entries = new double[rows][columns];
        for (double[] row : entries) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        return entries;
    }

    private static double[][] positive(int rows, int columns, double scale, Random random) {
        double[][] entries = new double[rows][columns];
        for (double[] row : entries) {
            Arrays.setAll(row, j -> scale * (0.1 + random.nextDouble()));
        }
        return entries;
    }

    private static double[][] transpose(double[][] entries, int rows, int columns) {
        double[][] flipped = new double[columns][rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                flipped[j][i] = entries[i][j];
            }
        }
        return flipped;
    }

    private static void assertSameBits(double[] expected, double[] actual, String label) {
        assertEquals(expected.length, actual.length, label);
        for (int i = 0; i < expected.length; i++) {
            if (Double.doubleToRawLongBits(expected[i]) != Double.doubleToRawLongBits(actual[i])) {
                fail(label + ": entry " + i + " was " + expected[i] + " and is " + actual[i]);
            }
        }
    }

    private static void assertNear(
            double expected, double actual, double tolerance, String label, int row, int column) {
        boolean same = Double.compare(expected, actual) == 0 || expected == actual;
        if (!same && !(Math.abs(expected - actual) <= tolerance && Double.isFinite(expected))) {
            fail(label + " [" + row + ", " + column + "]: expected " + expected + " within " + tolerance + ", got "
                    + actual);
        }
    }
}
