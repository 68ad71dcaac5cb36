package org.example.nmf;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Surrogate;
import java.util.Arrays;
import java.util.List;

/** The components of a vector add up to a number at most: proportions of which some part may be unaccounted for. */
public record SumAtMost(double sum) implements Constraint {
    /** Where the lower bounds alone have the sum, to rounding, no multiplier is enough. */
    private static final double LARGEST = 1e200;

    public SumAtMost() {
        this(1);
    }

    public SumAtMost {
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("sum-at-most: sum must be finite and above 0: " + sum);
        }
    }

    @Override
    public String name() {
        return "sum-at-most";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter("sum", Parameter.Kind.NUMBER, "1", "what the components add up to at most"));
    }

    @Override
    public Constraint with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new SumAtMost(values.number("sum", 1));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and("sum", sum);
    }

    @Override
    public Ties ties() {
        return Ties.COMPONENTS;
    }

    @Override
    public void requireFeasible(Blocks all) {
        all.write((block, into) -> {
            for (int j = 0; j < block.count(); j++) {
                double least = 0;
                for (int c = 0; c < block.rank(); c++) {
                    least += block.lower(c, j);
                }
                if (least > sum) {
                    throw new InvalidInputException("sum-at-most: lower bounds must sum to " + sum + " at most: vector "
                            + block.vector(j) + " has " + least);
                }
            }
        });
    }

    /** The lowest point of φ + ν·Σh, with ν = 0 where its sum is small enough and otherwise as small as can be. */
    @Override
    public void minimize(Surrogate block, double[][] into) {
        int n = block.count();
        double[] low = new double[n]; // a multiplier that is too small, unless it is 0
        double[] high = new double[n]; // one that is not
        lowest(block, null, into);
        for (boolean enough = false; !enough; lowest(block, high, into)) {
            enough = true;
            for (int j = 0; j < n; j++) {
                if (total(into, j) > sum && high[j] < LARGEST) {
                    low[j] = high[j];
                    high[j] = Math.max(1e-3, 16 * high[j]);
                    enough = false;
                }
            }
        }
        double[] middle = new double[n];
        for (boolean halved = true; halved; ) { // until low and high are neighbours
            halved = false;
            Arrays.setAll(middle, j -> 0.5 * (low[j] + high[j]));
            lowest(block, middle, into);
            for (int j = 0; j < n; j++) {
                halved |= low[j] < middle[j] && middle[j] < high[j];
                (total(into, j) > sum ? low : high)[j] = middle[j];
            }
        }
        double[][] more = new double[block.rank()][n];
        lowest(block, low, more);
        lowest(block, high, into);
        for (int j = 0; j < n; j++) {
            mix(block.rank(), j, more, into);
        }
    }

    private static void lowest(Surrogate block, double[] multiplier, double[][] into) {
        for (int c = 0; c < block.rank(); c++) {
            block.minimizer(c, multiplier, into[c], null);
        }
    }

    private static double total(double[][] h, int j) {
        double total = 0;
        for (double[] component : h) {
            total += component[j];
        }
        return total;
    }

    /** Both are lowest for one ν to rounding, so all that lies between them is: what has the sum is taken. */
    private void mix(int rank, int j, double[][] more, double[][] into) {
        double missing = sum - total(into, j);
        double span = 0;
        for (int c = 0; c < rank; c++) {
            more[c][j] = Math.min(more[c][j], Math.max(into[c][j], sum)); // it may be infinite
            span += more[c][j] - into[c][j];
        }
        double share = span > 0 ? Math.min(1, missing / span) : 0;
        for (int c = 0; c < rank; c++) {
            into[c][j] += share * (more[c][j] - into[c][j]);
        }
    }

    /** What lies above the lower bounds shrinks until it fits. */
    @Override
    public void repair(Surrogate block, double[][] h) {
        Constraint.super.repair(block, h);
        for (int j = 0; j < block.count(); j++) {
            double least = 0;
            for (int c = 0; c < block.rank(); c++) {
                least += block.lower(c, j);
            }
            double total = total(h, j);
            if (total > sum) {
                double factor = (sum - least) / (total - least);
                for (int c = 0; c < block.rank(); c++) {
                    h[c][j] = block.lower(c, j) + factor * (h[c][j] - block.lower(c, j));
                }
            }
        }
    }
}
