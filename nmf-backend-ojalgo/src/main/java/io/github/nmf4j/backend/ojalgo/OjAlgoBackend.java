package io.github.nmf4j.backend.ojalgo;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.SymmetricEigen;
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
 * <p>A row-major array is the transpose of an ojAlgo store, so C = A·B is asked for as Cᵀ = Bᵀ·Aᵀ, and a factor that the
 * product transposes is turned while it is copied. ojAlgo has neither offsets nor strides: what fills its array is wrapped,
 * anything else is copied in blocks.
 *
 * <p>ojAlgo spreads large operations over threads of its own, and its switch for that is global: to turn it would reach into
 * the rest of the program. Sizes are chosen instead. A product stays in the caller's thread if its result has at most
 * {@value #THIN} rows, Householder steps up to 128 columns, substitution up to 64 right-hand sides; the symmetric
 * eigenvalues up to order 8192 are sequential.
 */
@AutoService(LinearAlgebraBackend.class)
public final class OjAlgoBackend implements LinearAlgebraBackend {
    /** Rows of a result below which ojAlgo multiplies in the caller's thread. */
    private static final int THIN = 32;

    /** Columns and inner length of the blocks in which views are copied, at most 512 KB each. */
    private static final int COLUMNS = 256;

    private static final int INNER = 256;

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
        int inner = what == Product.ATB ? a.rows() : a.columns();
        if (inner == 0) {
            keep(keep, into);
            return;
        }
        for (int j = 0; j < into.columns(); j += COLUMNS) {
            int width = Math.min(COLUMNS, into.columns() - j);
            for (int from = 0; from < inner; from += INNER) {
                int count = Math.min(INNER, inner - from);
                R064Store right = what == Product.ABT
                        ? OjAlgoMatrices.copyToOjAlgo(b.slice(j, from, width, count))
                        : OjAlgoMatrices.toOjAlgoTransposed(b.slice(from, j, count, width));
                double kept = from == 0 ? keep : 1;
                for (int i = 0; i < into.rows(); i += THIN) {
                    int height = Math.min(THIN, into.rows() - i);
                    R064Store left = what == Product.ATB
                            ? OjAlgoMatrices.copyToOjAlgo(a.slice(from, i, count, height))
                            : OjAlgoMatrices.toOjAlgoTransposed(a.slice(i, from, height, count));
                    multiply(left, right, kept, into.slice(i, j, height, width));
                }
            }
        }
    }

    /** into ← (right · left)ᵀ + keep · into. */
    private static void multiply(R064Store left, R064Store right, double keep, DenseMatrix into) {
        if (keep == 0 && OjAlgoMatrices.fillsTheArray(into)) {
            OjAlgoMatrices.store(into).fillByMultiplying(right, left);
            return;
        }
        R064Store product = R064Store.FACTORY.make(into.columns(), into.rows());
        product.fillByMultiplying(right, left);
        if (keep == 0) {
            into.set(OjAlgoMatrices.fromOjAlgoTransposed(product));
            return;
        }
        double[] data = into.data();
        for (int i = 0, from = 0; i < into.rows(); i++) {
            for (int at = into.offset() + i * into.stride(), end = at + into.columns(); at < end; at++, from++) {
                data[at] = product.data[from] + keep * data[at];
            }
        }
    }

    /** into ← keep · into, where multiplying a NaN by 0 would keep it. */
    private static void keep(double keep, DenseMatrix into) {
        if (keep == 0) {
            into.fill(0);
            return;
        }
        for (int i = 0; i < into.rows(); i++) {
            for (int j = 0; j < into.columns(); j++) {
                into.set(i, j, keep * into.get(i, j));
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
