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
        final int rank;
        final double[] x = new double[BLOCK * PANEL];
        final double[] y = new double[BLOCK * PANEL];
        final double[] negative = new double[BLOCK * PANEL];
        final double[] positive = new double[BLOCK * PANEL];
        final double[][] row = new double[4][PANEL];
        final double[] moving;
        final double[] negativeSums;
        final double[] positiveSums;
        final SparsePass.Buffers sparse;
        private Views full;
        private Views narrow;

        Buffers(int rank) {
            this.rank = rank;
            moving = new double[rank * PANEL];
            negativeSums = new double[rank * PANEL];
            positiveSums = new double[rank * PANEL];
            sparse = new SparsePass.Buffers(rank);
        }

        /** Views for full panels and for the last width that was not: made anew for every block they would grow with X. */
        Views views(int width) {
            if (width == PANEL) {
                full = full == null ? new Views(this, width) : full;
                return full;
            }
            narrow = narrow == null || narrow.width != width ? new Views(this, width) : narrow;
            return narrow;
        }
    }

    /** The buffers as matrices of a width, those of tiles by their height. */
    private static final class Views {
        final int width;
        final DenseMatrix moving;
        final DenseMatrix negativeSums;
        final DenseMatrix positiveSums;
        private final Buffers of;
        private final Parts[] parts = new Parts[BLOCK + 1];

        Views(Buffers of, int width) {
            this.of = of;
            this.width = width;
            moving = DenseMatrix.wrap(of.rank, width, of.moving, 0, width);
            negativeSums = DenseMatrix.wrap(of.rank, width, of.negativeSums, 0, width);
            positiveSums = DenseMatrix.wrap(of.rank, width, of.positiveSums, 0, width);
        }

        Parts parts(int height) {
            if (parts[height] == null) {
                parts[height] = new Parts(
                        DenseMatrix.wrap(height, width, of.x, 0, width),
                        DenseMatrix.wrap(height, width, of.y, 0, width),
                        DenseMatrix.wrap(height, width, of.negative, 0, width),
                        DenseMatrix.wrap(height, width, of.positive, 0, width));
            }
            return parts[height];
        }
    }

    private record Parts(DenseMatrix x, DenseMatrix y, DenseMatrix negative, DenseMatrix positive) {}

    @Override
    public int panel(int moving, boolean transposed) {
        return PANEL;
    }

    @Override
    public Packed pack(DenseMatrix fixed, Tile like, Packed reuse) {
        if (like instanceof Tile.Sparse) {
            return SparsePass.pack(fixed, reuse);
        }
        int vectors = fixed.columns();
        Blocks packed = reuse instanceof Blocks old ? old : new Blocks(new DenseMatrix[(vectors + BLOCK - 1) / BLOCK]);
        for (int b = 0; b < packed.of.length; b++) {
            int count = Math.min(BLOCK, vectors - b * BLOCK);
            if (packed.of[b] == null) {
                packed.of[b] = DenseMatrix.zeros(rank, count);
            }
            fixed.read(0, b * BLOCK, rank, count, packed.of[b].data(), 0, count);
        }
        return packed;
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
        Views views = buffers.views(width);
        boolean both = step.kind() == SpanStep.Kind.BOTH;
        views.moving.set(moving);
        views.negativeSums.set(negative);
        if (both) {
            views.positiveSums.set(positive);
        }
        int end = tile.fixed() + tile.fixedCount();
        for (int first = tile.fixed(); first < end; ) {
            int block = first / BLOCK;
            int inBlock = first - block * BLOCK;
            int count = Math.min(end - first, fixed.of[block].columns() - inBlock);
            DenseMatrix f = count == fixed.of[block].columns()
                    ? fixed.of[block]
                    : fixed.of[block].slice(0, inBlock, rank, count);
            Parts parts = views.parts(count);
            tile.read(first, count, buffers.x, width);
            if (step.kind() == SpanStep.Kind.DATA) {
                backend.multiply(Product.AB, f, parts.x, 1, views.negativeSums);
            } else {
                backend.multiply(Product.ATB, f, views.moving, 0, parts.y);
                rows(tile, first, count, step, buffers);
                backend.multiply(Product.AB, f, parts.negative, 1, views.negativeSums);
            }
            if (both) {
                backend.multiply(Product.AB, f, parts.positive, 1, views.positiveSums);
            }
            first += count;
        }
        negative.set(views.negativeSums);
        if (both) {
            positive.set(views.positiveSums);
        }
    }

    private static void rows(Tile.Dense tile, int first, int count, SpanStep step, Buffers buffers) {
        int width = tile.movingCount();
        double[][] row = buffers.row;
        for (int i = 0; i < count; i++) {
            System.arraycopy(buffers.x, i * width, row[0], 0, width);
            System.arraycopy(buffers.y, i * width, row[1], 0, width);
            step.dense(first + i, tile.moving(), SpanStep.Along.MOVING, width, row[0], row[1], row[2], row[3]);
            System.arraycopy(row[2], 0, buffers.negative, i * width, width);
            if (step.kind() == SpanStep.Kind.BOTH) {
                System.arraycopy(row[3], 0, buffers.positive, i * width, width);
            }
        }
    }
}
