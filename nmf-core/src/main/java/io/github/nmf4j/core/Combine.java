package io.github.nmf4j.core;

import java.util.Objects;

/**
 * Linear combinations of rows, the inner loops of every product here.
 *
 * <p>Each is a loop over separate arrays indexed from 0 with at most five inputs besides the sum, or three and three sums: what
 * C2 vectorises on JDK 17 without spilling; of four rows into two sums or more it makes scalar code. {@code Math.fma} is one
 * instruction on every x86-64 since 2013 and on AArch64.
 */
final class Combine {
    private Combine() {}

    static void add(int n, double[] sum, double[] a, double u) {
        for (int j = 0; j < n; j++) {
            sum[j] = Math.fma(u, a[j], sum[j]);
        }
    }

    static void add(int n, double[] sum, double[] a, double[] b, double u, double v) {
        for (int j = 0; j < n; j++) {
            sum[j] = Math.fma(v, b[j], Math.fma(u, a[j], sum[j]));
        }
    }

    static void add(int n, double[] sum, double[] a, double[] b, double[] c, double u, double v, double w) {
        for (int j = 0; j < n; j++) {
            sum[j] = Math.fma(w, c[j], Math.fma(v, b[j], Math.fma(u, a[j], sum[j])));
        }
    }

    static void add(
            int n,
            double[] sum,
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double u,
            double v,
            double w,
            double z) {
        for (int j = 0; j < n; j++) {
            sum[j] = Math.fma(z, d[j], Math.fma(w, c[j], Math.fma(v, b[j], Math.fma(u, a[j], sum[j]))));
        }
    }

    static void set(int n, double[] sum, double[] a, double u) {
        for (int j = 0; j < n; j++) {
            sum[j] = u * a[j];
        }
    }

    static void set(int n, double[] sum, double[] a, double[] b, double u, double v) {
        for (int j = 0; j < n; j++) {
            sum[j] = Math.fma(v, b[j], u * a[j]);
        }
    }

    static void set(int n, double[] sum, double[] a, double[] b, double[] c, double u, double v, double w) {
        for (int j = 0; j < n; j++) {
            sum[j] = Math.fma(w, c[j], Math.fma(v, b[j], u * a[j]));
        }
    }

    static void set(
            int n,
            double[] sum,
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double u,
            double v,
            double w,
            double z) {
        for (int j = 0; j < n; j++) {
            sum[j] = Math.fma(z, d[j], Math.fma(w, c[j], Math.fma(v, b[j], u * a[j])));
        }
    }

    static void add(int n, double[] sum, double term) {
        for (int j = 0; j < n; j++) {
            sum[j] += term;
        }
    }

    /** {@return whether all are exactly 1} */
    static boolean ones(int n, double[] a) {
        for (int j = 0; j < n; j++) {
            if (a[j] != 1) {
                return false;
            }
        }
        return true;
    }

    static void divide(int n, double[] x, double[] y) {
        for (int j = 0; j < n; j++) {
            y[j] = x[j] / y[j];
        }
    }

    static void divide(int n, double[] x, double[] y, double[] a, double u) {
        for (int j = 0; j < n; j++) {
            y[j] = x[j] / Math.fma(u, a[j], y[j]);
        }
    }

    static void divide(int n, double[] x, double[] y, double[] a, double[] b, double u, double v) {
        for (int j = 0; j < n; j++) {
            y[j] = x[j] / Math.fma(v, b[j], Math.fma(u, a[j], y[j]));
        }
    }

    static void divide(
            int n, double[] x, double[] y, double[] a, double[] b, double[] c, double u, double v, double w) {
        for (int j = 0; j < n; j++) {
            y[j] = x[j] / Math.fma(w, c[j], Math.fma(v, b[j], Math.fma(u, a[j], y[j])));
        }
    }

    static void divide(
            int n,
            double[] x,
            double[] y,
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double u,
            double v,
            double w,
            double z) {
        for (int j = 0; j < n; j++) {
            y[j] = x[j] / Math.fma(z, d[j], Math.fma(w, c[j], Math.fma(v, b[j], Math.fma(u, a[j], y[j]))));
        }
    }

    /** y ← x / (u·a). */
    static void ratio(int n, double[] x, double[] y, double[] a, double u) {
        for (int j = 0; j < n; j++) {
            y[j] = x[j] / (u * a[j]);
        }
    }

    static void ratio(int n, double[] x, double[] y, double[] a, double[] b, double u, double v) {
        for (int j = 0; j < n; j++) {
            y[j] = x[j] / Math.fma(v, b[j], u * a[j]);
        }
    }

    static void ratio(int n, double[] x, double[] y, double[] a, double[] b, double[] c, double u, double v, double w) {
        for (int j = 0; j < n; j++) {
            y[j] = x[j] / Math.fma(w, c[j], Math.fma(v, b[j], u * a[j]));
        }
    }

