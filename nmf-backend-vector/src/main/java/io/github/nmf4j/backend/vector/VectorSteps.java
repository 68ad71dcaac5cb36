package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.CoordinateSteps;
import io.github.nmf4j.api.DenseMatrix;
import java.util.Arrays;

/**
 * Coordinate steps of as many vectors at once as registers hold.
 *
 * <p>The kernels want whole blocks of vectors; what is left over at the end of a sweep is copied to a block of its own, and
 * filled up with vectors that are at their minimizer, to rounding.
 */
final class VectorSteps implements CoordinateSteps {
    private final int rank;
    private final StepKernel kernel;

    VectorSteps(int rank) {
        this.rank = rank;
        kernel = rank <= StepsOfFew.MOST ? new StepsOfFew() : new StepsOfMany();
        kernel.compile();
    }

    private final class Buffers implements Workspace {
        final StepKernel.Packed packed = kernel.packed(rank);
        final double[] products = new double[rank * StepKernel.COLUMNS];
        final double[] values = new double[rank * StepKernel.COLUMNS];
    }

    @Override
    public Workspace workspace() {
        return new Buffers();
    }

    @Override
    public double sweep(
            DenseMatrix gram,
            double[] inverse,
            DenseMatrix products,
            DenseMatrix values,
            int first,
            int count,
            double floor,
            Workspace workspace) {
        Buffers b = (Buffers) workspace;
        kernel.pack(gram, inverse, rank, b.packed);
        int whole = count / StepKernel.COLUMNS * StepKernel.COLUMNS;
        int from = products.offset() + first;
        int at = values.offset() + first;
        double moved = kernel.sweep(
                b.packed,
                products.data(),
                from,
                products.stride(),
                values.data(),
                at,
                values.stride(),
                whole,
                rank,
                floor);
        if (whole < count) {
            int left = count - whole;
            gather(products, first + whole, left, b.products);
            gather(values, first + whole, left, b.values);
            fill(gram, floor, left, b);
            int width = StepKernel.COLUMNS;
            moved += kernel.sweep(b.packed, b.products, 0, width, b.values, 0, width, width, rank, floor);
            for (int c = 0; c < rank; c++) {
                int to = at + c * values.stride() + whole;
                System.arraycopy(b.values, c * width, values.data(), to, left);
            }
        }
        return moved;
    }

    private void gather(DenseMatrix from, int first, int count, double[] into) {
        for (int c = 0; c < rank; c++) {
            int at = from.offset() + c * from.stride() + first;
            System.arraycopy(from.data(), at, into, c * StepKernel.COLUMNS, count);
        }
    }

    /** With vectors of the floor alone, and products for which that is where the slope vanishes. */
    private void fill(DenseMatrix gram, double floor, int from, Buffers b) {
        for (int c = 0; c < rank; c++) {
            double product = 0;
            for (int d = 0; d < rank; d++) {
                product += gram.get(c, d) * floor;
            }
            int end = (c + 1) * StepKernel.COLUMNS;
            Arrays.fill(b.products, c * StepKernel.COLUMNS + from, end, product);
            Arrays.fill(b.values, c * StepKernel.COLUMNS + from, end, floor);
        }
    }
}
