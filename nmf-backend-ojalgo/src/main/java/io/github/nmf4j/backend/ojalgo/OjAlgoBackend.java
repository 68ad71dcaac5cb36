package io.github.nmf4j.backend.ojalgo;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.SymmetricEigen;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ojalgo.array.Array1D;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.decomposition.QR;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.scalar.ComplexNumber;

/**
 * Linear algebra by ojAlgo.
 *
 * <p>Products are made of {@link R064Store#caxpy}, column += number · column, as are ojAlgo's own of any size: its
 * {@code fillByMultiplying} wants three stores of exactly the shapes multiplied, a new one for each view and each rest. Here
 * blocks of the right operand and of the result, rows turned to columns, are copied into one store of 256 KB that each thread
 * keeps. So a product allocates nothing, and no operand is held after a call.
 *
 * <p>ojAlgo spreads large operations over threads of its own, and its switch for that is global: to turn it would reach into
 * the rest of the program. What stays in the caller's thread is chosen instead: a column at a time always does, Householder
 * steps do up to 128 columns, substitution up to 64 right-hand sides; the symmetric eigenvalues up to order 8192 are
 * sequential.
 */
@AutoService(LinearAlgebraBackend.class)
public final class OjAlgoBackend implements LinearAlgebraBackend {
    /** Columns of the blocks that are copied. */
    private static final int COLUMNS = 256;

    /** Rows of the blocks that are copied, those of the right operand and as many of the result. */
    private static final int ROWS = 64;

    /** Row k of a block of the right operand is column k, row i of one of the result is column ROWS + i. */
    private static final ThreadLocal<R064Store> BLOCKS =
            ThreadLocal.withInitial(() -> R064Store.FACTORY.make(COLUMNS, 2 * ROWS));

    /** Columns and right-hand sides up to which a QR decomposition stays in the caller's thread. */
    private static final int UNKNOWNS = 128;

    private static final int RIGHT_HAND_SIDES = 64;

    /** Has no parameters. */
    public OjAlgoBackend() {}

    @Override
    public String name() {
        return "ojalgo";
    }

    @Override
    public String summary() {
        return "ojAlgo";
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
        LinearAlgebraBackend.requireShapes(what, a, b, into);
        R064Store blocks = BLOCKS.get();
        for (int j = 0; j < into.columns(); j += COLUMNS) {
            int width = Math.min(COLUMNS, into.columns() - j);
            for (int i = 0; i < into.rows(); i += ROWS) {
                block(what, a, b, keep, into, i, j, Math.min(ROWS, into.rows() - i), width, blocks);
            }
        }
    }

    /** One block of the result; columns narrower than the store end where it ends, as caxpy goes on to the end. */
    private static void block(
            Product what,
            DenseMatrix a,
            DenseMatrix b,
            double keep,
            DenseMatrix into,
            int i,
            int j,
            int height,
            int width,
            R064Store blocks) {
        int inner = what == Product.ATB ? a.rows() : a.columns();
        int first = COLUMNS - width;
        int result = ROWS * COLUMNS + first;
        into.read(i, j, height, width, blocks.data, result, COLUMNS);
        keep(keep, blocks.data, ROWS * COLUMNS, (ROWS + height) * COLUMNS);
        double[] left = a.data();
        int down = what == Product.ATB ? 1 : a.stride();
        int along = what == Product.ATB ? a.stride() : 1;
        for (int from = 0; from < inner; from += ROWS) {
            int count = Math.min(ROWS, inner - from);
            if (what == Product.ABT) {
                b.readTransposed(j, from, width, count, blocks.data, first, COLUMNS);
            } else {
                b.read(from, j, count, width, blocks.data, first, COLUMNS);
            }
            for (int row = 0; row < height; row++) {
                int at = a.offset() + (i + row) * down + from * along;
                for (int k = 0; k < count; k++, at += along) {
                    blocks.caxpy(left[at], k, ROWS + row, first);
                }
            }
        }
        for (int row = 0; row < height; row++) {
            int at = into.offset() + (i + row) * into.stride() + j;
            System.arraycopy(blocks.data, result + row * COLUMNS, into.data(), at, width);
        }
    }

