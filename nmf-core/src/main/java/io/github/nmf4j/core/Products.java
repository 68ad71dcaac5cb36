package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.Tile;
import java.util.Arrays;
import java.util.SplittableRandom;

/** X for starts: products by the pass with N = x, random numbers by seed, factor and vector. */
final class Products implements StartData {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Settings settings;
    private final DataFacts facts;
    private final Matrix x;

    Products(Settings settings, DataFacts facts) {
        this.settings = settings;
        this.facts = facts;
        boolean masked = facts.missing() || settings.weights() != null;
        this.x = masked ? new Observed(facts.x(), settings.weights()) : facts.x();
    }

    /** X with 0 where nothing is observed. */
    private record Observed(Matrix x, Matrix weights) implements Matrix {
        @Override
        public int rows() {
            return x.rows();
        }

        @Override
        public int columns() {
            return x.columns();
        }

        @Override
        public double get(int row, int column) {
            double value = x.get(row, column);
            boolean seen = value == value && (weights == null || weights.get(row, column) > 0);
            return seen ? value : 0.0;
        }

        @Override
        public void read(int row, int column, int rows, int columns, double[] into, int offset, int stride) {
            x.read(row, column, rows, columns, into, offset, stride);
            double[] line = weights == null ? null : new double[columns];
            for (int i = 0; i < rows; i++) {
                if (line != null) {
                    weights.read(row + i, column, 1, columns, line, 0, columns);
                }
                hide(columns, into, offset + i * stride, line);
            }
        }

        @Override
        public void readTransposed(int row, int column, int rows, int columns, double[] into, int offset, int stride) {
            x.readTransposed(row, column, rows, columns, into, offset, stride);
            double[] line = weights == null ? null : new double[rows];
            for (int j = 0; j < columns; j++) {
                if (line != null) {
                    weights.readTransposed(row, column + j, rows, 1, line, 0, rows);
                }
                hide(rows, into, offset + j * stride, line);
            }
        }

        private static void hide(int n, double[] values, int at, double[] weight) {
            for (int i = 0; i < n; i++) {
                if (values[at + i] != values[at + i] || weight != null && !(weight[i] > 0)) {
                    values[at + i] = 0;
                }
            }
        }
    }

    /** N = x, nothing else. */
    private static final SpanStep DATA = new SpanStep() {
        @Override
        public Kind kind() {
            return Kind.DATA;
        }

        @Override
        public void dense(
                int fixed,
                int moving,
                Along along,
                int n,
                double[] x,
                double[] y,
                double[] negative,
                double[] positive) {
            System.arraycopy(x, 0, negative, 0, n);
        }

        @Override
        public void sparse(
                int moving,
                int[] fixed,
                int from,
                int n,
                double[] x,
                double[] y,
                double[] negative,
                double[] positive) {
            System.arraycopy(x, 0, negative, 0, n);
        }
    };

    /** N = x². */
    private static final SpanStep SQUARES = new SpanStep() {
        @Override
        public Kind kind() {
            return Kind.NEGATIVE;
        }

        @Override
        public void dense(
                int fixed,
                int moving,
                Along along,
                int n,
                double[] x,
                double[] y,
                double[] negative,
                double[] positive) {
            square(n, x, negative);
        }

        @Override
        public void sparse(
                int moving,
                int[] fixed,
                int from,
                int n,
                double[] x,
                double[] y,
                double[] negative,
                double[] positive) {
            square(n, x, negative);
        }

        private static void square(int n, double[] x, double[] into) {
            for (int i = 0; i < n; i++) {
                into[i] = x[i] * x[i];
            }
        }
    };

    @Override
    public int rows() {
        return x.rows();
    }

    @Override
    public int columns() {
        return x.columns();
    }

    @Override
    public double mean() {
        return facts.observed() > 0 ? facts.sum() / facts.observed() : 0.0;
    }

    @Override
    public LinearAlgebraBackend backend() {
        return settings.backend();
    }

    @Override
    public DenseMatrix times(Factor side, DenseMatrix f) {
        DenseMatrix product = times(side, f, DATA);
        product.scale(facts.scale());
        return product;
    }

    @Override
    public double[] columnSums() {
        return times(Factor.H, ones()).data();
    }

    @Override
    public double[] columnSquares() {
        DenseMatrix squares = times(Factor.H, ones(), SQUARES);
        squares.scale(facts.scale() * facts.scale());
        return squares.data();
    }

    private DenseMatrix ones() {
        DenseMatrix ones = DenseMatrix.zeros(1, rows());
        Arrays.fill(ones.data(), 1.0);
        return ones;
    }

    private DenseMatrix times(Factor side, DenseMatrix f, SpanStep step) {
        boolean transposed = side == Factor.W;
        int moving = transposed ? rows() : columns();
        int fixed = transposed ? columns() : rows();
        Pass pass = settings.backend().pass(f.rows());
        int width = Math.min(moving, pass.panel(moving, transposed));
        Pass.Packed packed = pass.pack(f, tile(side, fixed, 0, width), null);
        Pass.Workspace workspace = pass.workspace();
        DenseMatrix product = DenseMatrix.zeros(f.rows(), moving);
        DenseMatrix unread = DenseMatrix.zeros(f.rows(), width);
        for (int from = 0; from < moving; from += width) {
            int count = Math.min(width, moving - from);
            pass.tile(
                    tile(side, fixed, from, count),
                    packed,
                    unread.slice(0, 0, f.rows(), count),
                    step,
                    product.slice(0, from, f.rows(), count),
                    null,
                    workspace);
        }
        return product;
    }

    private Tile tile(Factor side, int fixed, int from, int count) {
        return facts.entries() == null
                ? new Tile.Dense(x, side == Factor.W, 0, fixed, from, count)
                : new Tile.Sparse(facts.entries().of(side).x(), from, count);
    }

    @Override
    public SplittableRandom random(Factor factor, int vector) {
        long key = 2L * vector + (factor == Factor.W ? 0 : 1);
        return new SplittableRandom(new SplittableRandom(settings.seed() + GOLDEN * key).nextLong());
    }
}
