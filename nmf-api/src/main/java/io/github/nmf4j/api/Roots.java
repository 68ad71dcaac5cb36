package io.github.nmf4j.api;

/** Roots of φ′ for surrogates without power terms, over spans: q·h + l = c/h. */
final class Roots {
    private Roots() {}

    private static double linearAt(double[] l, double[] shift, int j) {
        return (l == null ? 0.0 : l[j]) + (shift == null ? 0.0 : shift[j]);
    }

    /** The minimizer of a straight line, before bounds. */
    static double flat(double l, double[] shift, double at) {
        if (l < 0) {
            return Double.POSITIVE_INFINITY;
        }
        return l == 0 && shift == null ? at : 0.0;
    }

    /** h = c/l; without a bend, which would be a second division, where that is null. */
    static void log(int n, double[] l, double[] k, double[] shift, double[] at, double[] into, double[] bend) {
        if (bend == null) {
            for (int j = 0; j < n; j++) {
                into[j] = log(linearAt(l, shift, j), k == null ? 0.0 : k[j], shift, at[j]);
            }
            return;
        }
        for (int j = 0; j < n; j++) {
            double lj = linearAt(l, shift, j);
            double kj = k == null ? 0.0 : k[j];
            double h = log(lj, kj, shift, at[j]);
            into[j] = h;
            bend[j] = kj > 0 ? h / lj : 0.0;
        }
    }

    private static double log(double l, double k, double[] shift, double at) {
        return k > 0 ? (l > 0 ? k / l : Double.POSITIVE_INFINITY) : flat(l, shift, at);
    }

    /** h = −l/q. */
    static void quadratic(int n, double[] q, double[] l, double[] shift, double[] at, double[] into, double[] bend) {
        for (int j = 0; j < n; j++) {
            double lj = linearAt(l, shift, j);
            into[j] = q[j] > 0 ? -lj / q[j] : flat(lj, shift, at[j]);
            bend[j] = q[j] > 0 ? 1 / q[j] : 0.0;
        }
    }

    /** q·h² + l·h = c; of the two forms of the root the one without cancellation. */
    static void quadraticLog(
            int n, double[] q, double[] l, double[] k, double[] shift, double[] at, double[] into, double[] bend) {
        for (int j = 0; j < n; j++) {
            double lj = linearAt(l, shift, j);
            double d = Math.sqrt(lj * lj + 4 * q[j] * k[j]);
            double h;
            if (lj >= 0) {
                h = lj + d > 0 ? 2 * k[j] / (lj + d) : flat(lj, shift, at[j]);
            } else {
                h = (d - lj) / (2 * q[j]);
            }
            into[j] = h;
            bend[j] = d > 0 ? h / d : 0.0;
        }
    }

    /** Moves roots into their bounds; those that stay where they are add their slope. */
    static void clamp(
            int n, double[] lower, double floor, double[] upper, double[] into, double[] slope, double[] bend) {
        for (int j = 0; j < n; j++) {
            double h = Math.max(into[j], lower == null ? floor : lower[j]);
            if (upper != null) {
                h = Math.min(h, upper[j]);
            }
            if (slope != null && h == into[j] && h < Double.POSITIVE_INFINITY) {
                slope[j] += bend[j];
            }
            into[j] = h;
        }
    }
}
