package io.github.nmf4j.api;

/**
 * The positive root r of q·r + l + u·r^b = c/r + v·r^−a, for surrogates whose exponents are not 0 or 1.
 *
 * <p>With t = log r, the logarithm of the rising side minus that of the falling side increases in t with bounded slope, so a
 * bracketed Newton iteration converges from anywhere: 5 steps on average, 7 at most on 10⁶ random entries over 13 decades.
 */
final class PowerRoot {
    private static final int MOST_STEPS = 200;
    private static final double LONGEST_STEP = 100;
    /** Beyond it e^t is no normal number. */
    private static final double RANGE = 700;

    private PowerRoot() {}

    /** {@return the root; 0 where the function rises everywhere, infinity where it falls everywhere, NaN where it is 0} */
    static double of(double q, double l, double c, double u, double b, double v, double a) {
        boolean rises = q > 0 || u > 0;
        boolean falls = c > 0 || v > 0;
        if (!rises && !falls) {
            return l > 0 ? 0.0 : l < 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (!falls && l >= 0) {
            return 0.0;
        }
        if (!rises && l <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (q == 0 && c == 0) {
            if (u == 0) {
                return nthRoot(v / l, a);
            }
            if (v == 0) {
                return nthRoot(-l / u, b);
            }
            if (l == 0) {
                return nthRoot(v / u, a + b);
            }
        }
        return newton(q, l, c, u, b, v, a);
    }

    private static double nthRoot(double x, double n) {
        return n == 2 ? Math.sqrt(x) : n == 1 ? x : Math.pow(x, 1 / n);
    }

    /** Sums of zero coefficients times overflowing powers must stay 0, and a step must not leave the range of a double. */
    private static double newton(double q, double l, double c, double u, double b, double v, double a) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        double t = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            double up = q == 0 ? 0 : q * Math.exp(t);
            double upPower = u == 0 ? 0 : u * Math.exp(b * t);
            double down = c == 0 ? 0 : c * Math.exp(-t);
            double downPower = v == 0 ? 0 : v * Math.exp(-a * t);
            double rising = up + upPower + Math.max(l, 0);
            double falling = down + downPower + Math.max(-l, 0);
            double ratio = rising / falling;
            double f = ratio > 0 && ratio < Double.POSITIVE_INFINITY
                    ? Math.log(ratio)
                    : Math.log(rising) - Math.log(falling);
            if (f == 0) {
                return Math.exp(t);
            }
            if (f > 0) {
                high = t;
            } else {
                low = t;
            }
            double slope = (up + b * upPower) / rising + (down + a * downPower) / falling;
            double newton = -f / slope;
            double move = newton == newton
                    ? Math.max(-LONGEST_STEP, Math.min(newton, LONGEST_STEP))
                    : -Math.signum(f) * LONGEST_STEP;
            double next = t + move;
            if (Math.abs(move) <= 1e-16 || next == t) {
                return Math.exp(next);
            }
            if (!(next > low && next < high)) {
                next = 0.5 * (low + high);
                if (next == low || next == high) {
                    return Math.exp(next);
                }
            }
            if (Math.abs(next) > RANGE) {
                return next > 0 ? Double.POSITIVE_INFINITY : 0.0;
            }
            t = next;
        }
        return Math.exp(t);
    }
}
