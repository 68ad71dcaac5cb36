package io.github.nmf4j.data;

import java.util.SplittableRandom;

/**
 * Random numbers of several distributions from one seed, the same bits on every machine and JDK: nothing is drawn but
 * whole {@code long}s of {@link SplittableRandom}, and what follows uses {@link StrictMath}. That is why no library draws
 * here: those at hand use {@link Math}, whose last bit depends on the machine, and a rejection may hang on that bit.
 */
final class Draws {
    /** Below it Poisson numbers are drawn by inversion, whose cost grows with the mean. */
    private static final double INVERSION_BELOW = 10.0;

    /** From here on Stirling's series with three terms is exact to rounding. */
    private static final int STIRLING_FROM = 32;

    private static final double[] LOG_FACTORIALS = new double[STIRLING_FROM];

    static {
        double factorial = 1.0;
        for (int n = 1; n < STIRLING_FROM; n++) {
            factorial *= n;
            LOG_FACTORIALS[n] = StrictMath.log(factorial);
        }
    }

    private final SplittableRandom bits;
    private double spare = Double.NaN;

    Draws(long seed) {
        bits = new SplittableRandom(seed);
    }

    /** {@return uniform on [0, 1), a multiple of 2⁻⁵³} */
    double uniform() {
        return (bits.nextLong() >>> 11) * 0x1p-53;
    }

    double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    /** {@return uniform among 0 … n − 1} */
    int below(int n) {
        return (int) (uniform() * n);
    }

    /** {@return standard normal, by the polar method (Marsaglia &amp; Bray 1964, SIAM Review 6, 260–264)} */
    double gaussian() {
        if (!Double.isNaN(spare)) {
            double result = spare;
            spare = Double.NaN;
            return result;
        }
        double u;
        double v;
        double square;
        do {
            u = 2 * uniform() - 1;
            v = 2 * uniform() - 1;
            square = u * u + v * v;
        } while (square >= 1 || square == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spare = v * factor;
        return u * factor;
    }

    /**
     * {@return gamma with this shape and scale 1} Marsaglia &amp; Tsang (2000), ACM Transactions on Mathematical Software
     * 26(3), 363–372; below shape 1 by their note 8.
     */
    double gamma(double shape) {
        if (shape < 1) {
            double grown = gamma(shape + 1);
            return grown * StrictMath.pow(1 - uniform(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = gaussian();
            double t = 1 + c * x;
            double v = t * t * t;
            if (v > 0 && StrictMath.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }

    /** Fills with proportions that sum to one, Dirichlet with this concentration for each. */
    void dirichlet(double concentration, double[] into, int from, int n) {
        double sum = 0;
        while (!(sum > 0)) { // a small concentration may underflow in every part
            sum = 0;
            for (int i = from; i < from + n; i++) {
                into[i] = gamma(concentration);
                sum += into[i];
            }
        }
        for (int i = from; i < from + n; i++) {
            into[i] /= sum;
        }
    }

    /**
     * {@return Poisson} Inversion for small means, otherwise the transformed rejection PTRS of Hörmann (1993), Insurance:
     * Mathematics and Economics 12, 39–45.
     *
     * @param mean from 0 to 10⁹
     */
    int poisson(double mean) {
        return mean < INVERSION_BELOW ? poissonByInversion(mean) : poissonByRejection(mean);
    }

    private int poissonByInversion(double mean) {
        double none = StrictMath.exp(-mean);
        while (true) {
            double left = uniform();
            double p = none;
            for (int k = 0; p > 0; ) {
                if (left < p) {
                    return k;
                }
                left -= p;
                k++;
                p *= mean / k;
            }
            // The terms, rounded, ended short of the draw, about once in 10¹⁵: draw again.
        }
    }

    private int poissonByRejection(double mean) {
        double b = 0.931 + 2.53 * StrictMath.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double accepted = 0.9277 - 3.6224 / (b - 2);
        double logMean = StrictMath.log(mean);
        while (true) {
            double u = uniform() - 0.5;
            double v = 1 - uniform();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= accepted) {
                return (int) k;
            }
            if (k < 0 || us < 0.013 && v > us) {
                continue;
            }
            double bound = StrictMath.log(v * inverseAlpha / (a / (us * us) + b));
            if (bound <= k * logMean - mean - logFactorial(k)) {
                return (int) k;
            }
        }
    }

    private static double logFactorial(double k) {
        if (k < STIRLING_FROM) {
            return LOG_FACTORIALS[(int) k];
        }
        double inverse = 1 / k;
        double square = inverse * inverse;
        return (k + 0.5) * StrictMath.log(k)
                - k
                + 0.5 * StrictMath.log(2 * Math.PI)
                + inverse * (1.0 / 12 - square * (1.0 / 360 - square / 1260));
    }
}
