package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;

/**
 * Presence and absence, x from 0 to 1, where the model y is the odds: P(x = 1) = y/(1 + y). The value is the
 * Kullback–Leibler divergence between the two Bernoulli distributions, log(1 + y) − x·log y + x·log x + (1 − x)·log(1 − x).
 *
 * <p>Least, and 0, at y = x/(1 − x), not at y = x. Its derivative is P − N with P = 1/(1 + y), which never rises with y, so
 * growth 0, and N = x/y, decay 1: a majorizer by {@link Loss}'s rule. Odds rather than the logit keep y ≥ 0 a sum of parts:
 * Hong, Kolda &amp; Duersch 2020, Generalized canonical polyadic tensor decomposition, SIAM Review 62(1), 133–163.
 *
 * <p>Not convex in y: at x = 0 it is log(1 + y). Where x = 1 it falls without end, if ever slower: a row or column of ones
 * drives factors up for as long as a fit lasts, which a ridge or a box ends. Data must not be scaled.
 */
@AutoService(Loss.class)
public record BernoulliOdds() implements Loss {
    @Override
    public String name() {
        return "bernoulli-odds";
    }

    @Override
    public String summary() {
        return "x from 0 to 1 (absent, present), y the odds of present, not convex: log(1 + y) - x log y";
    }

    @Override
    public double growth() {
        return 0;
    }

    @Override
    public double decay() {
        return 1;
    }

    @Override
    public Negative negative() {
        return Negative.RATIO;
    }

    @Override
    public double largest() {
        return 1;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        for (int i = 0; i < n; i++) {
            double yi = y[i];
            negative[i] = x[i] / yi;
            positive[i] = 1 / (1 + yi);
        }
    }

    /** log(1 + y) − x·log y, for large y as (1 − x)·log y + log(1 + 1/y), in which nothing cancels. */
    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        double[] sum = new double[n];
        for (int i = 0; i < n; i++) {
            sum[i] = 1 + Math.min(y[i], 1 / y[i]);
        }
        math.log(n, sum, sum);
        math.log(n, y, into);
        for (int i = 0; i < n; i++) {
            double rest = Log1p.of(Math.min(y[i], 1 / y[i]), sum[i]);
            double share = y[i] > 1 ? 1 - x[i] : -x[i];
            into[i] = rest + (share == 0 ? 0.0 : share * into[i]);
        }
    }

    @Override
    public void constant(int n, double[] x, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            into[i] = entropy(x[i]) + entropy(1 - x[i]);
        }
    }

    private static double entropy(double p) {
        return p > 0 ? p * Math.log(p) : 0.0;
    }
}
