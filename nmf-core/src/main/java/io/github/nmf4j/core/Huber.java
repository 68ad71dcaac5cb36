package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Parameter;
import java.util.List;

/**
 * The Huber loss of the residual t = x − y: ½t² up to |t| = δ, δ·|t| − ½δ² beyond. Gaussian noise with outliers.
 *
 * <p>Huber (1964), Annals of Mathematical Statistics 35(1), 73–101. It is ρ(t) with ρ(√·) concave, hence bounded by the
 * parabola that touches it at the current residual t̄,
 *
 * <pre>  ρ(t) ≤ ρ(t̄) + ½ω·(t² − t̄²),   ω = ρ′(t̄)/t̄ = min(1, δ/|t̄|)</pre>
 *
 * <p>the half-quadratic, or iteratively reweighted, majorizer (Geman &amp; Reynolds 1992, IEEE TPAMI 14(3), 367–383; Hunter
 * &amp; Lange 2004, American Statistician 58(1), 30–37). As ½(t² − t̄²) = ½(y² − ȳ²) − x·(y − ȳ), that is P = ω·y with growth 1
 * and N = ω·x with decay 0.
 *
 * <p>Convex. It says nothing of a second derivative, which is 0 for outliers: a Newton step would have no length.
 *
 * @param delta δ, in the scale being fitted, from 1e-100 to 1e100; {@link Euclidean} is the limit of a large one
 */
@AutoService(Loss.class)
public record Huber(double delta) implements Loss {
    private static final Parameter DELTA = new Parameter(
            "delta", Parameter.Kind.NUMBER, "1", "residuals beyond it count as outliers; in the scale of x, above 0");

    /** δ = 1. */
    public Huber() {
        this(1);
    }

    /** Refuses a δ out of range. */
    public Huber {
        Range.MODERATE.require("huber: delta", delta);
    }

    @Override
    public String name() {
        return "huber";
    }

    @Override
    public String summary() {
        return "noise of one size with outliers: (x - y)^2 / 2, linear beyond delta";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(DELTA);
    }

    @Override
    public Loss with(Arguments values) {
        return new Huber(values.checkedAgainst(name(), parameters()).number(DELTA.name(), delta));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(DELTA.name(), delta);
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
    public boolean convex() {
        return true;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        double d = delta;
        for (int i = 0; i < n; i++) {
            double xi = x[i];
            double yi = y[i];
            double weight = d / Math.max(d, Math.abs(xi - yi));
            negative[i] = weight * xi;
            positive[i] = weight * yi;
        }
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        double d = delta;
        for (int i = 0; i < n; i++) {
            double t = Math.abs(x[i] - y[i]);
            double m = Math.min(t, d);
            into[i] = m * (t - 0.5 * m);
        }
    }
}
