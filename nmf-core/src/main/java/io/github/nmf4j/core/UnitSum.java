package io.github.nmf4j.core;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Surrogate;
import java.util.List;
import java.util.Objects;

/**
 * Entries of a group sum to a given number: the minimizer of Σ φ over the simplex, by a multiplier ν added to every φ′.
 *
 * <p>The sum of the minimizers falls with ν; {@link Multipliers} finds its root. A group whose bent entries cannot reach the
 * sum at the left end (a vector without data, a dead component) has a straight entry that takes what is left: a vertex of
 * the linear program.
 */
abstract class UnitSum implements Constraint {
    private static final Parameter SUM =
            new Parameter("sum", Parameter.Kind.NUMBER, "1", "what the entries add up to, above 0");
    private static final double FEASIBLE = 1e-12;

    private final String name;
    private final double sum;
    private final Ties ties;

    UnitSum(String name, double sum, Ties ties) {
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(name + ": sum must be finite and above 0: " + sum);
        }
        this.name = name;
        this.sum = sum;
        this.ties = ties;
    }

    double sum() {
        return sum;
    }

    double given(Arguments values) {
        return values.checkedAgainst(name, parameters()).number(SUM.name(), sum);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SUM);
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(SUM.name(), sum);
    }

    @Override
    public Ties ties() {
        return ties;
    }

    @Override
    public void requireFeasible(Blocks all) {
        if (ties == Ties.COMPONENTS) {
            all.reduce(
                    block -> {
                        for (int j = 0; j < block.count(); j++) {
                            double least = 0;
                            double most = 0;
                            for (int c = 0; c < block.rank(); c++) {
                                least += block.lower(c, j);
                                most += block.upper(c, j);
                            }
                            require(least, most, "vector " + block.vector(j));
                        }
                        return true;
                    },
                    (a, b) -> a);
        } else {
            double[][] ends = all.reduce(VectorSums::bounds, VectorSums::added);
            for (int c = 0; c < all.rank(); c++) {
                require(ends[0][c], ends[1][c], "component " + c);
            }
        }
    }

    private void require(double least, double most, String place) {
        if (least > sum * (1 + FEASIBLE)) {
            throw new InvalidInputException(name + ": lower bounds and fixed entries must leave room for a sum of "
                    + sum + ": " + place + " has at least " + least);
        }
        if (most < sum * (1 - FEASIBLE)) {
            throw new InvalidInputException(name + ": upper bounds and fixed entries must allow a sum of " + sum + ": "
                    + place + " has at most " + most);
        }
    }

    @Override
    public void minimize(Surrogate block, double[][] into) {
        new ComponentSums(sum).minimize(block, into);
    }

    @Override
    public void minimize(Blocks all) {
        if (ties == Ties.VECTORS) {
            new VectorSums(sum).minimize(all);
        } else {
            all.write(this::minimize);
        }
    }

    /**
     * Scales what lies above the lower bounds by one factor, the same for all entries of a group, as far as their upper bounds
     * let them; where that cannot reach the sum, adds the same to all.
     */
    @Override
    public void repair(Surrogate block, double[][] h) {
        new ComponentSums(sum).repair(block, h);
    }

    @Override
    public void repair(Blocks all) {
        if (ties == Ties.VECTORS) {
            new VectorSums(sum).repair(all);
        } else {
            all.write(this::repair);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnitSum that && that.getClass() == getClass() && that.sum == sum && that.ties == ties;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, sum, ties);
    }

    @Override
    public String toString() {
        return name + " (sum " + sum + ")";
    }
}
