package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;

/** d(x, y) = x/y + log y + constant: positive data, an exponent beyond 1, not convex. */
class PlainItakuraSaito implements Loss {
    @Override
    public String name() {
        return "plain-itakura-saito";
    }

    @Override
    public double growth() {
        return 0;
    }

    @Override
    public double decay() {
        return 2;
    }

    @Override
    public boolean allowsZero() {
        return false;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        for (int i = 0; i < n; i++) {
            positive[i] = 1 / y[i];
            negative[i] = x[i] / (y[i] * y[i]);
        }
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        math.log(n, y, into);
        for (int i = 0; i < n; i++) {
            into[i] += x[i] / y[i];
        }
    }

    @Override
    public void constant(int n, double[] x, double[] into, Elementary math) {
        math.log(n, x, into);
        for (int i = 0; i < n; i++) {
            into[i] = -into[i] - 1;
        }
    }
}
