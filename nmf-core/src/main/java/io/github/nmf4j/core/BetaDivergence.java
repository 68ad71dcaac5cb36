package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Parameter;
import java.util.List;

/**
 * The β-divergence for any real β: d(x, y) = x^β/(β(β−1)) + y^β/β − x·y^(β−1)/(β−1).
 *
 * <p>β = 2 is {@link Euclidean}, and the limits β → 1 and β → 0 are {@link KullbackLeibler} and {@link ItakuraSaito}, which
 * this becomes there. For β ≤ 1 other than 1 data must be positive (x^β and its slope are not finite at 0). Exponents of the
 * majorizer: Févotte &amp; Idier (2011), Neural Computation 23(9), 2421–2456.
 *
 * @param beta finite
 */
@AutoService(Loss.class)
public record BetaDivergence(double beta) implements Loss {
    private static final Parameter BETA = new Parameter(
            "beta", Parameter.Kind.NUMBER, "1.5", "0 itakura-saito, 1 kullback-leibler, 2 euclidean; any number");
    private static final double STANDARD = 1.5;

    /** β = 1.5, halfway between Poisson and Gaussian noise. */
    public BetaDivergence() {
        this(STANDARD);
    }

    /** Refuses a β that is not finite. */
    public BetaDivergence {
        if (!Double.isFinite(beta)) {
            throw new InvalidInputException("beta: beta must be finite: " + beta);
        }
    }

    /** The loss this is, where β names one; null elsewhere. */
    private Loss named() {
        if (beta == 0) {
            return new ItakuraSaito();
        }
        if (beta == 1) {
            return new KullbackLeibler();
        }
        return beta == 2 ? new Euclidean() : null;
    }

    /** Whether β is so close to a limit that terms of size 1/(β − limit) cancel. */
    private boolean near(double limit) {
        return Math.abs(beta - limit) < 1e-3;
    }

    /** (y^s − 1)/s, which tends to log y as s tends to 0; at y = 0, where s &gt; 0, −1/s. */
    static double deformedLog(double s, double y) {
        return Math.expm1(s * Math.log(y)) / s;
    }

    @Override
    public String name() {
        return "beta";
    }

    @Override
    public String summary() {
        return "from itakura-saito over kullback-leibler to euclidean, and beyond";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(BETA);
    }

    @Override
    public Loss with(Arguments values) {
        return new BetaDivergence(values.checkedAgainst(name(), parameters()).number(BETA.name(), beta));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(BETA.name(), beta);
    }

    @Override
    public double growth() {
        return Math.max(beta - 1, 0);
    }

    @Override
    public double decay() {
        return Math.max(2 - beta, 0);
    }

    @Override
    public Positive positive() {
        return beta == 1 ? Positive.ONE : beta == 2 ? Positive.MODEL : Positive.COMPUTED;
    }

    @Override
    public Negative negative() {
        return beta == 1 ? Negative.RATIO : beta == 2 ? Negative.DATA : Negative.ZERO_AT_ZERO;
    }

    @Override
    public OnZeros onZeros() {
        return beta == 1 ? OnZeros.LINEAR : beta == 2 ? OnZeros.HALF_SQUARE : OnZeros.COMPUTED;
    }

    @Override
    public boolean powers() {
        return convex();
    }

    @Override
    public boolean convex() {
        return beta >= 1 && beta <= 2;
    }

    @Override
    public boolean allowsZero() {
        return beta > 0;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        if (named() != null) {
            named().split(n, x, y, negative, positive, math);
            return;
        }
        math.pow(n, y, beta - 1, positive);
        for (int i = 0; i < n; i++) {
            negative[i] = x[i] * positive[i] / y[i];
        }
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        if (named() != null) {
            named().value(n, x, y, into, math);
            return;
        }
        if (near(1)) {
            for (int i = 0; i < n; i++) {
                into[i] = Math.pow(y[i], beta) / beta - x[i] * deformedLog(beta - 1, y[i]);
            }
            return;
        }
        if (near(0)) {
            for (int i = 0; i < n; i++) {
                into[i] = deformedLog(beta, y[i]) - x[i] * Math.pow(y[i], beta - 1) / (beta - 1);
            }
            return;
        }
        math.pow(n, y, beta - 1, into);
        for (int i = 0; i < n; i++) {
            into[i] *= y[i] / beta - x[i] / (beta - 1);
        }
    }

    @Override
    public void constant(int n, double[] x, double[] into, Elementary math) {
        if (named() != null) {
            named().constant(n, x, into, math);
            return;
        }
        if (near(1)) {
            for (int i = 0; i < n; i++) {
                into[i] = x[i] > 0 ? x[i] * (deformedLog(beta - 1, x[i]) - 1) / beta : 0.0;
            }
            return;
        }
        if (near(0)) {
            for (int i = 0; i < n; i++) {
                into[i] = (deformedLog(beta, x[i]) + 1) / (beta - 1);
            }
            return;
        }
        math.pow(n, x, beta, into);
        for (int i = 0; i < n; i++) {
            into[i] /= beta * (beta - 1);
        }
    }

    @Override
    public boolean hasCurvature() {
        return convex();
    }

    @Override
    public void curvature(int n, double[] x, double[] y, double[] into, Elementary math) {
        math.pow(n, y, beta - 3, into);
        for (int i = 0; i < n; i++) {
            into[i] *= (beta - 1) * y[i] + (2 - beta) * x[i];
        }
    }
}
