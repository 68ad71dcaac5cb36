package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;

/**
 * The squared Hellinger distance, (√x − √y)²: counts whose roots have noise of one size; outliers count less than under
 * {@link KullbackLeibler}.
 *
 * <p>It is {@link AlphaDivergence} at α = ½, and half of Amari's α-divergence there. Its derivative is P − N with P = 1 and
 * N = √(x/y): growth 0, decay ½. Convex.
 */
@AutoService(Loss.class)
public record Hellinger() implements Loss {
    @Override
    public String name() {
        return "hellinger";
    }

    @Override
    public String summary() {
        return "noise of one size after a square root: (sqrt x - sqrt y)^2";
    }

    @Override
    public double growth() {
        return 0;
    }

    @Override
    public double decay() {
        return 0.5;
    }

    @Override
    public Positive positive() {
        return Positive.ONE;
    }

    @Override
    public Negative negative() {
        return Negative.ZERO_AT_ZERO;
    }

    @Override
    public OnZeros onZeros() {
        return OnZeros.LINEAR;
    }

    @Override
    public boolean powers() {
        return true;
    }

    @Override
    public boolean convex() {
        return true;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        for (int i = 0; i < n; i++) {
            negative[i] = Math.sqrt(x[i] / y[i]);
        }
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            into[i] = y[i] - 2 * Math.sqrt(x[i]) * Math.sqrt(y[i]);
        }
    }

    @Override
    public void constant(int n, double[] x, double[] into, Elementary math) {
        System.arraycopy(x, 0, into, 0, n);
    }

    @Override
    public boolean hasCurvature() {
        return true;
    }

    @Override
    public void curvature(int n, double[] x, double[] y, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            into[i] = 0.5 * Math.sqrt(x[i] / y[i]) / y[i];
        }
    }
}
