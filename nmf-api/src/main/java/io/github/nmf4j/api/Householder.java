package io.github.nmf4j.api;

/** Least squares by Householder reflections: Golub &amp; Van Loan, Matrix Computations, 4th edition, §5.3.2. */
final class Householder {
    private Householder() {}

    /** into ← argmin ‖A·Z − B‖; zeros for directions that A does not have. */
    static void leastSquares(DenseMatrix matrix, DenseMatrix rightHand, DenseMatrix into) {
        int m = matrix.rows();
        int n = matrix.columns();
        if (m < n || rightHand.rows() != m || into.rows() != n || into.columns() != rightHand.columns()) {
            throw new IllegalArgumentException(
                    "least squares needs m x n with m >= n, m x r and n x r: " + m + " x " + n
                            + ", " + rightHand.rows() + " x " + rightHand.columns() + ", " + into.rows() + " x "
                            + into.columns());
        }
        // Columns as rows: reflections run along them.
        DenseMatrix a = matrix.transposed();
        DenseMatrix b = rightHand.transposed();
        double[] v = new double[m];
        for (int c = 0; c < n; c++) {
            double norm = 0;
            for (int i = c; i < m; i++) {
                norm = Math.hypot(norm, a.get(c, i));
            }
            if (norm == 0) {
                continue;
            }
            double pivot = a.get(c, c);
            double alpha = pivot > 0 ? -norm : norm;
            for (int i = c; i < m; i++) {
                v[i] = a.get(c, i);
            }
            v[c] -= alpha;
            double scale = 1 / (norm * (norm + Math.abs(pivot)));
            reflect(a, c, v, scale);
            reflect(b, c, v, scale);
        }
        for (int r = 0; r < b.rows(); r++) {
            for (int c = n - 1; c >= 0; c--) {
                double sum = b.get(r, c);
                for (int d = c + 1; d < n; d++) {
                    sum -= a.get(d, c) * into.get(d, r);
                }
                into.set(c, r, a.get(c, c) == 0 ? 0.0 : sum / a.get(c, c));
            }
        }
    }

    /** Each row x, from entry c on, becomes x − scale·(v·x)·v. */
    private static void reflect(DenseMatrix rows, int c, double[] v, double scale) {
        double[] data = rows.data();
        for (int r = 0; r < rows.rows(); r++) {
            int at = r * rows.stride();
            double dot = 0;
            for (int i = c; i < v.length; i++) {
                dot += v[i] * data[at + i];
            }
            for (int i = c; i < v.length; i++) {
                data[at + i] -= scale * dot * v[i];
            }
        }
    }
}
