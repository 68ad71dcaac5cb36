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
 * blocks. Only EJML's single-threaded classes are used, by their own names, so that none of its factories can decide
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

    /** Has no parameters. */
    public EjmlBackend() {}

    @Override
    public String name() {
        return "ejml";
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
        boolean wraps =
                EjmlMatrices.startsTheArray(a) && EjmlMatrices.startsTheArray(b) && EjmlMatrices.startsTheArray(into);
        int inner = what == Product.ATB ? a.rows() : a.columns();
        int rows = wraps ? Math.max(1, into.rows()) : ROWS;
        int columns = wraps ? Math.max(1, into.columns()) : COLUMNS;
        Blocks blocks = new Blocks(what, a, b, keep, wraps ? inner : INNER);
        for (int i = 0; i < into.rows(); i += rows) {
            for (int j = 0; j < into.columns(); j += columns) {
                int height = Math.min(rows, into.rows() - i);
                int width = Math.min(columns, into.columns() - j);
                blocks.multiply(i, j, inner, into.slice(i, j, height, width));
            }
        }
    }

    /** One product, a block of its result at a time, and the room to copy blocks into. */
    private static final class Blocks {
        private final Product what;
        private final DenseMatrix a;
        private final DenseMatrix b;
        private final double keep;
        private final int step;
        private final DMatrixRMaj left = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj right = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj result = new DMatrixRMaj(0, 0);

        Blocks(Product what, DenseMatrix a, DenseMatrix b, double keep, int step) {
            this.what = what;
            this.a = a;
            this.b = b;
            this.keep = keep;
            this.step = step;
        }

        /** into ← the block of the product that starts at row i and column j + keep · into. */
        void multiply(int i, int j, int inner, DenseMatrix into) {
            DMatrixRMaj c = EjmlMatrices.startsTheArray(into) ? EjmlMatrices.wrap(into) : result;
            c.reshape(into.rows(), into.columns());
            if (keep == 0) {
                CommonOps_DDRM.fill(c, 0); // multiplying a NaN by keep would keep it
            } else {
                if (c == result) {
                    into.read(0, 0, into.rows(), into.columns(), c.data, 0, into.columns());
                }
                if (keep != 1) {
                    CommonOps_DDRM.scale(keep, c);
                }
            }
            for (int from = 0; from < inner; from += step) {
                int count = Math.min(step, inner - from);
                switch (what) {
                    case AB ->
                        CommonOps_DDRM.multAdd(
                                part(a, i, from, into.rows(), count, left),
                                part(b, from, j, count, into.columns(), right),
                                c);
                    case ATB ->
                        CommonOps_DDRM.multAddTransA(
                                part(a, from, i, count, into.rows(), left),
                                part(b, from, j, count, into.columns(), right),
                                c);
                    case ABT ->
                        CommonOps_DDRM.multAddTransB(
                                part(a, i, from, into.rows(), count, left),
                                part(b, j, from, into.columns(), count, right),
                                c);
                }
            }
            if (c == result) {
                into.set(EjmlMatrices.fromEjml(c));
            }
        }

        private static DMatrixRMaj part(DenseMatrix of, int row, int column, int rows, int columns, DMatrixRMaj room) {
            DenseMatrix part = of.slice(row, column, rows, columns);
            if (EjmlMatrices.startsTheArray(part)) {
                return EjmlMatrices.wrap(part);
            }
            room.reshape(rows, columns);
            part.read(0, 0, rows, columns, room.data, 0, columns);
            return room;
        }
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
            throw new ArithmeticException("the QR algorithm did not converge for a matrix of " + n + " x " + n);
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