    /** Multiplies by keep, where multiplying a NaN by 0 would keep it. */
    private static void keep(double keep, double[] data, int from, int to) {
        if (keep == 0) {
            Arrays.fill(data, from, to, 0.0);
        } else if (keep != 1) {
            for (int at = from; at < to; at++) {
                data[at] *= keep;
            }
        }
    }

    @Override
    public SymmetricEigen eigen(DenseMatrix a) {
        int n = a.rows();
        if (a.columns() != n) {
            throw new InvalidInputException("eigenvalues need a square matrix: " + n + " x " + a.columns());
        }
        R064Store symmetric = R064Store.FACTORY.make(n, n);
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
        Eigenvalue<Double> decomposition = Eigenvalue.R064.make(symmetric, true);
        if (!decomposition.decompose(symmetric)) {
            throw new ArithmeticException("ojAlgo found no eigenvalues of a matrix of " + n + " x " + n);
        }
        Array1D<ComplexNumber> found = decomposition.getEigenvalues();
        MatrixStore<Double> v = decomposition.getV();
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -found.get(i).getReal()))
                .mapToInt(i -> i)
                .toArray();
        for (int to = 0; to < n; to++) {
            values[to] = found.get(order[to]).getReal();
            for (int i = 0; i < n; i++) {
                vectors.set(i, to, v.doubleValue(i, order[to]));
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
        if (n <= UNKNOWNS) {
            solve(a, b, into);
        } else {
            solveInTwoParts(a, b, into);
        }
    }

    private static void solve(DenseMatrix a, DenseMatrix b, DenseMatrix into) {
        R064Store body = OjAlgoMatrices.copyToOjAlgo(a);
        QR<Double> qr = QR.R064.make(body, false);
        if (!qr.decompose(body) || !qr.isSolvable()) {
            throw new InvalidInputException("least squares needs linearly independent columns: those of this "
                    + a.rows() + " x " + a.columns() + " are not");
        }
        for (int from = 0; from < b.columns(); from += RIGHT_HAND_SIDES) {
            int count = Math.min(RIGHT_HAND_SIDES, b.columns() - from);
            R064Store sides = OjAlgoMatrices.copyToOjAlgo(b.slice(0, from, b.rows(), count));
            MatrixStore<Double> solution = qr.getSolution(sides, R064Store.FACTORY.make(b.rows(), count));
            into.slice(0, from, a.columns(), count).set(OjAlgoMatrices.copyFromOjAlgo(solution));
        }
    }

    /**
     * With A = (F L) and z = (f, l): L less its projection F·P on F gives l, and F⁺B − P·l gives f. So no decomposition has
     * more than {@link #UNKNOWNS} columns.
     */
    private void solveInTwoParts(DenseMatrix a, DenseMatrix b, DenseMatrix into) {
        int rest = a.columns() - UNKNOWNS;
        DenseMatrix first = a.slice(0, 0, a.rows(), UNKNOWNS);
        DenseMatrix last = a.slice(0, UNKNOWNS, a.rows(), rest).copy();
        DenseMatrix projection = DenseMatrix.zeros(UNKNOWNS, rest);
        leastSquares(first, last, projection);
        subtractProduct(first, projection, last);
        DenseMatrix f = into.slice(0, 0, UNKNOWNS, b.columns());
        DenseMatrix l = into.slice(UNKNOWNS, 0, rest, b.columns());
        leastSquares(last, b, l);
        leastSquares(first, b, f);
        subtractProduct(projection, l, f);
    }

    /** from ← from − a·b. */
    private void subtractProduct(DenseMatrix a, DenseMatrix b, DenseMatrix from) {
        DenseMatrix product = DenseMatrix.zeros(from.rows(), from.columns());
        multiply(Product.AB, a, b, 0, product);
        for (int i = 0; i < from.rows(); i++) {
            for (int j = 0; j < from.columns(); j++) {
                from.set(i, j, from.get(i, j) - product.get(i, j));
            }
        }
    }
}
