package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;

/**
 * The generalised Kullback–Leibler divergence d(x, y) = x·log(x/y) − x + y: the likelihood of Poisson counts.
 *
 * <p>0·log 0 is 0. Its update without penalties is the multiplicative one of Lee &amp; Seung (2001), NIPS 13, 556–562, which
 * is also the EM algorithm of Richardson (1972) and Lucy (1974).
 */
@AutoService(Loss.class)
public record KullbackLeibler() implements Loss {
    @Override
    public String name() {
        return "kullback-leibler";
    }

    @Override
    public String summary() {
        return "counts with Poisson noise: x log(x/y) - x + y";
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
    public Positive positive() {
        return Positive.ONE;
    }

    @Override
    public Negative negative() {
        return Negative.RATIO;
    }

    @Override
    public OnZeros onZeros() {
        return OnZeros.LINEAR;
    }

    @Override
    public boolean convex() {
        return true;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        for (int i = 0; i < n; i++) {
            negative[i] = x[i] / y[i];
        }
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        math.log(n, y, into);
        for (int i = 0; i < n; i++) {
            into[i] = y[i] - x[i] * into[i];
        }
    }

    @Override
    public void constant(int n, double[] x, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            // exact: x·log x is 0 at 0 whatever finite logarithm stands there, and below MIN_NORMAL too small to be
            // seen
            into[i] = Math.max(x[i], Double.MIN_NORMAL);
        }
        math.log(n, into, into);
        for (int i = 0; i < n; i++) {
            into[i] = x[i] * into[i] - x[i];
        }
    }

    @Override
    public boolean hasCurvature() {
        return true;
    }

    @Override
    public void curvature(int n, double[] x, double[] y, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            into[i] = x[i] / (y[i] * y[i]);
        }
    }
}
