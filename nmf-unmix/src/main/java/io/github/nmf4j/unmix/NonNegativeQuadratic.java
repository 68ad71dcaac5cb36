package io.github.nmf4j.unmix;

import java.util.Arrays;

/**
 * argmin ½hᵀAh − bᵀh over h ≥ 0, and over Σh = 1 where wanted: non-negative least squares, and proportions.
 *
 * <p>By active sets from any feasible point (Lawson &amp; Hanson 1974, Solving Least Squares Problems, chapter 23; with the sum
 * tied by its multiplier): exact, and quick from the solution of a neighbouring problem. Not thread-safe.
 */
final class NonNegativeQuadratic {
    /** Whether the entries of h are tied to a sum of one. */
    enum Sum {
        FREE,
        ONE
    }

    /** A pivot so small beside its diagonal belongs to a column that depends on those before it. */
    private static final double DEPENDENT = 1e-13;

    /** A slope so small beside the largest of b is rounding. */
    private static final double FLAT = 1e-12;

    private static final int MOST_STEPS = 10;

    private final double[][] a;
    private final boolean tied;
    private final int n;

    /** The entries of h that are free, in the order in which they were freed; the first {@code count} count. */
    private final int[] free;

    private int count;
    private final boolean[] barred;
    private final double[][] factor;
    private final double[] z;
    private final double[] ones;
    private double multiplier;

    /**
     * @param a n × n, symmetric, positive semi-definite with a positive diagonal wherever b can be positive
     * @param sum whether h sums to one
     */
    NonNegativeQuadratic(double[][] a, Sum sum) {
        this.a = a;
        this.tied = sum == Sum.ONE;
        this.n = a.length;
        this.free = new int[n];
        this.barred = new boolean[n];
        this.factor = new double[n][n];
        this.z = new double[n];
        this.ones = new double[n];
    }

    /**
     * Overwrites a feasible h with the minimiser.
     *
     * @param b n numbers; only read
     * @param h n numbers ≥ 0, of sum one where that is tied
     */
    void minimize(double[] b, double[] h) {
        double scale = 0;
        for (int i = 0; i < n; i++) {
            scale = Math.max(scale, a[i][i] > 0 ? Math.abs(b[i]) / Math.sqrt(a[i][i]) : 0);
        }
        Arrays.fill(barred, false);
        count = 0;
        for (int i = 0; i < n; i++) {
            if (h[i] > 0) {
                free[count++] = i;
            }
        }
        multiplier = 0;
        int candidate = -1;
        for (int step = 0; step < MOST_STEPS * n; step++) {
            if (!factorize()) { // only the last freed can depend on the others, unless h was made elsewhere
                release(count - 1, h);
                continue;
            }
            solve(b);
            if (candidate >= 0 && free[count - 1] == candidate && z[count - 1] <= 0) {
                barred[candidate] = true; // its slope was rounding
                count--;
                candidate = -1;
                continue;
            }
            if (!reached(h)) {
                candidate = -1;
                continue;
            }
            candidate = steepest(b, h, scale);
            if (candidate < 0) {
                return;
            }
            free[count++] = candidate;
        }
    }

    /** Takes an entry out of the free ones; what it held, if anything, goes to the first. */
    private void release(int position, double[] h) {
        int index = free[position];
        barred[index] = true;
        System.arraycopy(free, position + 1, free, position, count - position - 1);
        count--;
        if (tied && count > 0) {
            h[free[0]] += h[index];
        }
        h[index] = 0;
    }

    /** Cholesky factor of A over the free entries, lower triangle; false if the last column depends on the others. */
    private boolean factorize() {
        for (int i = 0; i < count; i++) {
            double[] row = factor[i];
            for (int j = 0; j <= i; j++) {
                double sum = a[free[i]][free[j]];
                for (int l = 0; l < j; l++) {
                    sum -= row[l] * factor[j][l];
                }
                if (j < i) {
                    row[j] = sum / factor[j][j];
                } else if (sum > DEPENDENT * a[free[i]][free[i]]) {
                    row[i] = Math.sqrt(sum);
                } else {
                    int last = free[count - 1];
                    free[count - 1] = free[i];
                    free[i] = last;
                    return false;
                }
            }
        }
        return true;
    }

    /** z ← the minimiser over the free entries, whatever their signs. */
    private void solve(double[] b) {
        for (int i = 0; i < count; i++) {
            z[i] = b[free[i]];
            ones[i] = 1;
        }
        substitute(z);
        if (tied) {
            substitute(ones);
            double sumOfZ = 0;
            double sumOfOnes = 0;
            for (int i = 0; i < count; i++) {
                sumOfZ += z[i];
                sumOfOnes += ones[i];
            }
            multiplier = (sumOfZ - 1) / sumOfOnes;
            for (int i = 0; i < count; i++) {
                z[i] -= multiplier * ones[i];
            }
        }
    }

    private void substitute(double[] x) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                x[i] -= factor[i][j] * x[j];
            }
            x[i] /= factor[i][i];
        }
        for (int i = count - 1; i >= 0; i--) {
            for (int j = i + 1; j < count; j++) {
                x[i] -= factor[j][i] * x[j];
            }
            x[i] /= factor[i][i];
        }
    }

    /** Moves h to z, or as far towards it as no entry is negative; {@return whether it arrived} */
    private boolean reached(double[] h) {
        double part = 1;
        int blocking = -1;
        for (int i = 0; i < count; i++) {
            double from = h[free[i]];
            if (z[i] <= 0 && from / (from - z[i]) < part) {
                part = from / (from - z[i]);
                blocking = i;
            }
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int index = free[i];
            double value = blocking < 0 ? z[i] : h[index] + part * (z[i] - h[index]);
            boolean stays = i != blocking && value > 0;
            h[index] = stays ? value : 0;
            if (stays) {
                free[kept++] = index;
            }
        }
        boolean arrived = blocking < 0 && kept == count;
        count = kept;
        return arrived;
    }

    /** {@return the entry at 0 whose increase lowers the objective most; −1 if none does} */
    private int steepest(double[] b, double[] h, double scale) {
        int best = -1;
        double most = FLAT * scale;
        for (int i = 0; i < n; i++) {
            if (h[i] > 0 || barred[i] || !(a[i][i] > 0)) {
                continue;
            }
            double slope = b[i] - multiplier;
            for (int j = 0; j < count; j++) {
                slope -= a[i][free[j]] * h[free[j]];
            }
            slope /= Math.sqrt(a[i][i]);
            if (slope > most) {
                most = slope;
                best = i;
            }
        }
        return best;
    }
}