    /** y ← x / Σ_q weight[at + q]·rows[q]. The division goes with the last rows, whose products it hides. */
    static void ratio(int n, double[] x, double[] y, double[][] rows, int count, double[] weight, int at) {
        double[] r = rows[0];
        switch (count) {
            case 1 -> ratio(n, x, y, r, weight[at]);
            case 2 -> ratio(n, x, y, r, rows[1], weight[at], weight[at + 1]);
            case 3 -> ratio(n, x, y, r, rows[1], rows[2], weight[at], weight[at + 1], weight[at + 2]);
            default -> {
                int q = Math.max(4, (count - 1) / 4 * 4);
                set(n, y, rows, q, weight, at);
                divide(n, x, y, rows, q, count, weight, at + q);
            }
        }
    }

    /** y ← x / (y + the combination of the rows from {@code q} on), of which there are at most four. */
    static void divide(int n, double[] x, double[] y, double[][] rows, int q, int count, double[] weight, int w) {
        switch (count - q) {
            case 0 -> divide(n, x, y);
            case 1 -> divide(n, x, y, rows[q], weight[w]);
            case 2 -> divide(n, x, y, rows[q], rows[q + 1], weight[w], weight[w + 1]);
            case 3 -> divide(n, x, y, rows[q], rows[q + 1], rows[q + 2], weight[w], weight[w + 1], weight[w + 2]);
            default ->
                divide(
                        n,
                        x,
                        y,
                        rows[q],
                        rows[q + 1],
                        rows[q + 2],
                        rows[q + 3],
                        weight[w],
                        weight[w + 1],
                        weight[w + 2],
                        weight[w + 3]);
        }
    }

    /** into ← Σ_q weight[at + q]·rows[q]. */
    static void set(int n, double[] into, double[][] rows, int count, double[] weight, int at) {
        double[] r = rows[0];
        int q = Math.min(count, 4);
        switch (q) {
            case 1 -> set(n, into, r, weight[at]);
            case 2 -> set(n, into, r, rows[1], weight[at], weight[at + 1]);
            case 3 -> set(n, into, r, rows[1], rows[2], weight[at], weight[at + 1], weight[at + 2]);
            default ->
                set(n, into, r, rows[1], rows[2], rows[3], weight[at], weight[at + 1], weight[at + 2], weight[at + 3]);
        }
        add(n, into, rows, q, count, weight, at, 1);
    }

    /** sum += Σ_{q ≥ from} weight[at + q·step]·rows[q]. */
    static void add(int n, double[] sum, double[][] rows, int from, int count, double[] weight, int at, int step) {
        int q = from;
        for (; q + 4 <= count; q += 4) {
            int w = at + q * step;
            add(
                    n,
                    sum,
                    rows[q],
                    rows[q + 1],
                    rows[q + 2],
                    rows[q + 3],
                    weight[w],
                    weight[w + step],
                    weight[w + 2 * step],
                    weight[w + 3 * step]);
        }
        int w = at + q * step;
        switch (count - q) {
            case 3 -> add(n, sum, rows[q], rows[q + 1], rows[q + 2], weight[w], weight[w + step], weight[w + 2 * step]);
            case 2 -> add(n, sum, rows[q], rows[q + 1], weight[w], weight[w + step]);
            case 1 -> add(n, sum, rows[q], weight[w]);
            default -> {}
        }
    }

    /**
     * Three sums of the same three rows at once, sums[s + i] += Σ_q weight[at + i·down + q·along]·rows[r + q]: twice as fast on
     * JDK 17 as a sum of four rows after the other, in the same order and so with the same bits.
     *
     * <p>The checks are there to be long: with them it has 348 bytecodes, and C2 inlines up to 325. Inlined into callers' loops,
     * spans of 64 took half as long again (JDK 17, Zen 4).
     */
    static void addToThree(
            int n, double[][] sums, int s, double[][] rows, int r, double[] weight, int at, int down, int along) {
        double[] s0 = sums[s];
        double[] s1 = sums[s + 1];
        double[] s2 = sums[s + 2];
        double[] a = rows[r];
        double[] b = rows[r + 1];
        double[] c = rows[r + 2];
        Objects.checkFromToIndex(0, n, s0.length);
        Objects.checkFromToIndex(0, n, s1.length);
        Objects.checkFromToIndex(0, n, s2.length);
        Objects.checkFromToIndex(0, n, a.length);
        Objects.checkFromToIndex(0, n, b.length);
        Objects.checkFromToIndex(0, n, c.length);
        double u0 = weight[at];
        double v0 = weight[at + along];
        double w0 = weight[at + 2 * along];
        double u1 = weight[at + down];
        double v1 = weight[at + down + along];
        double w1 = weight[at + down + 2 * along];
        double u2 = weight[at + 2 * down];
        double v2 = weight[at + 2 * down + along];
        double w2 = weight[at + 2 * down + 2 * along];
        for (int j = 0; j < n; j++) {
            double p = a[j];
            double q = b[j];
            double z = c[j];
            double x0 = s0[j];
            double x1 = s1[j];
            double x2 = s2[j];
            s0[j] = Math.fma(w0, z, Math.fma(v0, q, Math.fma(u0, p, x0)));
            s1[j] = Math.fma(w1, z, Math.fma(v1, q, Math.fma(u1, p, x1)));
            s2[j] = Math.fma(w2, z, Math.fma(v2, q, Math.fma(u2, p, x2)));
        }
    }
}
