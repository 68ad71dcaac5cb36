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
        SparseMatrix x = tile.x();
        boolean fused = step.kind() == SpanStep.Kind.RATIO;
        boolean both = step.kind() == SpanStep.Kind.BOTH;
        for (int j = 0; j < tile.movingCount(); j++) {
            int vector = tile.moving() + j;
            int end = x.start()[vector + 1];
            moving.readTransposed(0, j, f.rank, 1, buffers.moving, 0, f.rank);
            Arrays.fill(buffers.negative, 0.0);
            Arrays.fill(buffers.positive, 0.0);
            if (fused) {
                ratio(x, x.start()[vector], end, f.values, buffers.moving, buffers.negative);
            } else {
                for (int from = x.start()[vector]; from < end; from += SPAN) {
                    int n = Math.min(SPAN, end - from);
                    span(vector, x, from, n, f.values, step, buffers);
                    add(n, x.index(), from, f.values, buffers.span[2], buffers.negative);
                    if (both) {
                        add(n, x.index(), from, f.values, buffers.span[3], buffers.positive);
                    }
                }
            }
            add(buffers.negative, negative, j);
            if (both) {
                add(buffers.positive, positive, j);
            }
        }
    }

    private static void span(int vector, SparseMatrix x, int from, int n, double[] f, SpanStep step, Buffers buffers) {
        double[][] span = buffers.span;
        if (step.kind() == SpanStep.Kind.DATA) {
            System.arraycopy(x.values(), from, span[2], 0, n);
            return;
        }
        model(n, x.index(), from, f, buffers.moving, span[1]);
        System.arraycopy(x.values(), from, span[0], 0, n);
        step.sparse(vector, x.index(), from, n, span[0], span[1], span[2], span[3]);
    }

    /**
     * sum += Σ F·(x / Fᵀm) over stored entries. Four at a time: four chains of additions overlap, and what the first loop
     * loads is still in L1 for the second. The last few go one by one, in the same order of additions as {@link #model} and
     * {@link #add(int, int[], int, double[], double[], double[])}.
     */
    private static void ratio(SparseMatrix x, int from, int end, double[] f, double[] m, double[] sum) {
        int rank = m.length;
        int[] index = x.index();
        double[] values = x.values();
        int e = from;
        for (; e + 4 <= end; e += 4) {
            int a = index[e] * rank;
            int b = index[e + 1] * rank;
            int c = index[e + 2] * rank;
            int d = index[e + 3] * rank;
            double ya = 0;
            double yb = 0;
            double yc = 0;
            double yd = 0;
            for (int z = 0; z < rank; z++) {
                double mz = m[z];
                ya += mz * f[a + z];
                yb += mz * f[b + z];
                yc += mz * f[c + z];
                yd += mz * f[d + z];
            }
            combine(f, a, b, c, d, values[e] / ya, values[e + 1] / yb, values[e + 2] / yc, values[e + 3] / yd, sum);
        }
        for (; e < end; e++) {
            int a = index[e] * rank;
            combine(f, a, values[e] / dot(f, a, m), sum);
        }
    }

    /** y ← Fᵀm at the stored entries. */
    private static void model(int n, int[] index, int from, double[] f, double[] m, double[] y) {
        int rank = m.length;
        int e = 0;
        for (; e + 4 <= n; e += 4) {
            int a = index[from + e] * rank;
            int b = index[from + e + 1] * rank;
            int c = index[from + e + 2] * rank;
            int d = index[from + e + 3] * rank;
            double ya = 0;
            double yb = 0;
            double yc = 0;
            double yd = 0;
            for (int z = 0; z < rank; z++) {
                double mz = m[z];
                ya += mz * f[a + z];
                yb += mz * f[b + z];
                yc += mz * f[c + z];
                yd += mz * f[d + z];
            }
            y[e] = ya;
            y[e + 1] = yb;
            y[e + 2] = yc;
            y[e + 3] = yd;
        }
        for (; e < n; e++) {
            y[e] = dot(f, index[from + e] * rank, m);
        }
    }

    /** sum += Σ F·part over stored entries. */
    private static void add(int n, int[] index, int from, double[] f, double[] part, double[] sum) {
        int rank = sum.length;
        int e = 0;
        for (; e + 4 <= n; e += 4) {
            int a = index[from + e] * rank;
            int b = index[from + e + 1] * rank;
            int c = index[from + e + 2] * rank;
            int d = index[from + e + 3] * rank;
            combine(f, a, b, c, d, part[e], part[e + 1], part[e + 2], part[e + 3], sum);
        }
        for (; e < n; e++) {
            combine(f, index[from + e] * rank, part[e], sum);
        }
    }

    private static double dot(double[] f, int at, double[] m) {
        double sum = 0;
        for (int z = 0; z < m.length; z++) {
            sum += m[z] * f[at + z];
        }
        return sum;
    }

    private static void combine(double[] f, int a, double u, double[] sum) {
        for (int z = 0; z < sum.length; z++) {
            sum[z] += u * f[a + z];
        }
    }

    private static void combine(
            double[] f, int a, int b, int c, int d, double u, double v, double w, double t, double[] sum) {
        for (int z = 0; z < sum.length; z++) {
            sum[z] += (u * f[a + z] + v * f[b + z]) + (w * f[c + z] + t * f[d + z]);
        }
    }

    private static void add(double[] sum, DenseMatrix into, int j) {
        double[] data = into.data();
        for (int c = 0, at = into.offset() + j; c < sum.length; c++, at += into.stride()) {
            data[at] += sum[c];
        }
    }
}
