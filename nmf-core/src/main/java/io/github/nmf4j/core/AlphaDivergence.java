package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Parameter;
import java.util.Arrays;
import java.util.List;

/**
 * |α| times Amari's α-divergence, d(x, y) = |α|·(x^α·y^(1−α) − α·x + (α − 1)·y)/(α·(α − 1)).
 *
 * <p>With the factor |α| α = 2 is Pearson's (x − y)²/y, α = 1 {@link KullbackLeibler} (the limit, which this becomes), α = ½
 * {@link Hellinger}, α = −1 Neyman's (x − y)²/x; and d(0, y) = y for every α &gt; 0, so that zeros of sparse data need no visit.
 * The larger α, the more it costs that the model is small where the data are not.
 *
 * <p>For α &gt; 0 the derivative is P − N with P = 1 and N = (x/y)^α: growth 0, decay α. For α &lt; 0 it is P = (y/x)^|α| and
 * N = 1: growth |α|, decay 0, and data must be positive. Both parts are powers of y, so the scalar majorizer of {@link Loss}
 * is the loss itself, and the update without penalties is that of Cichocki, Lee, Kim &amp; Choi 2008, Non-negative matrix
 * factorization with α-divergence, Pattern Recognition Letters 29(9), 1433–1440. Convex for every α.
 *
 * <p>|α| must lie between 0.1 and 10: the update's exponent is 1/|α|, which a small |α| makes violent and a large one slow,
 * and α = 0, the divergence the other way round, has a logarithm for a derivative, which is no power.
 *
 * @param alpha from −10 to −0.1 or from 0.1 to 10
 */
@AutoService(Loss.class)
public record AlphaDivergence(double alpha) implements Loss {
    private static final Range SIZE = new Range(0.1, 10);
    private static final Parameter ALPHA = new Parameter(
            "alpha",
            Parameter.Kind.NUMBER,
            "2",
            "-1 Neyman, 0.5 hellinger, 1 kullback-leibler, 2 Pearson; 0.1 to 10, or its negative for data above 0");
    private static final double STANDARD = 2;

    /** α = 2, Pearson's χ². */
    public AlphaDivergence() {
        this(STANDARD);
    }

    /** Refuses an α out of range. */
    public AlphaDivergence {
        double size = Math.abs(alpha);
        if (!(size >= SIZE.least() && size <= SIZE.most())) {
            throw new InvalidInputException("alpha: alpha must lie between " + SIZE.least() + " and " + SIZE.most()
                    + ", or between " + -SIZE.most() + " and " + -SIZE.least() + ": " + alpha);
        }
    }

    /** The loss this is, where α names one; null elsewhere. */
    private Loss named() {
        return alpha == 1 ? new KullbackLeibler() : alpha == 0.5 ? new Hellinger() : null;
    }

    /** Whether terms of size 1/(α − 1) cancel. */
    private boolean nearOne() {
        return Math.abs(alpha - 1) < 1e-3;
    }

    @Override
    public String name() {
        return "alpha";
    }

    @Override
    public String summary() {
        return "from Neyman's over hellinger and kullback-leibler to Pearson's (x - y)^2 / y, and beyond";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(ALPHA);
    }

    @Override
    public Loss with(Arguments values) {
        return new AlphaDivergence(values.checkedAgainst(name(), parameters()).number(ALPHA.name(), alpha));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(ALPHA.name(), alpha);
    }

    @Override
    public double growth() {
        return Math.max(-alpha, 0);
    }

    @Override
    public double decay() {
        return Math.max(alpha, 0);
    }

    @Override
    public Positive positive() {
        return alpha > 0 ? Positive.ONE : Positive.COMPUTED;
    }

    @Override
    public Negative negative() {
        return alpha == 1 ? Negative.RATIO : alpha > 0 ? Negative.ZERO_AT_ZERO : Negative.COMPUTED;
    }

    @Override
    public OnZeros onZeros() {
        return alpha > 0 ? OnZeros.LINEAR : OnZeros.COMPUTED;
    }

    @Override
    public boolean powers() {
        return alpha > 0;
    }

    @Override
    public boolean convex() {
        return true;
    }

    @Override
    public boolean allowsZero() {
        return alpha > 0;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        if (named() != null) {
            named().split(n, x, y, negative, positive, math);
        } else if (alpha > 0) {
            power(n, x, y, negative, math);
        } else {
            Arrays.fill(negative, 0, n, 1.0);
            power(n, y, x, positive, math);
        }
    }

    /** (a/b)^|α|. */
    private void power(int n, double[] a, double[] b, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            into[i] = a[i] / b[i];
        }
        math.pow(n, into, Math.abs(alpha), into);
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        if (named() != null) {
            named().value(n, x, y, into, math);
        } else if (nearOne()) {
            for (int i = 0; i < n; i++) {
                double fall = x[i] > 0 ? Math.pow(x[i], alpha) * BetaDivergence.deformedLog(1 - alpha, y[i]) : 0.0;
                into[i] = y[i] - fall;
            }
        } else if (alpha > 0) {
            power(n, x, y, into, math);
            for (int i = 0; i < n; i++) {
                into[i] = y[i] * (into[i] / (alpha - 1) + 1);
            }
        } else {
            power(n, y, x, into, math);
            for (int i = 0; i < n; i++) {
                into[i] = y[i] * (into[i] / (1 - alpha) - 1);
            }
        }
    }

    @Override
    public void constant(int n, double[] x, double[] into, Elementary math) {
        if (named() != null) {
            named().constant(n, x, into, math);
            return;
        }
        for (int i = 0; i < n; i++) {
            into[i] = nearOne()
                    ? x[i] > 0 ? x[i] * (BetaDivergence.deformedLog(alpha - 1, x[i]) - 1) : 0.0
                    : x[i] * Math.abs(alpha) / (1 - alpha);
        }
    }

    @Override
    public boolean hasCurvature() {
        return true;
    }

    @Override
    public void curvature(int n, double[] x, double[] y, double[] into, Elementary math) {
        if (alpha > 0) {
            power(n, x, y, into, math);
        } else {
            power(n, y, x, into, math);
        }
        double size = Math.abs(alpha);
        for (int i = 0; i < n; i++) {
            into[i] *= size / y[i];
        }
    }
}
