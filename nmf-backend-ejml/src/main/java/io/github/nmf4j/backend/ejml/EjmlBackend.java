package io.github.nmf4j.backend.ejml;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.SymmetricEigen;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;
import org.ejml.dense.row.linsol.qr.LinearSolverQrHouseCol_DDRM;

/**
 * Linear algebra by EJML, which is plain Java as well.
 *
 * <p>EJML knows no sub-views: what starts at index 0 of its array and has no gaps is wrapped, anything else is copied in
 * blocks. Wrappers and blocks are kept by thread, at most 448 KB each, so that a product allocates nothing; no operand is held
 * after a call. Only EJML's single-threaded classes are used, by their own names, so that none of its factories can decide
 * otherwise.
 */
@AutoService(LinearAlgebraBackend.class)
public final class EjmlBackend implements LinearAlgebraBackend {
    /** Rows, columns and inner length of the blocks in which views are copied: at most 256 KB each, three at a time. */
    private static final int ROWS = 64;

    private static final int COLUMNS = 256;
    private static final int INNER = 128;

    /** Right-hand sides solved for at once, so that those of a matrix like X are never copied as a whole. */
    private static final int RIGHT_HAND_SIDES = 64;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** Has no parameters. */
    public EjmlBackend() {}

    @Override
    public String name() {
        return "ejml";
    }

    @Override
    public String summary() {
        return "EJML";
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public int priority() {
        return 20;
    }

    @Override
    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
        LinearAlgebraBackend.requireShapes(what, a, b, into);
        int inner = what == Product.ATB ? a.rows() : a.columns();
        Scratch scratch = SCRATCH.get();
        try {
            if (EjmlMatrices.startsTheArray(a) && EjmlMatrices.startsTheArray(b) && EjmlMatrices.startsTheArray(into)) {
                view(scratch.c, into.data(), into.rows(), into.columns());
                keep(keep, scratch.c);
                if (inner > 0) {
                    view(scratch.a, a.data(), a.rows(), a.columns());
                    view(scratch.b, b.data(), b.rows(), b.columns());
                    addProduct(what, scratch);
                }
            } else {
                scratch.makeRoom();
                for (int i = 0; i < into.rows(); i += ROWS) {
                    for (int j = 0; j < into.columns(); j += COLUMNS) {
                        block(what, a, b, keep, into, i, j, scratch);
                    }
                }
            }
        } finally {
            scratch.release();
        }
    }

    /** What a thread multiplies with: three wrappers, whose arrays are exchanged, and room to copy a block of each operand. */
    private static final class Scratch {
        private static final double[] NOTHING = {};

        final DMatrixRMaj a = new DMatrixRMaj(0, 0);
        final DMatrixRMaj b = new DMatrixRMaj(0, 0);
        final DMatrixRMaj c = new DMatrixRMaj(0, 0);
        double[] left;
        double[] right;
        double[] result;

        /** Room is made when first needed: most products wrap. */
        void makeRoom() {
            if (left == null) {
                left = new double[ROWS * INNER];
                right = new double[INNER * COLUMNS];
                result = new double[ROWS * COLUMNS];
            }
        }

        /** Lets go of the operands. */
        void release() {
            view(a, NOTHING, 0, 0);
            view(b, NOTHING, 0, 0);
            view(c, NOTHING, 0, 0);
        }
    }

    private static void view(DMatrixRMaj wrapper, double[] data, int rows, int columns) {
        wrapper.data = data;
        wrapper.numRows = rows;
        wrapper.numCols = columns;
    }

    /** c ← keep · c, where multiplying a NaN by 0 would keep it. */
    private static void keep(double keep, DMatrixRMaj c) {
        if (keep == 0) {
            CommonOps_DDRM.fill(c, 0);
        } else if (keep != 1) {
            CommonOps_DDRM.scale(keep, c);
        }
    }

    private static void addProduct(Product what, Scratch scratch) {
        switch (what) {
            case AB -> CommonOps_DDRM.multAdd(scratch.a, scratch.b, scratch.c);
            case ATB -> CommonOps_DDRM.multAddTransA(scratch.a, scratch.b, scratch.c);
            case ABT -> CommonOps_DDRM.multAddTransB(scratch.a, scratch.b, scratch.c);
        }
    }

