package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.api.Tile;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The pass over the stored entries of a sparse matrix: O(stored · rank), each entry touching two contiguous vectors of rank
 * numbers.
 *
 * <p>Four entries at a time: their vectors come from memory for the dot products and are in the L1 cache when they are added.
 * Where the step wants to see the entries in between, spans of them are so short that their vectors stay there too.
 *
 * <p>Where vectors are short, a core does not see far enough ahead to ask for the next ones in time: it holds two or three
 * groups, and a vector of a factor of some megabytes is 50 cycles or more away. So a number of each is read beforehand.
 */
final class VectorSparsePass {
    /**
     * Not as wide as the machine has them: the vectors are as short as the rank, and sums over four lanes cost less than half
     * of sums over eight. At rank 50 512 bits gained a twentieth.
     */
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_256;

    private static final int WIDTH = SPECIES.length();

    /** Entries whose dot products are computed together. */
    private static final int GROUP = 4;

    /** Entries from a group to the one whose vectors are read ahead; 8 gained as much, 32 nothing at rank 10. */
    private static final int AHEAD = 16;

    /** Vectors of so many numbers keep a core busy until the next ones are there; reading ahead costs more than it brings. */
    private static final int LONG_VECTOR = 40;

    /** 24 KB: the vectors that a span touches stay in the L1 cache. */
    private static final int SPAN_NUMBERS = 3072;

    private static final int LONGEST_SPAN = 512;

    private static final VectorShuffle<Double> NEIGHBOURS = VectorShuffle.fromValues(SPECIES, 1, 0, 3, 2);
    private static final VectorShuffle<Double> HALVES = VectorShuffle.fromValues(SPECIES, 2, 3, 0, 1);
    private static final VectorMask<Double> ODD = VectorMask.fromValues(SPECIES, false, true, false, true);
    private static final VectorMask<Double> UPPER = VectorMask.fromValues(SPECIES, false, false, true, true);

    private VectorSparsePass() {}

    /** Vector i at i · stride, zeros behind its rank numbers up to the stride. */
    private record ByVector(double[] values, int rank, int stride) implements Pass.Packed {}

    /** Buffers of one thread. */
    static final class Buffers implements Pass.Workspace {
        private final double[] moving;
        private final double[] negative;
        private final double[] positive;
        private final double[] ratio = new double[GROUP];

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
            int stride = Lanes.roundUp(rank, WIDTH);
            moving = new double[stride];
            negative = new double[stride];
            positive = new double[stride];
            span = Math.min(LONGEST_SPAN, Lanes.roundUp(Math.max(GROUP, SPAN_NUMBERS / stride), GROUP));
            x = new double[span];
            y = new double[span];
            n = new double[span];
            p = new double[span];
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
        int stride = Lanes.roundUp(rank, WIDTH);
        int length = Math.multiplyExact(stride, vectors);
        ByVector packed = reuse instanceof ByVector old && old.rank == rank && old.values.length == length
                ? old
                : new ByVector(new double[length], rank, stride);
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

    private static void span(int vector, SparseMatrix x, int from, int n, ByVector f, SpanStep step, Buffers buffers) {
        int[] index = x.index();
        if (step.kind() == SpanStep.Kind.DATA) {
            combine(n, index, from, x.values(), from, f.values, f.stride, buffers.negative);
            return;
        }
        if (step.kind() == SpanStep.Kind.RATIO) {
            buffers.prefetched += ratios(
                    n,
                    index,
                    from,
                    x.values(),
                    f.values,
                    f.stride,
                    buffers.moving,
                    buffers.y,
                    buffers.ratio,
                    buffers.negative);
            return;
        }
        buffers.prefetched += model(n, index, from, f.values, f.stride, buffers.moving, buffers.y);
        if (step.kind() == SpanStep.Kind.RATIO_AND_LOG) {
            buffers.logarithms += LogRatio.of(n, x.values(), from, buffers.y, buffers.n, buffers.vector);
            combine(n, index, from, buffers.n, 0, f.values, f.stride, buffers.negative);
            return;
        }
        System.arraycopy(x.values(), from, buffers.x, 0, n);
        step.sparse(vector, index, from, n, buffers.x, buffers.y, buffers.n, buffers.p);
        combine(n, index, from, buffers.n, 0, f.values, f.stride, buffers.negative);
        if (step.kind() == SpanStep.Kind.BOTH) {
            combine(n, index, from, buffers.p, 0, f.values, f.stride, buffers.positive);
        }
    }

    /** sum ← sum + F·(x/y); four entries at a time, whose vectors are still in the L1 cache when they are added. */
    private static double ratios(
            int n,
            int[] index,
            int from,
            double[] x,
            double[] f,
            int stride,
            double[] m,
            double[] y,
            double[] ratio,
            double[] sum) {
        double prefetched = 0;
        int e = from;
        int end = from + n;
        for (; e + GROUP <= end; e += GROUP) {
            prefetched += prefetch(index, e + AHEAD, end, f, stride);
            int at0 = index[e] * stride;
            int at1 = index[e + 1] * stride;
            int at2 = index[e + 2] * stride;
            int at3 = index[e + 3] * stride;
            dots(at0, at1, at2, at3, f, stride, m, y, 0);
            DoubleVector.fromArray(SPECIES, x, e)
                    .div(DoubleVector.fromArray(SPECIES, y, 0))
                    .intoArray(ratio, 0);
            add(at0, at1, at2, at3, ratio[0], ratio[1], ratio[2], ratio[3], f, stride, sum);
        }
        if (e < end) {
            lastDots(index, e, end - 1, f, stride, m, y, 0);
            for (int i = 0; e < end; e++, i++) {
                add(index[e] * stride, x[e] / y[i], f, stride, sum);
            }
        }
        return prefetched;
    }

