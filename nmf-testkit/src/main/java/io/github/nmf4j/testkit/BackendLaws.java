package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import java.util.Arrays;
import java.util.Random;

/** What the laws of a backend share: matrices placed in larger arrays, and comparisons. */
abstract class BackendLaws extends ExtensionContract<LinearAlgebraBackend> {
    static final double EPS = Math.ulp(1.0);

    /** Stands around what a backend may write. */
    static final double MARK = -9876.54321;

    /** {@return the backend under test, usable on this machine} */
    protected abstract LinearAlgebraBackend backend();

    @Override
    protected final LinearAlgebraBackend extension() {
        return backend();
    }

    /** Where a matrix lies in its array. */
    enum Layout {
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
    static final class Placed {
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

    static double[][] normal(int rows, int columns, Random random) {
        double[][] entries = new double[rows][columns];
        for (double[] row : entries) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        return entries;
    }

    static void assertSameBits(double[] expected, double[] actual, String label) {
        assertEquals(expected.length, actual.length, label);
        for (int i = 0; i < expected.length; i++) {
            if (Double.doubleToRawLongBits(expected[i]) != Double.doubleToRawLongBits(actual[i])) {
                fail(label + ": entry " + i + " was " + expected[i] + " and is " + actual[i]);
            }
        }
    }

    static void assertNear(double expected, double actual, double tolerance, String label, int row, int column) {
        boolean same = Double.compare(expected, actual) == 0 || expected == actual;
        if (!same && !(Math.abs(expected - actual) <= tolerance && Double.isFinite(expected))) {
            fail(label + " [" + row + ", " + column + "]: expected " + expected + " within " + tolerance + ", got "
                    + actual);
        }
    }
}
