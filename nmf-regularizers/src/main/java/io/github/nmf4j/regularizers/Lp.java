package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.List;

/**
 * Sum of powers, Σ (h + ε)^p with 0 &lt; p &lt; 1: between {@link L1}, p = 1, and a count of the entries above 0, p = 0.
 *
 * <p>Concave, hence bounded by its tangent: l grows by p·(h̄ + ε)^(p−1), an {@link L1} reweighted (Chartrand &amp; Yin 2008,
 * ICASSP, 3869–3872). With ε = 0 that slope is infinite at 0: an entry that has come down to its lower bound stays there, and
 * a start must not have zeros. A positive ε lets entries return.
 *
 * @param p above 0 and below 1
 * @param epsilon ε ≥ 0, in the scale of the factor
 */
@AutoService(Regularizer.class)
public record Lp(double p, double epsilon) implements Regularizer {
    private static final double STANDARD_P = 0.5;
    private static final double STANDARD_EPSILON = 0.0;
    private static final Parameter P = new Parameter(
            "p", Parameter.Kind.NUMBER, Double.toString(STANDARD_P), "the power, above 0 and below 1; 1 would be l1");
    private static final Parameter EPSILON = new Parameter(
            "epsilon",
            Parameter.Kind.NUMBER,
            Double.toString(STANDARD_EPSILON),
            "added to every entry, at least 0; above 0 entries can return from zero");

    /** Refuses powers and an ε out of range. */
    public Lp {
        if (!(p > 0 && p < 1)) {
            throw new InvalidInputException("lp: p must lie above 0 and below 1 (1 is l1, 2 is ridge): " + p);
        }
        if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("lp: epsilon must be finite and at least 0: " + epsilon);
        }
    }

    /** Square roots. */
    public Lp() {
        this(STANDARD_P, STANDARD_EPSILON);
    }

    @Override
    public String name() {
        return "lp";
    }

    @Override
    public String summary() {
        return "strong sparsity, not convex: the sum of (entry + epsilon)^p";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(P, EPSILON);
    }

    @Override
    public Lp with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new Lp(values.number(P.name(), STANDARD_P), values.number(EPSILON.name(), STANDARD_EPSILON));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(P.name(), p).and(EPSILON.name(), epsilon);
    }

    @Override
    public Reads reads() {
        return Reads.ENTRY;
    }

    @Override
    public boolean convex() {
        return false;
    }

    @Override
    public Term at(FactorView now) {
        return new Tangent(p, epsilon);
    }

    private record Tangent(double p, double epsilon) implements Term {
        /** A square root costs a tenth of a power. */
        private double power(double base) {
            return p == 0.5 ? Math.sqrt(base) : Math.pow(base, p);
        }

        @Override
        public void value(Surrogate block, double[] shares) {
            for (int c = 0; c < block.rank(); c++) {
                double[] h = block.at(c);
                double sum = 0.0;
                for (int j = 0; j < block.count(); j++) {
                    sum += power(h[j] + epsilon);
                }
                shares[c] += sum;
            }
        }

        @Override
        public void majorize(Surrogate block) {
            for (int c = 0; c < block.rank(); c++) {
                double[] h = block.at(c);
                double[] l = block.linear(c);
                for (int j = 0; j < block.count(); j++) {
                    double base = h[j] + epsilon;
                    l[j] += base > 0 ? p * power(base) / base : 0.0; // a fixed zero has no slope, and cannot move
                }
            }
        }
    }
}