    /** Reads the first number of each vector of a later group, so that its first cache line is on its way. {@return their sum} */
    private static double prefetch(int[] index, int at, int end, double[] f, int stride) {
        if (stride >= LONG_VECTOR || at + GROUP > end) {
            return 0;
        }
        return f[index[at] * stride]
                + f[index[at + 1] * stride]
                + f[index[at + 2] * stride]
                + f[index[at + 3] * stride];
    }

    /** y ← Fᵀm at the stored entries; y is as long as whole groups. */
    private static double model(int n, int[] index, int from, double[] f, int stride, double[] m, double[] y) {
        double prefetched = 0;
        int e = 0;
        for (; e + GROUP <= n; e += GROUP) {
            int at = from + e;
            prefetched += prefetch(index, at + AHEAD, from + n, f, stride);
            dots(
                    index[at] * stride,
                    index[at + 1] * stride,
                    index[at + 2] * stride,
                    index[at + 3] * stride,
                    f,
                    stride,
                    m,
                    y,
                    e);
        }
        if (e < n) {
            lastDots(index, from + e, from + n - 1, f, stride, m, y, e);
        }
        return prefetched;
    }

    /** A group that ends early repeats its last entry. */
    private static void lastDots(
            int[] index, int at, int last, double[] f, int stride, double[] m, double[] y, int to) {
        dots(
                index[at] * stride,
                index[Math.min(at + 1, last)] * stride,
                index[Math.min(at + 2, last)] * stride,
                index[last] * stride,
                f,
                stride,
                m,
                y,
                to);
    }

    /**
     * Four dot products, y[i] = (s₀ + s₁) + (s₂ + s₃) over the lanes of sum i, the four transposed by shuffles while they are
     * added: one order whether compiled or not.
     */
    private static void dots(
            int at0, int at1, int at2, int at3, double[] f, int stride, double[] m, double[] y, int to) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int c = 0; c < stride; c += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, m, c);
            s0 = v.fma(DoubleVector.fromArray(SPECIES, f, at0 + c), s0);
            s1 = v.fma(DoubleVector.fromArray(SPECIES, f, at1 + c), s1);
            s2 = v.fma(DoubleVector.fromArray(SPECIES, f, at2 + c), s2);
            s3 = v.fma(DoubleVector.fromArray(SPECIES, f, at3 + c), s3);
        }
        DoubleVector s01 = s0.blend(s1.rearrange(NEIGHBOURS), ODD)
                .add(s0.rearrange(NEIGHBOURS).blend(s1, ODD));
        DoubleVector s23 = s2.blend(s3.rearrange(NEIGHBOURS), ODD)
                .add(s2.rearrange(NEIGHBOURS).blend(s3, ODD));
        s01.blend(s23.rearrange(HALVES), UPPER)
                .add(s01.rearrange(HALVES).blend(s23, UPPER))
                .intoArray(y, to);
    }

    /** sum ← sum + F·part. */
    private static void combine(
            int n, int[] index, int from, double[] part, int partFrom, double[] f, int stride, double[] sum) {
        int e = 0;
        for (; e + GROUP <= n; e += GROUP) {
            int at = from + e;
            int p = partFrom + e;
            add(
                    index[at] * stride,
                    index[at + 1] * stride,
                    index[at + 2] * stride,
                    index[at + 3] * stride,
                    part[p],
                    part[p + 1],
                    part[p + 2],
                    part[p + 3],
                    f,
                    stride,
                    sum);
        }
        for (; e < n; e++) {
            add(index[from + e] * stride, part[partFrom + e], f, stride, sum);
        }
    }

    private static void add(
            int at0,
            int at1,
            int at2,
            int at3,
            double part0,
            double part1,
            double part2,
            double part3,
            double[] f,
            int stride,
            double[] sum) {
        DoubleVector p0 = DoubleVector.broadcast(SPECIES, part0);
        DoubleVector p1 = DoubleVector.broadcast(SPECIES, part1);
        DoubleVector p2 = DoubleVector.broadcast(SPECIES, part2);
        DoubleVector p3 = DoubleVector.broadcast(SPECIES, part3);
        for (int c = 0; c < stride; c += WIDTH) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, sum, c);
            s = p0.fma(DoubleVector.fromArray(SPECIES, f, at0 + c), s);
            s = p1.fma(DoubleVector.fromArray(SPECIES, f, at1 + c), s);
            s = p2.fma(DoubleVector.fromArray(SPECIES, f, at2 + c), s);
            s = p3.fma(DoubleVector.fromArray(SPECIES, f, at3 + c), s);
            s.intoArray(sum, c);
        }
    }

    private static void add(int at, double part, double[] f, int stride, double[] sum) {
        DoubleVector p = DoubleVector.broadcast(SPECIES, part);
        for (int c = 0; c < stride; c += WIDTH) {
            p.fma(DoubleVector.fromArray(SPECIES, f, at + c), DoubleVector.fromArray(SPECIES, sum, c))
                    .intoArray(sum, c);
        }
    }

    private static void add(int rank, double[] sum, DenseMatrix into, int j) {
        double[] data = into.data();
        for (int c = 0, at = into.offset() + j; c < rank; c++, at += into.stride()) {
            data[at] += sum[c];
        }
    }
}
