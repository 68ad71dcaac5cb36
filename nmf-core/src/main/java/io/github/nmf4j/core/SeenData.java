package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.SymmetricEigen;

/**
 * X as far as the last passes have shown it: X̂ = P·X + X·Q − P·X·Q, with P and Q the orthogonal projections on the span of the
 * last few W and of the last few H.
 *
 * <p>What it lacks is (I − P)·X·(I − Q): with either factor within its span F·X̂ is F·X, and near them the error of the
 * objective is a product of two small distances. It is made of the products that the passes have computed anyway, and kept as
 * X̂ = Lᵀ·R, with L and R of 2·{@value #MEMORY}·rank rows at most, so that F·X̂ costs little beside a pass.
 *
 * <p>A method of the same family compresses X by random projections once and for all (Tepper &amp; Sapiro 2016, IEEE
 * Transactions on Signal Processing 64(9), 2269–2283); here the subspaces follow the factors, so that the end is that of X.
 */
public final class SeenData {
    /** Points of each factor that are remembered. */
    static final int MEMORY = 2;

    /** Vectors of a tile. */
    private static final int WIDTH = 1024;

    /** Of the largest eigenvalue: directions below it are lost in rounding. */
    private static final double NEGLIGIBLE = 1e-10;

    private final Problem problem;
    private final int rank;
    private final Side ofW = new Side();
    private final Side ofH = new Side();
    private DenseMatrix left;
    private DenseMatrix right;

    /** Points of one factor and their products with X, stacked; then an orthonormal basis of the points, and its products. */
    private final class Side {
        DenseMatrix points;
        DenseMatrix products;
        int seen;

        void add(DenseMatrix values, DenseMatrix product) {
            if (seen == 0) {
                points = DenseMatrix.zeros(MEMORY * rank, values.columns());
                products = DenseMatrix.zeros(MEMORY * rank, product.columns());
            }
            int row = seen++ % MEMORY * rank;
            points.slice(row, 0, rank, points.columns()).set(values);
            products.slice(row, 0, rank, products.columns()).set(product);
        }

