package io.github.nmf4j.report;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.SymmetricEigen;
import java.util.SplittableRandom;

/**
 * Samples along the directions in which they vary most, to be drawn in a plane.
 *
 * <p>A random subspace is iterated and a small eigenproblem solved in it: Halko, Martinsson &amp; Tropp (2011), SIAM Review 53(2),
 * 217–288. Data are centred, not scaled.
 *
 * @param scores samples × components, in the units of the data; of each component the score of greatest size is positive
 * @param explained share of the total variance of each component, descending
 */
public record PrincipalComponents(DenseMatrix scores, double[] explained) {
    private static final int SPARE = 10;
    private static final int ROUNDS = 5;
    private static final double NEGLIGIBLE = 1e-20;

    /**
     * {@return the leading components} Six passes over X.
     *
     * @param x samples × features
     * @param count components, at least 1 and at most the smaller side of x
     * @param backend does the products and the eigenproblem
     * @param seed of the first subspace
     * @throws InvalidInputException if there are not so many components
     */
    public static PrincipalComponents of(DenseMatrix x, int count, LinearAlgebraBackend backend, long seed) {
        int side = Math.min(x.rows(), x.columns());
        if (count < 1 || count > side) {
            throw new InvalidInputException(
                    "principal components must be at least 1 and at most " + side + ": " + count);
        }
        return new Search(x, backend).leading(count, Math.min(side, count + SPARE), seed);
    }

    private static final class Search {
        private final DenseMatrix x;
        private final LinearAlgebraBackend backend;
        private final DenseMatrix means;

        Search(DenseMatrix x, LinearAlgebraBackend backend) {
            this.x = x;
            this.backend = backend;
            this.means = multiply(Product.AB, constant(1, x.rows(), 1.0 / x.rows()), x);
        }

        PrincipalComponents leading(int count, int size, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            DenseMatrix directions = DenseMatrix.zeros(x.columns(), size);
            for (int e = 0; e < directions.data().length; e++) {
                directions.data()[e] = random.nextDouble() - 0.5;
            }
            for (int round = 0; round < ROUNDS; round++) {
                directions = orthonormal(back(scores(directions)));
            }
            DenseMatrix scores = scores(directions);
            SymmetricEigen eigen = backend.eigen(multiply(Product.ATB, scores, scores));
            DenseMatrix turned = multiply(
                    Product.AB, scores, eigen.vectors().slice(0, 0, size, count).copy());
            double total = variation();
            double[] explained = new double[count];
            for (int c = 0; c < count; c++) {
                explained[c] = total > 0 ? Math.max(0, eigen.values()[c]) / total : 0;
                turn(turned.slice(0, c, x.rows(), 1));
            }
            return new PrincipalComponents(turned, explained);
        }

        /** (X − 1·meansᵀ)·directions. */
        private DenseMatrix scores(DenseMatrix directions) {
            DenseMatrix scores =
                    multiply(Product.AB, constant(x.rows(), 1, -1), multiply(Product.AB, means, directions));
            backend.multiply(Product.AB, x, directions, 1, scores);
            return scores;
        }

        /** (X − 1·meansᵀ)ᵀ·scores. */
        private DenseMatrix back(DenseMatrix scores) {
            DenseMatrix sums = multiply(Product.AB, constant(1, x.rows(), -1), scores);
            DenseMatrix back = multiply(Product.ATB, means, sums);
            backend.multiply(Product.ATB, x, scores, 1, back);
            return back;
        }

        /** Columns that span the same: V·Q·Λ^(−½) with VᵀV = Q·Λ·Qᵀ; directions that vanish become 0. */
        private DenseMatrix orthonormal(DenseMatrix v) {
            SymmetricEigen eigen = backend.eigen(multiply(Product.ATB, v, v));
            DenseMatrix turn = eigen.vectors().copy();
            for (int c = 0; c < turn.columns(); c++) {
                double value = eigen.values()[c];
                turn.slice(0, c, turn.rows(), 1)
                        .scale(value > NEGLIGIBLE * eigen.values()[0] ? 1 / Math.sqrt(value) : 0);
            }
            return multiply(Product.AB, v, turn);
        }

        /** The sum of squares about the means. */
        private double variation() {
            double sum = 0;
            for (int i = 0; i < x.rows(); i++) {
                for (int j = 0; j < x.columns(); j++) {
                    double d = x.get(i, j) - means.get(0, j);
                    sum += d * d;
                }
            }
            return sum;
        }

        private static void turn(DenseMatrix column) {
            double greatest = 0;
            for (int i = 0; i < column.rows(); i++) {
                greatest = Math.abs(column.get(i, 0)) > Math.abs(greatest) ? column.get(i, 0) : greatest;
            }
            if (greatest < 0) {
                column.scale(-1);
            }
        }

        private static DenseMatrix constant(int rows, int columns, double value) {
            DenseMatrix constant = DenseMatrix.zeros(rows, columns);
            constant.fill(value);
            return constant;
        }

        private DenseMatrix multiply(Product what, DenseMatrix a, DenseMatrix b) {
            DenseMatrix into = DenseMatrix.zeros(
                    what == Product.ATB ? a.columns() : a.rows(), what == Product.ABT ? b.rows() : b.columns());
            backend.multiply(what, a, b, 0, into);
            return into;
        }
    }
}
