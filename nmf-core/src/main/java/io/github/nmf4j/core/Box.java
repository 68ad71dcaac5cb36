package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Surrogate;
import java.util.List;

/**
 * Every entry lies between two bounds; a lower bound of 0 leaves the floor in place.
 *
 * @param lower finite, ≥ 0
 * @param upper at least {@code lower} and above 0; may be infinite
 */
@AutoService(Constraint.class)
public record Box(double lower, double upper) implements Constraint {
    private static final Parameter LOWER =
            new Parameter("lower", Parameter.Kind.NUMBER, "0", "least value of an entry, in the scale of the data");
    private static final Parameter UPPER = new Parameter(
            "upper", Parameter.Kind.NUMBER, "Infinity", "greatest value of an entry, in the scale of the data");

    /** No bounds but 0. */
    public Box() {
        this(0, Double.POSITIVE_INFINITY);
    }

    /** Refuses an empty or negative range. */
    public Box {
        if (!(lower >= 0 && lower < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("box: lower must be finite and non-negative: " + lower);
        }
        if (!(upper > 0 && upper >= lower)) {
            throw new InvalidInputException(
                    "box: upper must be above 0 and at least lower: lower = " + lower + ", upper = " + upper);
        }
    }

    @Override
    public String name() {
        return "box";
    }

    @Override
    public String summary() {
        return "every entry between two bounds";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(LOWER, UPPER);
    }

    @Override
    public Constraint with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new Box(values.number(LOWER.name(), lower), values.number(UPPER.name(), upper));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(LOWER.name(), lower).and(UPPER.name(), upper);
    }

    @Override
    public void bound(Surrogate block) {
        for (int c = 0; c < block.rank(); c++) {
            if (lower > 0) {
                double[] least = block.lower(c);
                for (int j = 0; j < block.count(); j++) {
                    least[j] = Math.max(least[j], lower);
                }
            }
            if (upper < Double.POSITIVE_INFINITY) {
                double[] most = block.upper(c);
                for (int j = 0; j < block.count(); j++) {
                    most[j] = Math.min(most[j], upper);
                }
            }
        }
    }
}
