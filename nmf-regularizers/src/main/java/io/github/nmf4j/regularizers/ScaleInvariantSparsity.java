package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.List;

/**
 * Sparsity of what each entry contributes, not of the entry: Σ z, or Σ log(1 + z/ε), of z = h·‖w‖₁, where ‖w‖₁ is the sum of
 * the entry's component in the other factor. Multiplying a component in one factor and dividing it in the other changes
 * nothing, so no constraint on the other factor is needed to keep the penalty from fading.
 *
 * <p>Marmin, Goulart &amp; Févotte 2023, Majorization-minimization for sparse nonnegative matrix factorization with the
 * β-divergence, IEEE Transactions on Signal Processing 71, 1435–1447, where both forms come from ‖w‖₁ = 1 by a change of
 * variables.
 *
 * <p>Without a dictionary Σ z is Σ Y, the sum of the model. Under Kullback–Leibler a weight λ on it divides the model by
 * 1 + λ and does nothing else; there the logarithm is what sparsifies.
 *
 * <p>It reads both factors. In the update of the factor that it is given for, ‖w‖₁ is a number s: z = s·h is linear, l grows by
 * s; the logarithm is concave and bounded by its tangent, l grows by s/(ε + s·h̄). In the update of the other one z is linear
 * in s = Σ w: l grows by Σ h, or by the slope Σ h/(ε + s̄·h) of a concave function of s.
 *
 * @param form of the cost of z
 * @param epsilon ε &gt; 0, in the scale of the model; the linear form does not use it
 */
@AutoService(Regularizer.class)
public record ScaleInvariantSparsity(Form form, double epsilon) implements Regularizer {
    /** What a contribution costs. */
    public enum Form {
        /** Its size. Convex in either factor. */
        L1,
        /** The logarithm of its size. Not convex. */
        LOG
    }

    private static final String NAME = "scale-invariant-sparsity";
    private static final Parameter FORM = new Parameter(
            "form",
            Parameter.Kind.CHOICE,
            Choices.word(Form.L1),
            "l1, or log, which also sparsifies under kullback-leibler");
    private static final double STANDARD_EPSILON = 1.0;
    private static final Parameter EPSILON = new Parameter(
            "epsilon",
            Parameter.Kind.NUMBER,
            Double.toString(STANDARD_EPSILON),
            "of log: contributions well below it are all alike, above 0");

    /** Refuses an ε that is not positive and finite. */
    public ScaleInvariantSparsity {
        Positive.requireWithSquare(NAME + ": epsilon", epsilon);
    }

    /** Of sizes. */
    public ScaleInvariantSparsity() {
        this(Form.L1, STANDARD_EPSILON);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "sparsity that no rescaling of components escapes: entries times the sum of their component in the other factor";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(FORM, EPSILON);
    }

    @Override
    public ScaleInvariantSparsity with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new ScaleInvariantSparsity(
                Choices.parse(NAME + ": form", Form.class, values.choice(FORM.name(), Choices.word(Form.L1))),
                values.number(EPSILON.name(), STANDARD_EPSILON));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(FORM.name(), Choices.word(form)).and(EPSILON.name(), epsilon);
    }

    @Override
    public Reads reads() {
        return Reads.BOTH_FACTORS;
    }

    @Override
    public boolean separatesComponents() {
        return true;
    }

    @Override
    public boolean convex() {
        return form == Form.L1;
    }

    @Override
    public Term at(FactorView now) {
        double[] sums = ComponentSums.ofEntries(now.other());
        return form == Form.L1 ? new Linear(sums) : new Contributions(sums, epsilon);
    }

    @Override
    public Term atOther(FactorView now) {
        return form == Form.L1
                ? new Linear(ComponentSums.ofEntries(now.other()))
                : new Total(ComponentSums.ofEntries(now), now.other(), epsilon);
    }

    /** Σ slope·f: the l1 form on either side. */
    private record Linear(double[] slope) implements Term {
        @Override
        public void value(Surrogate block, double[] shares) {
            for (int c = 0; c < slope.length; c++) {
                double[] f = block.at(c);
                double sum = 0.0;
                for (int j = 0; j < block.count(); j++) {
                    sum += f[j];
                }
                shares[c] += slope[c] * sum;
            }
        }

        @Override
        public void majorize(Surrogate block) {
            for (int c = 0; c < slope.length; c++) {
                double[] l = block.linear(c);
                for (int j = 0; j < block.count(); j++) {
                    l[j] += slope[c];
                }
            }
        }
    }

    /** Σ log(1 + s·h/ε) with s held. */
    private record Contributions(double[] sums, double epsilon) implements Term {
        @Override
        public void value(Surrogate block, double[] shares) {
            for (int c = 0; c < sums.length; c++) {
                double[] h = block.at(c);
                double sum = 0.0;
                for (int j = 0; j < block.count(); j++) {
                    sum += Math.log1p(sums[c] * h[j] / epsilon);
                }
                shares[c] += sum;
            }
        }

        @Override
        public void majorize(Surrogate block) {
            for (int c = 0; c < sums.length; c++) {
                double s = sums[c];
                double[] h = block.at(c);
                double[] l = block.linear(c);
                for (int j = 0; j < block.count(); j++) {
                    l[j] += s / (epsilon + s * h[j]);
                }
            }
        }
    }

    /** The same with h held, as a function of s = Σ w alone. */
    private static final class Total implements Term {
        private final double[] sums;
        private final FactorView held;
        private final double epsilon;
        private final double[] slopes;

        Total(double[] sums, FactorView held, double epsilon) {
            this.sums = sums;
            this.held = held;
            this.epsilon = epsilon;
            this.slopes = new double[sums.length];
            for (int c = 0; c < sums.length; c++) {
                for (int j = 0; j < held.vectors(); j++) {
                    double h = held.get(c, j);
                    slopes[c] += h / (epsilon + sums[c] * h);
                }
            }
        }

        @Override
        public void value(Surrogate block, double[] shares) {
            for (int c = 0; c < sums.length && ComponentSums.carriesTheWhole(block); c++) {
                double sum = 0.0;
                for (int j = 0; j < held.vectors(); j++) {
                    sum += Math.log1p(sums[c] * held.get(c, j) / epsilon);
                }
                shares[c] += sum;
            }
        }

        @Override
        public void majorize(Surrogate block) {
            new Linear(slopes).majorize(block);
        }
    }
}
