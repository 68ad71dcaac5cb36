package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;

/**
 * The Itakura–Saito divergence d(x, y) = x/y − log(x/y) − 1: multiplicative (gamma) noise; needs x &gt; 0.
 *
 * <p>Févotte, Bertin &amp; Durrieu (2009), Neural Computation 21(3), 793–830.
 */
@AutoService(Loss.class)
public record ItakuraSaito() implements Loss {
    @Override
    public String name() {
        return "itakura-saito";
    }

    @Override
    public String summary() {
        return "noise in proportion to the data, as in audio power; needs x > 0: x/y - log(x/y) - 1";
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
    public Negative negative() {
        return Negative.ZERO_AT_ZERO;
    }

    @Override
    public boolean allowsZero() {
        return false;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        for (int i = 0; i < n; i++) {
            double inverse = 1 / y[i];
            positive[i] = inverse;
            negative[i] = x[i] * inverse * inverse;
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
