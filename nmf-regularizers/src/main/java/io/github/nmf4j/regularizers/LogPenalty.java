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
 * Sum of logarithms, Σ log(h + ε): favours few large entries over many small ones, also on a simplex.
 *
 * <p>Concave, hence bounded by its tangent, an {@link L1} reweighted by 1/(h̄ + ε): Candès, Wakin &amp; Boyd (2008), Journal of
 * Fourier Analysis and Applications 14, 877–905.
 *
 * @param epsilon ε &gt; 0; entries well below it are all alike to the penalty
 */
@AutoService(Regularizer.class)
public record LogPenalty(double epsilon) implements Regularizer {
    private static final double STANDARD_EPSILON = 1.0;
    private static final Parameter EPSILON = new Parameter(
            "epsilon", Parameter.Kind.NUMBER, Double.toString(STANDARD_EPSILON), "added to every entry, above 0");

    /** Refuses an ε that is not positive and finite. */
    public LogPenalty {
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("log: epsilon must be positive and finite: " + epsilon);
        }
    }

    /** Σ log(h + 1). */
    public LogPenalty() {
        this(STANDARD_EPSILON);
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public String summary() {
        return "strong sparsity, not convex: the sum of log(entry + epsilon)";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(EPSILON);
    }

    @Override
    public LogPenalty with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new LogPenalty(values.number(EPSILON.name(), STANDARD_EPSILON));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(EPSILON.name(), epsilon);
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
        return new Tangent(epsilon);
    }

    private record Tangent(double epsilon) implements Term {
        /** Products between these bounds are far from the ends of the range of a double. */
        private static final double LARGE = 0x1p500;

        private static final double SMALL = 0x1p-500;

        @Override
        public void value(Surrogate block, double[] shares) {
            for (int c = 0; c < block.rank(); c++) {
                shares[c] += sumOfLogs(block.count(), block.at(c));
            }
        }

        /** One logarithm for as many factors as a product can hold: a logarithm costs as much as dozens of products. */
        private double sumOfLogs(int n, double[] h) {
            double sum = 0.0;
            double product = 1.0;
            for (int j = 0; j < n; j++) {
                double factor = h[j] + epsilon;
                double next = product * factor;
                if (next > SMALL && next < LARGE) {
                    product = next;
                } else {
                    sum += Math.log(product) + Math.log(factor);
                    product = 1.0;
                }
            }
            return sum + Math.log(product);
        }

        @Override
        public void majorize(Surrogate block) {
            for (int c = 0; c < block.rank(); c++) {
                double[] h = block.at(c);
                double[] l = block.linear(c);
                for (int j = 0; j < block.count(); j++) {
                    l[j] += 1 / (h[j] + epsilon);
                }
            }
        }
    }
}
