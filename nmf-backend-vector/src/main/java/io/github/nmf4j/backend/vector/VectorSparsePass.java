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

    /** Numbers from one fixed vector to the next are a multiple of it, half a cache line: no gaps, or whole lines, gained nothing. */
    private static final int ALIGNMENT = 4;

    /** 24 KB: the vectors that a span touches stay in the L1 cache. */
    private static final int SPAN_NUMBERS = 3072;

    private static final int LONGEST_SPAN = 512;

    private VectorSparsePass() {}

    /**
     * Vector i at i · stride, then zeros up to the stride. Kernels read whole registers: beyond the stride the beginning of the next
     * vector, which must be finite, for 0 · ∞ would not vanish; behind the last vector lies a register of zeros.
     */
    private record ByVector(double[] values, int rank, int stride, SparseKernel kernel) implements Pass.Packed {}

    /** Buffers of one thread. */
    static final class Buffers implements Pass.Workspace {
        private final double[] moving;
        private final double[] negative;
        private final double[] positive;
        private final int span;
        private final double[] x;
        private final double[] y;
        private final double[] negativeParts;
        private final double[] positiveParts;
        private final double[] lanes = new double[Lanes.WIDTH];
        private double logarithms;

        /** The sum of what was read ahead: a use that nobody needs, so that the compiler keeps the reads. */
        private double ahead;

        /** @param rank components */
        Buffers(int rank) {
            int length = Lanes.roundUp(rank, Lanes.WIDTH);
            moving = new double[length];
            negative = new double[length];
            positive = new double[length];
            span = Math.min(LONGEST_SPAN, Lanes.roundUp(Math.max(GROUP, SPAN_NUMBERS / length), GROUP));
            x = new double[span];
            y = new double[span + Lanes.WIDTH]; // written by whole registers
            negativeParts = new double[span];
            positiveParts = new double[span];
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
            for (int from = start[vector], n; from < end; from += n) {
                n = Math.min(buffers.span, end - from);
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
        int[] index = x.index();
        double[] fixed = f.values;
        SparseKernel kernel = f.kernel;
        switch (step.kind()) {
            case DATA -> kernel.combine(n, index, from, x.values(), from, fixed, f.stride, b.negative);
            case RATIO ->
                b.ahead += kernel.ratios(n, index, from, x.values(), fixed, f.stride, b.moving, b.y, b.negative);
            case RATIO_AND_LOG -> {
                b.ahead += kernel.model(n, index, from, fixed, f.stride, b.moving, b.y);
                b.logarithms += LogRatio.of(n, x.values(), from, b.y, b.negativeParts, b.lanes);
                kernel.combine(n, index, from, b.negativeParts, 0, fixed, f.stride, b.negative);
            }
            case NEGATIVE, BOTH -> {
                b.ahead += kernel.model(n, index, from, fixed, f.stride, b.moving, b.y);
                System.arraycopy(x.values(), from, b.x, 0, n);
                step.sparse(vector, index, from, n, b.x, b.y, b.negativeParts, b.positiveParts);
                kernel.combine(n, index, from, b.negativeParts, 0, fixed, f.stride, b.negative);
                if (step.kind() == SpanStep.Kind.BOTH) {
                    kernel.combine(n, index, from, b.positiveParts, 0, fixed, f.stride, b.positive);
                }
            }
        }
    }

    private static void add(int rank, double[] sum, DenseMatrix into, int j) {
        double[] data = into.data();
        for (int c = 0, at = into.offset() + j; c < rank; c++, at += into.stride()) {
            data[at] += sum[c];
        }
    }
}
