package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;
import java.util.Arrays;

/**
 * Half the squared difference, d(x, y) = ½(x − y)²: Gaussian noise of one variance; the sum is ½‖X − Y‖²_F.
 *
 * <p>Its update without penalties is the multiplicative one of Lee &amp; Seung (2001), NIPS 13, 556–562.
 */
@AutoService(Loss.class)
public record Euclidean() implements Loss {
    @Override
    public String name() {
        return "euclidean";
    }

    @Override
    public String summary() {
        return "noise of one size everywhere: (x - y)^2 / 2";
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
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        System.arraycopy(x, 0, negative, 0, n);
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            double t = x[i] - y[i];
            into[i] = 0.5 * t * t;
        }
    }

    @Override
    public boolean hasCurvature() {
        return true;
    }

    @Override
    public void curvature(int n, double[] x, double[] y, double[] into, Elementary math) {
        Arrays.fill(into, 0, n, 1.0);
    }
}
