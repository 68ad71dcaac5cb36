package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.CoordinateSteps;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.SymmetricEigen;
import java.util.Optional;
import java.util.stream.IntStream;

/** As slow and simple as a right backend can be; the broken ones of {@link BackendContractCatchesTest} differ in one thing. */
class PlainBackend implements LinearAlgebraBackend {
    @Override
    public String name() {
        return "plain";
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
        LinearAlgebraBackend.requireShapes(what, a, b, into);
        int inner = what == Product.ATB ? a.rows() : a.columns();
        for (int i = 0; i < into.rows(); i++) {
            for (int j = 0; j < into.columns(); j++) {
                double sum = keep == 0 ? 0 : keep * into.get(i, j);
                for (int l = 0; l < inner; l++) {
                    double left = what == Product.ATB ? a.get(l, i) : a.get(i, l);
                    double right = what == Product.ABT ? b.get(j, l) : b.get(l, j);
                    sum += left * right;
                }
                into.set(i, j, sum);
            }
        }
    }

    /** Jacobi rotations until nothing is left beside the diagonal. */
    @Override
    public SymmetricEigen eigen(DenseMatrix a) {
        int n = a.rows();
        if (a.columns() != n) {
            throw new IllegalArgumentException("not square: " + a);
        }
        double[][] s = new double[n][n];
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            v[i][i] = 1;
            for (int j = 0; j < a.columns(); j++) {
                s[i][j] = a.get(Math.max(i, j), Math.min(i, j));
            }
        }
        for (int sweep = 0; sweep < 30; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    if (s[p][q] != 0) {
                        rotate(s, v, p, q);
                    }
                }
            }
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((i, j) -> Double.compare(s[j][j], s[i][i]))
                .mapToInt(i -> i)
                .toArray();
        DenseMatrix vectors = DenseMatrix.zeros(n, n);
        for (int i = 0; i < n; i++) {
            for (int l = 0; l < n; l++) {
                vectors.set(i, l, v[i][order[l]]);
            }
        }
        return new SymmetricEigen(IntStream.of(order).mapToDouble(i -> s[i][i]).toArray(), vectors);
    }

    private static void rotate(double[][] s, double[][] v, int p, int q) {
        double theta = (s[q][q] - s[p][p]) / (2 * s[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
        double cos = 1 / Math.hypot(t, 1);
        double sin = t * cos;
        for (double[] row : s) {
            turn(row, p, q, cos, sin);
        }
        for (int j = 0; j < s.length; j++) {
            double sp = s[p][j];
            s[p][j] = cos * sp - sin * s[q][j];
            s[q][j] = sin * sp + cos * s[q][j];
        }
        s[p][q] = s[q][p] = 0;
        for (double[] row : v) {
            turn(row, p, q, cos, sin);
        }
    }

    private static void turn(double[] row, int p, int q, double cos, double sin) {
        double atP = row[p];
        row[p] = cos * atP - sin * row[q];
        row[q] = sin * atP + cos * row[q];
    }

    /** Modified Gram–Schmidt on the columns of A, which takes those of B along. */
    @Override
    public void leastSquares(DenseMatrix a, DenseMatrix b, DenseMatrix into) {
        int n = a.columns();
        if (a.rows() < n || b.rows() != a.rows() || into.rows() != n || into.columns() != b.columns()) {
            throw new IllegalArgumentException(a + ", " + b + ", " + into);
        }
        DenseMatrix q = a.copy();
        DenseMatrix rest = b.copy();
        double[][] r = new double[n][n];
        for (int c = 0; c < n; c++) {
            double norm = 0;
            for (int i = 0; i < q.rows(); i++) {
                norm = Math.hypot(norm, q.get(i, c));
            }
            r[c][c] = norm;
            for (int i = 0; i < q.rows(); i++) {
                q.set(i, c, q.get(i, c) / norm);
            }
            for (int d = c + 1; d < n; d++) {
                r[c][d] = removeProjection(q, c, q, d);
            }
            for (int s = 0; s < b.columns(); s++) {
                into.set(c, s, removeProjection(q, c, rest, s));
            }
        }
        for (int c = n - 1; c >= 0; c--) {
            for (int s = 0; s < b.columns(); s++) {
                double value = into.get(c, s);
                for (int d = c + 1; d < n; d++) {
                    value -= r[c][d] * into.get(d, s);
                }
                into.set(c, s, value / r[c][c]);
            }
        }
    }

    private static double removeProjection(DenseMatrix q, int c, DenseMatrix from, int d) {
        double along = 0;
        for (int i = 0; i < q.rows(); i++) {
            along += q.get(i, c) * from.get(i, d);
        }
        for (int i = 0; i < q.rows(); i++) {
            from.set(i, d, from.get(i, d) - along * q.get(i, c));
        }
        return along;
    }

    @Override
    public Optional<CoordinateSteps> coordinateSteps(int rank) {
        return Optional.of(new PlainSteps());
    }

    /** Vector after vector, entry after entry. */
    static class PlainSteps implements CoordinateSteps {
        @Override
        public Workspace workspace() {
            return new Workspace() {};
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
            double moved = 0;
            for (int j = first; j < first + count; j++) {
                for (int c = 0; c < inverse.length; c++) {
                    double left = products.get(c, j);
                    for (int d = 0; d < inverse.length; d++) {
                        left -= gram.get(c, d) * values.get(d, j);
                    }
                    double before = values.get(c, j);
                    values.set(c, j, bounded(before + left * inverse[c], floor));
                    moved += Math.pow(values.get(c, j) - before, 2);
                }
            }
            return moved;
        }

        double bounded(double value, double floor) {
            return Math.max(floor, value);
        }
    }
}
