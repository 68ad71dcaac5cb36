package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Every entry is at least ε &gt; 0: what every factor has anyway, with another ε.
 *
 * <p>Multiplicative updates cannot leave 0, and subnormal numbers are slow, so 0 itself is not offered.
 *
 * @param epsilon finite, at least 1e-100
 */
@AutoService(Constraint.class)
public record Floor(double epsilon) implements Constraint {
    /** The floor of a factor on which no one sets another. */
    public static final double STANDARD = 1e-14;

    private static final double LEAST = 1e-100;
    private static final Parameter EPSILON =
            new Parameter("epsilon", Parameter.Kind.NUMBER, "1e-14", "least value of an entry, above 0");

    /** ε = 1e-14. */
    public Floor() {
        this(STANDARD);
    }

    /** Refuses an ε below 1e-100 or not finite. */
    public Floor {
        if (!(epsilon >= LEAST && epsilon < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("floor: epsilon must be finite and at least " + LEAST + ": " + epsilon);
        }
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public String summary() {
        return "every entry at least epsilon";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(EPSILON);
    }

    @Override
    public Constraint with(Arguments values) {
        return new Floor(values.checkedAgainst(name(), parameters()).number(EPSILON.name(), epsilon));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(EPSILON.name(), epsilon);
    }

    @Override
    public OptionalDouble floor() {
        return OptionalDouble.of(epsilon);
    }
}
