package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.api.Tile;
import java.util.Arrays;

/**
 * The pass over the stored entries of a sparse matrix: O(stored · rank), each entry touching two contiguous vectors of rank
 * numbers.
 *
 * <p>Spans of entries are so short that what they touch stays in the L1 cache: where the step wants to see the entries in
 * between, the vectors are not fetched a second time.
 */
final class VectorSparsePass {
    private static final int GROUP = SparseKernel.GROUP;

    /** Fixed vectors begin half a cache line apart or a multiple of it: a shorter row is not fetched sooner, whole lines are more. */
    private static final int ALIGNMENT = 4;

    /** 24 KB: the vectors that a span touches stay in the L1 cache. */
    private static final int SPAN_NUMBERS = 3072;

    private static final int LONGEST_SPAN = 512;

    private VectorSparsePass() {}

    /** Vector i at i · stride, its rank numbers first; as much as a register holds may be read behind the last. */
    private record ByVector(double[] values, int rank, int stride, SparseKernel kernel) implements Pass.Packed {}

    /** Buffers of one thread. */
    static final class Buffers implements Pass.Workspace {
        private final double[] moving;
        private final double[] negative;
        private final double[] positive;
        private final int[] at;

        /** The sum of what was read ahead: a use that nobody needs, so that the compiler keeps the reads. */
        private double prefetched;

        private final double[] vector = new double[Lanes.WIDTH];
        private double logarithms;
        private final int span;
        private final double[] x;
        private final double[] y;
        private final double[] n;
        private final double[] p;

        /** @param rank components */
        Buffers(int rank) {
            int length = Lanes.roundUp(rank, Lanes.WIDTH);
            moving = new double[length];
            negative = new double[length];
            positive = new double[length];
            span = Math.min(LONGEST_SPAN, Lanes.roundUp(Math.max(GROUP, SPAN_NUMBERS / length), GROUP));
            at = new int[span + SparseKernel.AHEAD];
            x = new double[span + Lanes.WIDTH - GROUP];
            y = new double[span + Lanes.WIDTH - GROUP];
            n = new double[span];
            p = new double[span];
        }

        /** Notes where the fixed vectors of a span begin. {@return its groups} */
        private int place(int[] index, int from, int n, int stride) {
            for (int i = 0; i < n; i++) {
                at[i] = index[from + i] * stride;
            }
            int whole = Lanes.roundUp(n, GROUP);
            Arrays.fill(at, n, whole + SparseKernel.AHEAD, at[n - 1]);
            return whole / GROUP;
        }
    }

    /**
     * {@return the fixed factor packed by vector}
     *
     * @param fixed rank × vectors
     * @param reuse what an earlier call returned, or null
     */
    static Pass.Packed pack(DenseMatrix fixed, Pass.Packed reuse) {
        int rank = fixed.rows();
        int vectors = fixed.columns();
        int stride = Lanes.roundUp(rank, ALIGNMENT);
        int length = Math.addExact(Math.multiplyExact(stride, vectors), Lanes.WIDTH);
        ByVector packed = reuse instanceof ByVector old && old.rank == rank && old.values.length == length
                ? old
                : new ByVector(new double[length], rank, stride, SparseKernel.of(rank));
        fixed.readTransposed(0, 0, rank, vectors, packed.values, 0, stride);
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
    static void tile(
            Tile.Sparse tile,
            Pass.Packed fixed,
            DenseMatrix moving,
            SpanStep step,
            DenseMatrix negative,
            DenseMatrix positive,
            Buffers buffers) {
        ByVector f = (ByVector) fixed;
        SparseMatrix x = tile.x();
        int[] start = x.start();
        boolean both = step.kind() == SpanStep.Kind.BOTH;
        buffers.logarithms = 0;
        for (int j = 0; j < tile.movingCount(); j++) {
            int vector = tile.moving() + j;
            int end = start[vector + 1];
            if (start[vector] == end) {
                continue;
            }
            moving.readTransposed(0, j, f.rank, 1, buffers.moving, 0, f.rank);
            Arrays.fill(buffers.negative, 0.0);
            Arrays.fill(buffers.positive, 0.0);
            for (int from = start[vector]; from < end; from += buffers.span) {
                int n = Math.min(buffers.span, end - from);
                span(vector, x, from, n, f, step, buffers);
            }
            add(f.rank, buffers.negative, negative, j);
            if (both) {
                add(f.rank, buffers.positive, positive, j);
            }
        }
        if (step.kind() == SpanStep.Kind.RATIO_AND_LOG) {
            step.logarithms(buffers.logarithms);
        }
    }

    /** Entries from .. from + n of the moving vector that the buffers hold. */
    private static void span(int vector, SparseMatrix x, int from, int n, ByVector f, SpanStep step, Buffers b) {
        int groups = b.place(x.index(), from, n, f.stride);
        double[] values = f.values;
        switch (step.kind()) {
            case DATA -> {
                fill(b.x, x.values(), from, n);
                f.kernel.combine(groups, b.at, b.x, values, b.negative);
            }
            case RATIO -> {
                fill(b.x, x.values(), from, n);
                b.prefetched += f.kernel.ratios(groups, b.at, b.x, values, b.moving, b.y, b.negative);
            }
            case RATIO_AND_LOG -> {
                b.prefetched += f.kernel.model(groups, b.at, values, b.moving, b.y);
                b.logarithms += LogRatio.of(n, x.values(), from, b.y, b.n, b.vector);
                Arrays.fill(b.n, n, groups * GROUP, 0.0);

                f.kernel.combine(groups, b.at, b.n, values, b.negative);
            }
            case NEGATIVE, BOTH -> {
                b.prefetched += f.kernel.model(groups, b.at, values, b.moving, b.y);
                System.arraycopy(x.values(), from, b.x, 0, n);
                step.sparse(vector, x.index(), from, n, b.x, b.y, b.n, b.p);
                Arrays.fill(b.n, n, groups * GROUP, 0.0);
                f.kernel.combine(groups, b.at, b.n, values, b.negative);
                if (step.kind() == SpanStep.Kind.BOTH) {
                    Arrays.fill(b.p, n, groups * GROUP, 0.0);
                    f.kernel.combine(groups, b.at, b.p, values, b.positive);
                }
            }
        }
    }

    /** Copies a span of entries, and zeros behind it up to a whole group. */
    private static void fill(double[] into, double[] values, int from, int n) {
        System.arraycopy(values, from, into, 0, n);
        Arrays.fill(into, n, Lanes.roundUp(n, GROUP), 0.0);
    }

    private static void add(int rank, double[] sum, DenseMatrix into, int j) {
        double[] data = into.data();
        for (int c = 0, at = into.offset() + j; c < rank; c++, at += into.stride()) {
            data[at] += sum[c];
        }
    }
}
