package io.github.nmf4j.api;

import java.util.Arrays;

/**
 * The pass over the stored entries of a sparse matrix, in plain Java: O(stored · rank), each entry touching two contiguous
 * vectors of rank numbers.
 */
public final class SparsePass {
    private static final int SPAN = 512;

    private SparsePass() {}

    /** The fixed factor with the components of a vector side by side: entry (vector i, component c) at i · rank + c. */
    private record ByVector(double[] values, int rank) implements Pass.Packed {}

    /** Buffers of one thread. */
    public static final class Buffers implements Pass.Workspace {
        private final double[] moving;
        private final double[] negative;
        private final double[] positive;
        private final double[][] span = new double[4][SPAN];

        /** @param rank components */
        public Buffers(int rank) {
            moving = new double[rank];
            negative = new double[rank];
            positive = new double[rank];
        }
    }

    /**
     * {@return the fixed factor packed by vector}
     *
     * @param fixed rank × vectors
     * @param reuse what an earlier call returned, or null
     */
    public static Pass.Packed pack(DenseMatrix fixed, Pass.Packed reuse) {
        int rank = fixed.rows();
        int vectors = fixed.columns();
        ByVector packed = reuse instanceof ByVector old && old.values.length == rank * vectors
                ? old
                : new ByVector(new double[Math.multiplyExact(rank, vectors)], rank);
        fixed.readTransposed(0, 0, rank, vectors, packed.values, 0, rank);
        return packed;
    }

    /**
     * Adds the statistics of a tile; as {@link Pass#tile}.
     *
     * @param tile stored entries by moving vector
     * @param fixed from {@link #pack}
     * @param moving rank × {@code tile.movingCount()}
     * @param step what happens to the entries
     * @param negative Σ F·N is added
     * @param positive Σ F·P is added where the step's kind asks for it
     * @param buffers this thread's
     */
    public static void tile(
            Tile.Sparse tile,
            Pass.Packed fixed,
            DenseMatrix moving,
            SpanStep step,
            DenseMatrix negative,
            DenseMatrix positive,
            Buffers buffers) {
        ByVector f = (ByVector) fixed;
        int rank = f.rank;
        SparseMatrix x = tile.x();
        boolean both = step.kind() == SpanStep.Kind.BOTH;
        for (int j = 0; j < tile.movingCount(); j++) {
            int end = x.start()[tile.moving() + j + 1];
            moving.readTransposed(0, j, rank, 1, buffers.moving, 0, rank);
            Arrays.fill(buffers.negative, 0.0);
            Arrays.fill(buffers.positive, 0.0);
            for (int from = x.start()[tile.moving() + j]; from < end; from += SPAN) {
                int n = Math.min(SPAN, end - from);
                span(tile.moving() + j, x, from, n, f, step, buffers);
                add(n, x.index(), from, f.values, rank, buffers.span[2], buffers.negative);
                if (both) {
                    add(n, x.index(), from, f.values, rank, buffers.span[3], buffers.positive);
                }
            }
            add(buffers.negative, negative, j);
            if (both) {
                add(buffers.positive, positive, j);
            }
        }
    }

    private static void span(int vector, SparseMatrix x, int from, int n, ByVector f, SpanStep step, Buffers buffers) {
        double[][] span = buffers.span;
        if (step.kind() == SpanStep.Kind.DATA) {
            System.arraycopy(x.values(), from, span[2], 0, n);
            return;
        }
        model(n, x.index(), from, f.values, f.rank, buffers.moving, span[1]);
        System.arraycopy(x.values(), from, span[0], 0, n);
        if (step.kind() == SpanStep.Kind.RATIO) {
            divide(n, span[0], span[1], span[2]);
        } else {
            step.sparse(vector, x.index(), from, n, span[0], span[1], span[2], span[3]);
        }
    }

    /** y ← Fᵀm at the stored entries; two at a time, so that two chains of additions overlap. */
    private static void model(int n, int[] index, int from, double[] f, int rank, double[] m, double[] y) {
        int e = 0;
        for (; e + 1 < n; e += 2) {
            int a = index[from + e] * rank;
            int b = index[from + e + 1] * rank;
            double first = 0;
            double second = 0;
            for (int c = 0; c < rank; c++) {
                first += f[a + c] * m[c];
                second += f[b + c] * m[c];
            }
            y[e] = first;
            y[e + 1] = second;
        }
        for (; e < n; e++) {
            int a = index[from + e] * rank;
            double sum = 0;
            for (int c = 0; c < rank; c++) {
                sum += f[a + c] * m[c];
            }
            y[e] = sum;
        }
    }

    private static void divide(int n, double[] x, double[] y, double[] into) {
        for (int i = 0; i < n; i++) {
            into[i] = x[i] / y[i];
        }
    }

    private static void add(int n, int[] index, int from, double[] f, int rank, double[] part, double[] sum) {
        for (int e = 0; e < n; e++) {
            int a = index[from + e] * rank;
            double weight = part[e];
            for (int c = 0; c < rank; c++) {
                sum[c] += weight * f[a + c];
            }
        }
    }

    private static void add(double[] sum, DenseMatrix into, int j) {
        double[] data = into.data();
        for (int c = 0, at = into.offset() + j; c < sum.length; c++, at += into.stride()) {
            data[at] += sum[c];
        }
    }
}