    /** The block of the result at row i and column j, by copies. */
    private static void block(
            Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into, int i, int j, Scratch scratch) {
        int inner = what == Product.ATB ? a.rows() : a.columns();
        int height = Math.min(ROWS, into.rows() - i);
        int width = Math.min(COLUMNS, into.columns() - j);
        copy(into, i, j, height, width, scratch.result, scratch.c);
        keep(keep, scratch.c);
        for (int from = 0; from < inner; from += INNER) {
            int count = Math.min(INNER, inner - from);
            if (what == Product.ATB) {
                copy(a, from, i, count, height, scratch.left, scratch.a);
            } else {
                copy(a, i, from, height, count, scratch.left, scratch.a);
            }
            if (what == Product.ABT) {
                copy(b, j, from, width, count, scratch.right, scratch.b);
            } else {
                copy(b, from, j, count, width, scratch.right, scratch.b);
            }
            addProduct(what, scratch);
        }
        for (int row = 0; row < height; row++) {
            int at = into.offset() + (i + row) * into.stride() + j;
            System.arraycopy(scratch.result, row * width, into.data(), at, width);
        }
    }

    private static void copy(
            DenseMatrix of, int row, int column, int rows, int columns, double[] room, DMatrixRMaj wrapper) {
        of.read(row, column, rows, columns, room, 0, columns);
        view(wrapper, room, rows, columns);
    }

    @Override
    public SymmetricEigen eigen(DenseMatrix a) {
        int n = a.rows();
        if (a.columns() != n) {
            throw new InvalidInputException("eigenvalues need a square matrix: " + n + " x " + a.columns());
        }
        DMatrixRMaj symmetric = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double entry = a.get(i, j);
                if (!Double.isFinite(entry)) {
                    throw new InvalidInputException(
                            "eigenvalues need finite entries: a[" + i + ", " + j + "] = " + entry);
                }
                symmetric.set(i, j, entry);
                symmetric.set(j, i, entry);
            }
        }
        DenseMatrix vectors = DenseMatrix.zeros(n, n);
        double[] values = new double[n];
        if (n == 0) {
            return new SymmetricEigen(values, vectors);
        }
        var decomposition =
                new SymmetricQRAlgorithmDecomposition_DDRM(new TridiagonalDecompositionHouseholder_DDRM(), true);
        if (!decomposition.decompose(symmetric)) {
            return LinearAlgebraBackend.super.eigen(a); // seen where entries span more than a double's range squared
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> -decomposition.getEigenvalue(i).getReal()))
                .mapToInt(i -> i)
                .toArray();
        for (int to = 0; to < n; to++) {
            values[to] = decomposition.getEigenvalue(order[to]).getReal();
            DMatrixRMaj vector = decomposition.getEigenVector(order[to]);
            for (int i = 0; i < n; i++) {
                vectors.set(i, to, vector.data[i]);
            }
        }
        return new SymmetricEigen(values, vectors);
    }

    @Override
    public void leastSquares(DenseMatrix a, DenseMatrix b, DenseMatrix into) {
        int m = a.rows();
        int n = a.columns();
        int sides = b.columns();
        if (m < n || b.rows() != m || into.rows() != n || into.columns() != sides) {
            throw new InvalidInputException("least squares needs m x n, m x r and n x r with m at least n: " + m + " x "
                    + n + ", " + b.rows() + " x " + sides + ", " + into.rows() + " x " + into.columns());
        }
        if (n == 0 || sides == 0) {
            return;
        }
        var solver = new LinearSolverQrHouseCol_DDRM();
        DMatrixRMaj body = EjmlMatrices.startsTheArray(a) ? EjmlMatrices.wrap(a) : EjmlMatrices.copyToEjml(a);
        if (!solver.setA(body) || !hasFullRank(solver.getDecomposition().getR(null, true), m)) {
            throw new InvalidInputException(
                    "least squares needs linearly independent columns: those of this " + m + " x " + n + " are not");
        }
        for (int from = 0; from < sides; from += RIGHT_HAND_SIDES) {
            int count = Math.min(RIGHT_HAND_SIDES, sides - from);
            DMatrixRMaj solution = new DMatrixRMaj(n, count);
            solver.solve(EjmlMatrices.copyToEjml(b.slice(0, from, m, count)), solution);
            into.slice(0, from, n, count).set(EjmlMatrices.fromEjml(solution));
        }
    }

    /** The diagonal of R falls below rounding where a column is a combination of those before it. */
    private static boolean hasFullRank(DMatrixRMaj r, int rows) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < r.numCols; i++) {
            double pivot = Math.abs(r.get(i, i));
            least = Math.min(least, pivot);
            most = Math.max(most, pivot);
        }
        return least > most * rows * Math.ulp(1.0);
    }
}