        /** {@return T with orthonormal rows in T · points, from the eigenvectors of the points' scaled Gram matrix} */
        DenseMatrix basis() {
            int rows = Math.min(seen, MEMORY) * rank;
            DenseMatrix stored = points.slice(0, 0, rows, points.columns());
            DenseMatrix gram = DenseMatrix.zeros(rows, rows);
            problem.backend().multiply(Product.ABT, stored, stored, 0, gram);
            double[] scales = new double[rows];
            for (int i = 0; i < rows; i++) {
                scales[i] = gram.get(i, i) > 0 ? 1 / Math.sqrt(gram.get(i, i)) : 0.0;
            }
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < rows; j++) {
                    gram.set(i, j, gram.get(i, j) * scales[i] * scales[j]);
                }
            }
            SymmetricEigen eigen = problem.backend().eigen(gram);
            int kept = 0;
            while (kept < rows && eigen.values()[kept] > NEGLIGIBLE * eigen.values()[0]) {
                kept++;
            }
            DenseMatrix basis = DenseMatrix.zeros(kept, rows);
            for (int e = 0; e < kept; e++) {
                double length = 1 / Math.sqrt(eigen.values()[e]);
                for (int i = 0; i < rows; i++) {
                    basis.set(e, i, length * scales[i] * eigen.vectors().get(i, e));
                }
            }
            return basis;
        }
    }

    SeenData(Problem problem) {
        this.problem = problem;
        this.rank = problem.rank();
    }

    /**
     * Remembers a pass, in the place of the oldest.
     *
     * @param factor which was held
     * @param values of it, rank × its vectors
     * @param products with X, rank × the other factor's vectors
     */
    void add(Factor factor, DenseMatrix values, DenseMatrix products) {
        (factor == Factor.W ? ofW : ofH).add(values, products);
    }

    /** Makes X̂ of what is remembered. */
    void assemble() {
        DenseMatrix basisOfW = ofW.basis();
        DenseMatrix basisOfH = ofH.basis();
        int own = basisOfW.rows();
        int all = own + basisOfH.rows();
        left = DenseMatrix.zeros(all, problem.rows());
        right = DenseMatrix.zeros(all, problem.columns());
        DenseMatrix p = left.slice(0, 0, own, problem.rows());
        DenseMatrix rest = left.slice(own, 0, all - own, problem.rows());
        times(basisOfW, ofW.points, p);
        times(basisOfW, ofW.products, right.slice(0, 0, own, problem.columns()));
        times(basisOfH, ofH.products, rest);
        times(basisOfH, ofH.points, right.slice(own, 0, all - own, problem.columns()));
        // X·Q without what P·X holds of it.
        DenseMatrix common = DenseMatrix.zeros(all - own, own);
        problem.backend().multiply(Product.ABT, rest, p, 0, common);
        common.scale(-1);
        problem.backend().multiply(Product.AB, common, p, 1, rest);
    }

    private void times(DenseMatrix basis, DenseMatrix stack, DenseMatrix into) {
        problem.backend().multiply(Product.AB, basis, stack.slice(0, 0, basis.columns(), stack.columns()), 0, into);
    }

    /** {@return multiplications of a product with X̂} */
    static double cost(Problem problem) {
        return 2.0 * MEMORY * problem.rank() * problem.rank() * ((double) problem.rows() + problem.columns());
    }

    /** {@return products with X̂ for the update of a factor} */
    CrossProducts products(Factor moving) {
        return new Projected(moving);
    }

    /** F·X̂ = (F·Lᵀ)·R, or with L and R exchanged, in tiles of vectors that threads share; parts are added in order. */
    private final class Projected implements CrossProducts {
        private final Factor moving;
        private DenseMatrix values;
        private final DenseMatrix ofMoving = DenseMatrix.zeros(rank, rank);
        private final DenseMatrix ofFixed = DenseMatrix.zeros(rank, rank);
        private final Workers.Loop inward = new Workers.Loop();
        private final Workers.Loop outward = new Workers.Loop();

        Projected(Factor moving) {
            this.moving = moving;
        }

        @Override
        public double at(Iterate point, boolean value) {
            if (values == null) {
                values = DenseMatrix.zeros(rank, point.values(moving).columns());
            }
            DenseMatrix fixed = point.values(moving.other());
            DenseMatrix near = moving == Factor.H ? left : right;
            DenseMatrix far = moving == Factor.H ? right : left;
            DenseMatrix[] parts = new DenseMatrix[tiles(fixed)];
            problem.workers().run(inward, parts.length, (tile, worker) -> {
                parts[tile] = DenseMatrix.zeros(rank, near.rows());
                problem.backend().multiply(Product.ABT, part(fixed, tile), part(near, tile), 0, parts[tile]);
            });
            for (int tile = 1; tile < parts.length; tile++) {
                Combine.add(parts[0].data().length, parts[0].data(), parts[tile].data(), 1);
            }
            problem.workers()
                    .run(
                            outward,
                            tiles(values),
                            (tile, worker) -> problem.backend()
                                    .multiply(Product.AB, parts[0], part(far, tile), 0, part(values, tile)));
            return value ? value(fixed, point.values(moving)) : Double.NaN;
        }

        private static int tiles(DenseMatrix vectors) {
            return (vectors.columns() + WIDTH - 1) / WIDTH;
        }

        private static DenseMatrix part(DenseMatrix vectors, int tile) {
            int from = tile * WIDTH;
            return vectors.slice(0, from, vectors.rows(), Math.min(WIDTH, vectors.columns() - from));
        }

        private double value(DenseMatrix fixed, DenseMatrix current) {
            problem.backend().multiply(Product.ABT, fixed, fixed, 0, ofFixed);
            problem.backend().multiply(Product.ABT, current, current, 0, ofMoving);
            return problem.facts().atZeroModel()
                    - DataTerm.dot(values, current)
                    + 0.5 * DataTerm.dot(ofFixed, ofMoving)
                    + problem.facts().constant();
        }

        @Override
        public DenseMatrix values() {
            return values;
        }

        @Override
        public double cost() {
            return SeenData.cost(problem);
        }
    }
}
