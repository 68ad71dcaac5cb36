package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;

/** ½(x − y)², expanded, so that the part of the data alone is a constant. */
class PlainEuclidean implements Loss {
    @Override
    public String name() {
        return "plain-euclidean";
    }

    @Override
    public double growth() {
        return 1;
    }

    @Override
    public double decay() {
        return 0;
    }

    @Override
    public Positive positive() {
        return Positive.MODEL;
    }

    @Override
    public Negative negative() {
        return Negative.DATA;
    }

    @Override
    public OnZeros onZeros() {
        return OnZeros.HALF_SQUARE;
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
        System.arraycopy(x, 0, negative, 0, n);
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            into[i] = y[i] * (0.5 * y[i] - x[i]);
        }
    }

    @Override
    public void constant(int n, double[] x, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            into[i] = 0.5 * x[i] * x[i];
        }
    }

    @Override
    public void curvature(int n, double[] x, double[] y, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            into[i] = 1;
        }
    }
}
