package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Parameter;
import java.util.List;

/**
 * Counts that vary more than Poisson's, variance y + y²/θ: the divergence of the negative binomial distribution of size θ,
 * d(x, y) = x·log(x/y) + (x + θ)·log((y + θ)/(x + θ)).
 *
 * <p>Up to what depends on x alone it is minus the log-likelihood, −x·log y + (x + θ)·log(y + θ); as θ grows it becomes
 * {@link KullbackLeibler}. Its derivative is P − N with P = (x + θ)/(y + θ), which never rises with y, so growth 0, and
 * N = x/y, decay 1; the update without penalties is that of Gouvert, Oberlin &amp; Févotte 2020, Negative binomial matrix
 * factorization, IEEE Signal Processing Letters 27, 815–819. x = 0 is in the domain, with d(0, y) = θ·log(1 + y/θ).
 *
 * <p>Not convex in y: it bends down where y is well above x.
 *
 * @param size θ, in the scale being fitted, from 1e-100 to 1e100; the inverse of the overdispersion
 */
@AutoService(Loss.class)
public record NegativeBinomial(double size) implements Loss {
    private static final Parameter SIZE = new Parameter(
            "size",
            Parameter.Kind.NUMBER,
            "10",
            "inverse overdispersion, above 0: the variance is y + y^2/size; large is kullback-leibler");
    private static final double STANDARD = 10;

    /** θ = 10. */
    public NegativeBinomial() {
        this(STANDARD);
    }

    /** Refuses a θ out of range. */
    public NegativeBinomial {
        Range.MODERATE.require("negative-binomial: size", size);
    }

    @Override
    public String name() {
        return "negative-binomial";
    }

    @Override
    public String summary() {
        return "counts more variable than Poisson's, not convex: x log(x/y) + (x + size) log((y + size)/(x + size))";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SIZE);
    }

    @Override
    public Loss with(Arguments values) {
        return new NegativeBinomial(values.checkedAgainst(name(), parameters()).number(SIZE.name(), size));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(SIZE.name(), size);
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
    public Negative negative() {
        return Negative.RATIO;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        double t = size;
        for (int i = 0; i < n; i++) {
            double xi = x[i];
            double yi = y[i];
            negative[i] = xi / yi;
            positive[i] = (xi + t) / (yi + t);
        }
    }

    /** (x + θ)·log(1 + y/θ) − x·log y: written so, a large θ cancels nothing. */
    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        double[] sum = new double[n];
        for (int i = 0; i < n; i++) {
            sum[i] = 1 + y[i] / size;
        }
        math.log(n, sum, sum);
        math.log(n, y, into);
        for (int i = 0; i < n; i++) {
            double fall = x[i] > 0 ? x[i] * into[i] : 0.0;
            into[i] = (x[i] + size) * Log1p.of(y[i] / size, sum[i]) - fall;
        }
    }

    @Override
    public void constant(int n, double[] x, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            into[i] = x[i] > 0 ? x[i] * Math.log(x[i]) - (x[i] + size) * Math.log1p(x[i] / size) : 0.0;
        }
    }
}
