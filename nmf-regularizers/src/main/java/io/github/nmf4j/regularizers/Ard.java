package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.List;

/**
 * Automatic relevance determination, Σ over components of log(s + b) with s = ½‖w‖² + ½‖h‖², or s = ‖w‖₁ + ‖h‖₁: components
 * that explain little vanish from both factors, so a rank that is too high costs nothing.
 *
 * <p>Tan &amp; Févotte 2013, Automatic relevance determination in nonnegative matrix factorization with the β-divergence, IEEE
 * TPAMI 35(7), 1592–1605: their objective with the relevances λ at their minimizers, (s + b)/c. In their terms the weight here
 * is φ·c, where φ is the dispersion of the noise (1 for counts under Kullback–Leibler) and c = n + p + a + 1 for l1 and
 * (n + p)/2 + a + 1 for l2, W being n × k and H k × p; they find b by a moment of the data.
 *
 * <p>It reads both factors and counts once, on the factor that it is given for. The logarithm is concave, so with s̄ at the
 * current point log(s + b) ≤ log(s̄ + b) + (s − s̄)/(s̄ + b): in the update of either factor, the other held, q grows by
 * 1/(s̄ + b) for l2, and l for l1.
 *
 * @param norm which s
 * @param b above 0, in the scale of s: components well below it are all alike to the penalty
 */
@AutoService(Regularizer.class)
public record Ard(Norm norm, double b) implements Regularizer {
    /** What measures a component. */
    public enum Norm {
        /** Sums of entries, an exponential prior; prunes within components as well. */
        L1,
        /** Half sums of squares, a half-normal prior. */
        L2
    }

    private static final Parameter NORM = new Parameter(
            "norm", Parameter.Kind.CHOICE, Choices.word(Norm.L1), "l1 (sums of entries) or l2 (half sums of squares)");
    private static final double STANDARD_B = 1.0;
    private static final Parameter B = new Parameter(
            "b",
            Parameter.Kind.NUMBER,
            Double.toString(STANDARD_B),
            "added to a component's size, above 0; well below it a component is dead");

    /** Refuses a b that is not positive and finite. */
    public Ard {
        Positive.requireWithSquare("ard: b", b);
    }

    /** Of sums, b = 1. */
    public Ard() {
        this(Norm.L1, STANDARD_B);
    }

    @Override
    public String name() {
        return "ard";
    }

    @Override
    public String summary() {
        return "prunes components in both factors, not convex: the sum over components of log(size of w and h + b)";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(NORM, B);
    }

    @Override
    public Ard with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new Ard(
                Choices.parse("ard: norm", Norm.class, values.choice(NORM.name(), Choices.word(Norm.L1))),
                values.number(B.name(), STANDARD_B));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(NORM.name(), Choices.word(norm)).and(B.name(), b);
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
        return false;
    }

    /** The same for both factors, which may change places. */
    @Override
    public Term at(FactorView now) {
        double[] size = norm == Norm.L1 ? ComponentSums.ofEntries(now) : ComponentSums.ofSquares(now);
        double[] other = norm == Norm.L1 ? ComponentSums.ofEntries(now.other()) : ComponentSums.ofSquares(now.other());
        double share = norm == Norm.L1 ? 1.0 : 0.5;
        for (int c = 0; c < size.length; c++) {
            size[c] = share * (size[c] + other[c]) + b;
        }
        return new Tangent(norm, size);
    }

    /** @param size s + b, a component each */
    private record Tangent(Norm norm, double[] size) implements Term {
        @Override
        public void value(Surrogate block, double[] shares) {
            for (int c = 0; c < size.length && ComponentSums.carriesTheWhole(block); c++) {
                shares[c] += Math.log(size[c]);
            }
        }

        @Override
        public void majorize(Surrogate block) {
            for (int c = 0; c < size.length; c++) {
                double slope = 1 / size[c];
                double[] plane = norm == Norm.L1 ? block.linear(c) : block.quadratic(c);
                for (int j = 0; j < block.count(); j++) {
                    plane[j] += slope;
                }
            }
        }
    }
}
