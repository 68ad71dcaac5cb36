package io.github.nmf4j.api;

import io.github.nmf4j.api.LinearAlgebraBackend.Product;

/** The pass in terms of a backend's products: what a backend has without writing a kernel. */
final class PassOfProducts implements Pass {
    private static final int PANEL = 256;
    private static final int BLOCK = 64;

    private final LinearAlgebraBackend backend;
    private final int rank;

    PassOfProducts(LinearAlgebraBackend backend, int rank) {
        this.backend = backend;
        this.rank = rank;
    }

    /** Blocks of the fixed factor, each contiguous so that any library can wrap it. */
    private record Blocks(DenseMatrix[] of) implements Packed {}

    /**
     * A tile of x, of y, of N and of P; rows that start at index 0; and the moving vectors and statistics of a tile without
     * gaps, so that any library can wrap them too.
     */
    private static final class Buffers implements Workspace {
        final double[] x = new double[BLOCK * PANEL];
        final double[] y = new double[BLOCK * PANEL];
        final double[] negative = new double[BLOCK * PANEL];
        final double[] positive = new double[BLOCK * PANEL];
        final double[][] row = new double[4][PANEL];
        final double[] moving;
        final double[] negativeSums;
        final double[] positiveSums;
        final SparsePass.Buffers sparse;

        Buffers(int rank) {
            moving = new double[rank * PANEL];
            negativeSums = new double[rank * PANEL];
            positiveSums = new double[rank * PANEL];
            sparse = new SparsePass.Buffers(rank);
        }
    }

    @Override
    public int panel() {
        return PANEL;
    }

    @Override
    public Packed pack(DenseMatrix fixed, boolean sparse, Packed reuse) {
        if (sparse) {
            return SparsePass.pack(fixed, reuse);
        }
        int vectors = fixed.columns();
        DenseMatrix[] blocks = reuse instanceof Blocks old ? old.of : new DenseMatrix[(vectors + BLOCK - 1) / BLOCK];
        for (int b = 0; b < blocks.length; b++) {
            int count = Math.min(BLOCK, vectors - b * BLOCK);
            if (blocks[b] == null) {
                blocks[b] = DenseMatrix.zeros(rank, count);
            }
            blocks[b].set(fixed.slice(0, b * BLOCK, rank, count));
        }
        return new Blocks(blocks);
    }

    @Override
    public Workspace workspace() {
        return new Buffers(rank);
    }

    @Override
    public void tile(
            Tile tile,
            Packed fixed,
            DenseMatrix moving,
            SpanStep step,
            DenseMatrix negative,
            DenseMatrix positive,
            Workspace workspace) {
        Buffers buffers = (Buffers) workspace;
        if (tile instanceof Tile.Sparse sparse) {
            SparsePass.tile(sparse, fixed, moving, step, negative, positive, buffers.sparse);
        } else {
            dense((Tile.Dense) tile, (Blocks) fixed, moving, step, negative, positive, buffers);
        }
    }

    private void dense(
            Tile.Dense tile,
            Blocks fixed,
            DenseMatrix moving,
            SpanStep step,
            DenseMatrix negative,
            DenseMatrix positive,
            Buffers buffers) {
        int width = tile.movingCount();
        DenseMatrix m = DenseMatrix.wrap(rank, width, buffers.moving, 0, width);
        DenseMatrix negativeSums = DenseMatrix.wrap(rank, width, buffers.negativeSums, 0, width);
        DenseMatrix positiveSums = DenseMatrix.wrap(rank, width, buffers.positiveSums, 0, width);
        boolean both = step.kind() == SpanStep.Kind.BOTH;
        m.set(moving);
        negativeSums.set(negative);
        if (both) {
            positiveSums.set(positive);
        }
        int end = tile.fixed() + tile.fixedCount();
        for (int first = tile.fixed(); first < end; ) {
            int block = first / BLOCK;
            int inBlock = first - block * BLOCK;
            int count = Math.min(end - first, fixed.of[block].columns() - inBlock);
            DenseMatrix f = fixed.of[block].slice(0, inBlock, rank, count);
            tile.read(first, count, buffers.x, width);
            DenseMatrix n;
            if (step.kind() == SpanStep.Kind.DATA) {
                n = DenseMatrix.wrap(count, width, buffers.x, 0, width);
            } else {
                n = DenseMatrix.wrap(count, width, buffers.negative, 0, width);
                backend.multiply(Product.ATB, f, m, 0, DenseMatrix.wrap(count, width, buffers.y, 0, width));
                rows(tile, first, count, step, buffers);
            }
            backend.multiply(Product.AB, f, n, 1, negativeSums);
            if (both) {
                backend.multiply(
                        Product.AB, f, DenseMatrix.wrap(count, width, buffers.positive, 0, width), 1, positiveSums);
            }
            first += count;
        }
        negative.set(negativeSums);
        if (both) {
            positive.set(positiveSums);
        }
    }

    private static void rows(Tile.Dense tile, int first, int count, SpanStep step, Buffers buffers) {
        int width = tile.movingCount();
        double[][] row = buffers.row;
        for (int i = 0; i < count; i++) {
            System.arraycopy(buffers.x, i * width, row[0], 0, width);
            System.arraycopy(buffers.y, i * width, row[1], 0, width);
            step.dense(first + i, tile.moving(), width, row[0], row[1], row[2], row[3]);
            System.arraycopy(row[2], 0, buffers.negative, i * width, width);
            if (step.kind() == SpanStep.Kind.BOTH) {
                System.arraycopy(row[3], 0, buffers.positive, i * width, width);
            }
        }
    }
}
