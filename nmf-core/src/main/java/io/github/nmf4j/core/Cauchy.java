package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Parameter;
import java.util.List;

/**
 * The Cauchy loss of the residual t = x − y: ½γ²·log(1 + t²/γ²). Noise with gross outliers, whose pull fades with their size.
 *
 * <p>Up to a factor it is minus the log-likelihood of Student's t: with ν degrees of freedom and scale σ,
 * ½(ν + 1)·log(1 + t²/(νσ²)), so γ = σ·√ν. Small residuals cost ½t², whatever γ. Robust factorisation with it: Guan, Liu,
 * Zhang, Xu &amp; Davis 2019, Truncated Cauchy non-negative matrix factorization, IEEE TPAMI 41(1), 246–259.
 *
 * <p>It is ρ(t) with ρ(√·) concave, hence bounded by a parabola as {@link Huber} is, with ω = ρ′(t̄)/t̄ = 1/(1 + t̄²/γ²):
 * P = ω·y with growth 1, N = ω·x with decay 0.
 *
 * <p>Not convex: beyond |t| = γ it bends down, and what a fit finds depends on its start.
 *
 * @param scale γ, in the scale being fitted, from 1e-100 to 1e100; {@link Euclidean} is the limit of a large one
 */
@AutoService(Loss.class)
public record Cauchy(double scale) implements Loss {
    private static final Parameter SCALE = new Parameter(
            "scale",
            Parameter.Kind.NUMBER,
            "1",
            "residuals well beyond it hardly count; in the scale of x, above 0; sigma * sqrt(nu) of Student's t");

    /** γ = 1. */
    public Cauchy() {
        this(1);
    }

    /** Refuses a γ out of range. */
    public Cauchy {
        Range.MODERATE.require("cauchy: scale", scale);
    }

    @Override
    public String name() {
        return "cauchy";
    }

    @Override
    public String summary() {
        return "noise with gross outliers (Student's t), not convex: scale^2 log(1 + ((x - y)/scale)^2) / 2";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SCALE);
    }

    @Override
    public Loss with(Arguments values) {
        return new Cauchy(values.checkedAgainst(name(), parameters()).number(SCALE.name(), scale));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(SCALE.name(), scale);
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
    public Negative negative() {
        return Negative.ZERO_AT_ZERO;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        double inverse = 1 / scale;
        for (int i = 0; i < n; i++) {
            double xi = x[i];
            double yi = y[i];
            double t = (xi - yi) * inverse;
            double weight = 1 / (1 + t * t);
            negative[i] = weight * xi;
            positive[i] = weight * yi;
        }
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        double inverse = 1 / scale;
        for (int i = 0; i < n; i++) {
            double t = (x[i] - y[i]) * inverse;
            into[i] = 1 + t * t;
        }
        math.log(n, into, into);
        double half = 0.5 * scale * scale;
        for (int i = 0; i < n; i++) {
            double t = (x[i] - y[i]) * inverse;
            into[i] = half * Log1p.of(t * t, into[i]);
        }
    }
}
