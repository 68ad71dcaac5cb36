package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;

/** d(x, y) = y − x·log y + constant, as plain as can be. */
class PlainKullbackLeibler implements Loss {
    @Override
    public String name() {
        return "plain-kullback-leibler";
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
    public boolean hasCurvature() {
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
            into[i] = x[i] == 0 ? y[i] : y[i] - x[i] * into[i];
        }
    }

    @Override
    public void constant(int n, double[] x, double[] into, Elementary math) {
        math.log(n, x, into);
        for (int i = 0; i < n; i++) {
            into[i] = x[i] == 0 ? 0 : x[i] * into[i] - x[i];
        }
    }

    @Override
    public void curvature(int n, double[] x, double[] y, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            into[i] = x[i] / (y[i] * y[i]);
        }
    }
}
