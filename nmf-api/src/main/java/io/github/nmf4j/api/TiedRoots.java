package io.github.nmf4j.api;

import java.util.Arrays;

/**
 * The minimizers of whole vectors under one multiplier each, where the floor is the only bound and there are no power terms:
 * q·h + l + ν = c/h for every component, and the sums of the roots over components.
 *
 * <p>Everything is loops over the vectors of a block, short enough for C2 of JDK 17 to vectorise: no branches, at most four
 * arrays read and two written. A choice is a product with 0 or 1 ({@link #ABOVE}). An entry costs one root and one division.
 */
final class TiedRoots {
    /** min(x·ABOVE, 1) is 1 for x &gt; 0 and 0 for x = 0, for x down to 1e-300. */
    private static final double ABOVE = 1e300;

    /** Keeps the root of a discriminant of 0, and the division by it, within the range of a double. */
    private static final double TINY = 1e-290;

    private final int rank;
    private final double[][] half;
    private final double[] a;
    private final double[] b;
    private final double[] x;
    private int n;
    private double floor;
    private double[][] q;
    private double[][] l;
    private double[][] k;

    TiedRoots(int rank, int capacity) {
        this.rank = rank;
        half = new double[rank][];
        a = new double[capacity];
        b = new double[capacity];
        x = new double[capacity];
    }

    /**
     * Takes the planes of a block.
     *
     * @param q null where no component has a quadratic term
     */
    void begin(int n, double floor, double[][] q, double[][] l, double[][] k) {
        this.n = n;
        this.floor = floor;
        this.q = q;
        this.l = l;
        this.k = k;
        for (int c = 0; c < rank && q != null; c++) {
            half[c] = half[c] == null ? new double[a.length] : half[c];
            halfOfInverse(n, q[c], half[c]);
        }
    }

    /** 1/(2q); where q is 0 any finite number, for it is multiplied by 0. */
    private static void halfOfInverse(int n, double[] q, double[] into) {
        for (int j = 0; j < n; j++) {
            into[j] = 0.5 / Math.max(q[j], TINY);
        }
    }

    /** {@link Surrogate#rebase(double, double[])}; {@code least}, {@code leadLinear} and {@code leadBent} are overwritten. */
    void rebase(double room, double[] width, double[] least, double[] leadLinear, double[] leadBent) {
        double most = floor + room;
        for (int c = 0; c < rank; c++) {
            bent(c, most, a);
            if (c == 0) {
                System.arraycopy(l[c], 0, leadLinear, 0, n);
                System.arraycopy(a, 0, leadBent, 0, n);
                add(n, l[c], a, least);
            } else {
                leads(n, l[c], a, least, b);
                choose(n, b, l[c], leadLinear);
                choose(n, b, a, leadBent);
            }
        }
        Arrays.fill(width, 0, n, 0.0);
        for (int c = 0; c < rank; c++) {
            bent(c, most, a);
            move(n, leadLinear, leadBent, a, l[c]);
            bent(c, floor + room / rank, a);
            widen(n, l[c], a, width);
        }
    }

    private static void leads(int n, double[] l, double[] bent, double[] least, double[] leads) {
        for (int j = 0; j < n; j++) {
            double slope = l[j] + bent[j];
            double before = least[j];
            leads[j] = Math.min(Math.max(before - slope, 0.0) * ABOVE, 1.0);
            least[j] = Math.min(before, slope);
        }
    }

    private static void choose(int n, double[] chosen, double[] from, double[] into) {
        for (int j = 0; j < n; j++) {
            into[j] = chosen[j] * from[j] + (1.0 - chosen[j]) * into[j];
        }
    }

    private static void move(int n, double[] leadLinear, double[] leadBent, double[] bent, double[] l) {
        for (int j = 0; j < n; j++) {
            l[j] = Math.max((l[j] - leadLinear[j]) - leadBent[j], -bent[j]);
        }
    }

    private static void widen(int n, double[] l, double[] bent, double[] width) {
        for (int j = 0; j < n; j++) {
            width[j] = Math.max(width[j], -(l[j] + bent[j]));
        }
    }

    /** φ′ − l of a component at one point. */
    private void bent(int c, double h, double[] into) {
        if (q == null) {
            bent(n, 1 / h, k[c], into);
        } else {
            bent(n, h, 1 / h, q[c], k[c], into);
        }
    }

    private static void bent(int n, double inverse, double[] k, double[] into) {
        for (int j = 0; j < n; j++) {
            into[j] = -k[j] * inverse;
        }
    }

    private static void bent(int n, double h, double inverse, double[] q, double[] k, double[] into) {
        for (int j = 0; j < n; j++) {
            into[j] = q[j] * h - k[j] * inverse;
        }
    }

    /**
     * {@link Surrogate#start}: each tangent falls by h̄²/(c + q·h̄²) and is h̄·(2c − l·h̄)/(c + q·h̄²) at ν = 0.
     *
     * @param weight overwritten
     */
    void start(double sum, double[][] at, double[] width, double[] weight, double[] into) {
        Arrays.fill(weight, 0, n, 0.0);
        Arrays.fill(into, 0, n, -sum);
        for (int c = 0; c < rank; c++) {
            if (q == null) {
                tangents(n, l[c], k[c], at[c], a, b);
            } else {
                tangents(n, q[c], l[c], k[c], at[c], a, b);
            }
            add(n, a, b, weight, into);
        }
        divide(n, weight, width, into);
    }

