package io.github.nmf4j.bench;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;

/**
 * Kullback–Leibler as a user would write it: loops over spans, no promise, so that no road but the general one is open to it.
 */
public class CustomKullbackLeibler implements Loss {
    /** For {@code ServiceLoader}. */
    public CustomKullbackLeibler() {}

    @Override
    public String name() {
        return "custom";
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
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        for (int i = 0; i < n; i++) {
            negative[i] = x[i] / y[i];
            positive[i] = 1;
        }
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        math.log(n, y, into);
        for (int i = 0; i < n; i++) {
            into[i] = y[i] - x[i] * into[i];
        }
    }

    /** The same with every promise that it can make. */
    public static final class Promising extends CustomKullbackLeibler {
        /** For {@code ServiceLoader}. */
        public Promising() {}

        @Override
        public String name() {
            return "custom-promising";
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
    }
}
