package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.List;

/**
 * Sparsity by groups, ℓ2,1: Σ √(‖g‖² + δ²) − δ over groups g, the vectors of a factor (features that no component uses go as
 * a whole) or its components.
 *
 * <p>Yuan &amp; Lin 2006, Journal of the Royal Statistical Society B 68(1), 49–67; over the vectors of a factor as in Nie,
 * Huang, Cai &amp; Ding 2010, NIPS 23, 1813–1821. δ is subtracted a group, so that an empty one costs nothing.
 *
 * <p>The root is concave in ‖g‖², so √(‖g‖² + δ²) ≤ √(‖ḡ‖² + δ²) + ½(‖g‖² − ‖ḡ‖²)/√(‖ḡ‖² + δ²): q grows by
 * 1/√(‖ḡ‖² + δ²) (Hunter &amp; Li 2005, Annals of Statistics 33(4), 1617–1642). Convex.
 *
 * @param over what makes a group
 * @param delta δ &gt; 0, in the scale of the factor: groups well below it are alike to the penalty
 */
@AutoService(Regularizer.class)
public record GroupLasso(Over over, double delta) implements Regularizer {
    /** What makes a group. */
    public enum Over {
        /** A vector: a column of H, a row of W, all components of it. */
        VECTORS,
        /** A component: a row of H, a column of W. */
        COMPONENTS
    }

    private static final String NAME = "group-lasso";
    private static final Parameter OVER = new Parameter(
            "over",
            Parameter.Kind.CHOICE,
            Choices.word(Over.VECTORS),
            "vectors (columns of h, rows of w) or components (rows of h, columns of w)");
    private static final double STANDARD_DELTA = 1e-6;
    private static final Parameter DELTA = new Parameter(
            "delta",
            Parameter.Kind.NUMBER,
            Double.toString(STANDARD_DELTA),
            "norms below it count as zero, above 0; in the scale of the factor");

    /** Refuses a δ that is not positive and finite, or whose square is not. */
    public GroupLasso {
        Positive.requireWithSquare(NAME + ": delta", delta);
    }

    /** Over vectors. */
    public GroupLasso() {
        this(Over.VECTORS, STANDARD_DELTA);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "vectors or components vanish as a whole: the sum of their norms";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(OVER, DELTA);
    }

    @Override
    public GroupLasso with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new GroupLasso(
                Choices.parse(NAME + ": over", Over.class, values.choice(OVER.name(), Choices.word(Over.VECTORS))),
                values.number(DELTA.name(), STANDARD_DELTA));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(OVER.name(), Choices.word(over)).and(DELTA.name(), delta);
    }

    @Override
    public Reads reads() {
        return over == Over.VECTORS ? Reads.VECTOR : Reads.FACTOR;
    }

    @Override
    public boolean separatesComponents() {
        return over == Over.COMPONENTS;
    }

    @Override
    public boolean convex() {
        return true;
    }

    @Override
    public Term at(FactorView now) {
        return over == Over.VECTORS ? new Vectors(delta) : new Components(ComponentSums.ofSquares(now), delta);
    }

    /** √(squares + δ²) − δ, written without the difference. */
    private static double cost(double squares, double delta) {
        return squares / (Math.sqrt(squares + delta * delta) + delta);
    }

    private record Vectors(double delta) implements Term {
        private static double squares(Surrogate block, int j) {
            double sum = 0.0;
            for (int c = 0; c < block.rank(); c++) {
                double f = block.at(c)[j];
                sum += f * f;
            }
            return sum;
        }

        @Override
        public void value(Surrogate block, double[] shares) {
            for (int j = 0; j < block.count(); j++) {
                shares[0] += cost(squares(block, j), delta);
            }
        }

        @Override
        public void majorize(Surrogate block) {
            double[] bend = new double[block.count()];
            for (int j = 0; j < bend.length; j++) {
                bend[j] = 1 / Math.sqrt(squares(block, j) + delta * delta);
            }
            for (int c = 0; c < block.rank(); c++) {
                double[] q = block.quadratic(c);
                for (int j = 0; j < bend.length; j++) {
                    q[j] += bend[j];
                }
            }
        }
    }

    /** @param squares ‖g‖², a component each */
    private record Components(double[] squares, double delta) implements Term {
        @Override
        public void value(Surrogate block, double[] shares) {
            for (int c = 0; c < squares.length && ComponentSums.carriesTheWhole(block); c++) {
                shares[c] += cost(squares[c], delta);
            }
        }

        @Override
        public void majorize(Surrogate block) {
            for (int c = 0; c < squares.length; c++) {
                double bend = 1 / Math.sqrt(squares[c] + delta * delta);
                double[] q = block.quadratic(c);
                for (int j = 0; j < block.count(); j++) {
                    q[j] += bend;
                }
            }
        }
    }
}