    private static void tangents(int n, double[] l, double[] k, double[] at, double[] weight, double[] value) {
        for (int j = 0; j < n; j++) {
            double h = at[j];
            double curve = k[j];
            double scaled =
                    h * (curve / (curve * curve + TINY)); // 0 for a straight line, whose minimizer has no tangent
            weight[j] = h * scaled;
            value[j] = (2 * curve - l[j] * h) * scaled;
        }
    }

    private static void tangents(
            int n, double[] q, double[] l, double[] k, double[] at, double[] weight, double[] value) {
        for (int j = 0; j < n; j++) {
            double h = at[j];
            double curve = k[j] + q[j] * h * h;
            double scaled = h * (curve / (curve * curve + TINY));
            weight[j] = h * scaled;
            value[j] = (2 * k[j] - l[j] * h) * scaled;
        }
    }

    private static void divide(int n, double[] by, double[] most, double[] into) {
        for (int j = 0; j < n; j++) {
            into[j] = Math.min(Math.max(into[j] / Math.max(by[j], TINY), 0.0), most[j]);
        }
    }

    /** {@link Surrogate#minimizers}. */
    void minimizers(double[] shift, double[][] into, double[] total, double[] slope, double[] curvature) {
        Arrays.fill(total, 0, n, 0.0);
        Arrays.fill(slope, 0, n, 0.0);
        Arrays.fill(curvature, 0, n, 0.0);
        for (int c = 0; c < rank; c++) {
            double[] h = into[c];
            if (q == null) {
                roots(n, l[c], k[c], shift, h, a);
                clamp(n, floor, h, a, b);
                add(n, h, b, total, slope);
                bend(n, a, b, curvature);
            } else {
                add(n, l[c], shift, x);
                inverses(n, x, q[c], k[c], h, a);
                roots(n, x, k[c], half[c], h);
                clamp(n, floor, h, a, b);
                add(n, h, b, total, slope);
                bend(n, x, a, b, curvature);
            }
        }
    }

    /** h = c/(l + ν), and 1/(l + ν). */
    private static void roots(int n, double[] l, double[] k, double[] shift, double[] h, double[] inverse) {
        for (int j = 0; j < n; j++) {
            double r = 1 / Math.max(l[j] + shift[j], Double.MIN_NORMAL);
            h[j] = k[j] * r;
            inverse[j] = r;
        }
    }

    /** Where d = √(x² + 4qc) and e = d + |x|: 1/e and 1/d, by one division. */
    private static void inverses(int n, double[] x, double[] q, double[] k, double[] ofE, double[] ofD) {
        for (int j = 0; j < n; j++) {
            double d = Math.sqrt(x[j] * x[j] + 4 * q[j] * k[j] + TINY);
            double e = d + Math.abs(x[j]);
            double r = 1 / (e * d);
            ofE[j] = d * r;
            ofD[j] = e * r;
        }
    }

    /**
     * The root is 2c/e for x ≥ 0 and e/(2q) otherwise; both are 2c/e + (|x| − x)/(2q), a sum of non-negative terms.
     *
     * @param h holds 1/e; receives the roots
     */
    private static void roots(int n, double[] x, double[] k, double[] half, double[] h) {
        for (int j = 0; j < n; j++) {
            h[j] = 2 * k[j] * h[j] + (Math.abs(x[j]) - x[j]) * half[j];
        }
    }

    /** Moves roots up to the floor; −dh/dν is h/d above it and 0 on it. */
    private static void clamp(int n, double floor, double[] h, double[] inverse, double[] slope) {
        for (int j = 0; j < n; j++) {
            double clamped = Math.max(h[j], floor);
            h[j] = clamped;
            slope[j] = Math.min((clamped - floor) * ABOVE, 1.0) * clamped * inverse[j];
        }
    }

    /** d²h/dν² = 2h/(l + ν)². */
    private static void bend(int n, double[] inverse, double[] slope, double[] curvature) {
        for (int j = 0; j < n; j++) {
            curvature[j] += 2 * slope[j] * inverse[j];
        }
    }

    /** d²h/dν² = h·(d + x)/d³. */
    private static void bend(int n, double[] x, double[] inverse, double[] slope, double[] curvature) {
        for (int j = 0; j < n; j++) {
            double r = inverse[j];
            curvature[j] += slope[j] * r * (1 + x[j] * r);
        }
    }

    private static void add(int n, double[] a, double[] b, double[] into) {
        for (int j = 0; j < n; j++) {
            into[j] = a[j] + b[j];
        }
    }

    private static void add(int n, double[] a, double[] b, double[] toA, double[] toB) {
        for (int j = 0; j < n; j++) {
            double sumA = toA[j] + a[j];
            double sumB = toB[j] + b[j];
            toA[j] = sumA;
            toB[j] = sumB;
        }
    }
}
