package io.github.nmf4j.core;

import io.github.nmf4j.api.Colours;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Constraint.Ties;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What is asked of one factor: its penalties, its bounds and the one constraint that may tie entries together.
 *
 * <p>Bounds are given in the scale of the data; on the factor that carries the scale they are multiplied by it.
 */
final class FactorTerms {
    private static final Constraint FREE = new Floor();

    private final Factor factor;
    private final int rank;
    private final int vectors;
    private final Acting acting;
    private final List<Constraint> constraints;
    private final Constraint tying;
    private final double floor;
    private final double scale;
    private final int[][] colours;

    FactorTerms(Factor factor, int rank, int vectors, Acting acting, List<Constraint> constraints, double scale) {
        this.factor = factor;
        this.rank = rank;
        this.vectors = vectors;
        this.acting = acting;
        this.constraints = constraints.stream().map(c -> c.on(factor)).toList();
        this.scale = scale;
        acting.own().forEach(p -> named(p.name(), () -> p.check(rank, vectors)));
        this.constraints.forEach(c -> named(c.name(), () -> c.check(rank, vectors)));
        List<Constraint> ties =
                this.constraints.stream().filter(c -> c.ties() != Ties.NOTHING).toList();
        if (ties.size() > 1) {
            throw new InvalidInputException("at most one constraint of a factor may tie entries together: " + name()
                    + " has " + ties.get(0).name() + " and " + ties.get(1).name());
        }
        this.tying = ties.isEmpty() ? FREE : ties.get(0);
        this.floor = this.constraints.stream()
                .filter(c -> c.floor().isPresent())
                .mapToDouble(c -> c.floor().getAsDouble())
                .max()
                .orElse(Floor.STANDARD / scale);
        this.colours = tying.ties() == Ties.VECTORS ? null : colouring();
    }

    private void named(String name, Runnable check) {
        try {
            check.run();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(name().toLowerCase(Locale.ROOT) + ":" + e.getMessage(), e);
        }
    }

    private int[][] colouring() {
        int[] colour = Colours.common(acting.own(), vectors).orElse(null);
        if (colour == null) {
            return null;
        }
        int count = IntStream.of(colour).max().orElse(0) + 1;
        List<int[]> members = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            int wanted = c;
            members.add(
                    IntStream.range(0, vectors).filter(j -> colour[j] == wanted).toArray());
        }
        return members.toArray(int[][]::new);
    }

    String name() {
        return factor.name();
    }

    Factor factor() {
        return factor;
    }

    int rank() {
        return rank;
    }

    int vectors() {
        return vectors;
    }

    /** {@return the penalties that were given for this factor} */
    List<Regularizer> penalties() {
        return acting.own();
    }

    /** {@return the penalties that its updates must bound, which are more where some of the other factor read both} */
    Acting acting() {
        return acting;
    }

    List<Constraint> constraints() {
        return constraints;
    }

    Constraint tying() {
        return tying;
    }

    /** {@return the lower bound where no constraint raises it, in the scale of the data} */
    double floor() {
        return floor;
    }

    /** {@return the vectors of each colour; null where all are updated at once} */
    int[][] colours() {
        return colours;
    }

    /** Narrows a block's bounds by every constraint, in the scale being fitted. */
    void bound(Surrogate block) {
        for (int i = 0; i < constraints.size(); i++) { // an iterator for every block would grow with X
            constraints.get(i).bound(block);
        }
        if (scale != 1) {
            block.scaleBounds(scale);
        }
    }

    /** {@return the lower bound of all entries, in the scale being fitted, if there is no constraint; else empty} */
    OptionalDouble onlyFloor() {
        if (!constraints.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(scale == 1 ? floor : floor * scale);
    }

    /** Refuses a range that two constraints leave empty. */
    void requireOrderedBounds(Surrogate block) {
        for (int c = 0; c < rank; c++) {
            for (int j = 0; j < block.count(); j++) {
                if (block.lower(c, j) > block.upper(c, j)) {
                    throw new InvalidInputException("bounds of " + name()
                            + " must leave a value for each entry: component "
                            + c + ", vector " + block.vector(j) + " must be at least " + block.lower(c, j) / scale
                            + " and at most " + block.upper(c, j) / scale);
                }
            }
        }
    }
}
