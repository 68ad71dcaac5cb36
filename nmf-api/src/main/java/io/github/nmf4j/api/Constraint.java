package io.github.nmf4j.api;

import java.util.OptionalDouble;

/**
 * A set that one factor stays in: it minimizes the surrogate over the set.
 *
 * <p>Bounds ({@link #bound}) of several constraints intersect; at most one constraint of a factor may tie entries together.
 * A tying constraint minimizes φ + ν·(sum) and finds the multiplier ν; it never clips or rescales an unconstrained minimizer
 * afterwards, for that would lose descent. Implementations are immutable and thread-safe and pass {@code ConstraintContract}.
 */
public interface Constraint extends Extension<Constraint> {
    /** Which entries one condition holds together. */
    enum Ties {
        /** None: the set is just the bounds. */
        NOTHING,
        /** The components of a vector: blocks are independent. */
        COMPONENTS,
        /** The vectors of a component: all blocks are needed at once. */
        VECTORS
    }

    /**
     * {@return this constraint for a factor; what is said in rows and columns of the matrix as written ties components on one
     * factor and vectors on the other}
     *
     * @param factor where it will be used
     */
    default Constraint on(Factor factor) {
        return this;
    }

    /** {@return what is tied, once {@link #on placed on a factor}} */
    default Ties ties() {
        return Ties.NOTHING;
    }

    /** {@return the lower bound to use in place of the standard one for every entry; empty to leave that} */
    default OptionalDouble floor() {
        return OptionalDouble.empty();
    }

    /** {@return whether the set does not change when components change places, so that a result may be put in order} */
    default boolean interchangeable() {
        return true;
    }

    /**
     * Refuses a factor it cannot be used on.
     *
     * @param rank components
     * @param vectors vectors of the factor
     * @throws InvalidInputException naming the rule and the sizes
     */
    default void check(int rank, int vectors) {}

    /**
     * Narrows {@link Surrogate#lower} and {@link Surrogate#upper}, in the scale of the data; a fixed entry has equal bounds.
     *
     * @param block planes may be asked for where there is something to narrow
     */
    default void bound(Surrogate block) {}

    /**
     * Refuses bounds that leave the set empty; called once before a run, for a constraint that ties.
     *
     * @param all with their bounds
     * @throws InvalidInputException naming the rule, the vector or component, and the bounds
     */
    default void requireFeasible(Blocks all) {}

    /**
     * Minimizes a block, for a constraint that does not tie vectors.
     *
     * @param block the surrogate, bounds included; planes may be rewritten
     * @param into receives the minimizer, one array a component
     */
    default void minimize(Surrogate block, double[][] into) {
        for (int c = 0; c < block.rank(); c++) {
            block.minimizer(c, null, into[c], null);
        }
    }

    /**
     * Minimizes all blocks.
     *
     * @param all the surrogates, bounds included; planes may be rewritten
     */
    default void minimize(Blocks all) {
        all.write(this::minimize);
    }

    /**
     * Moves any positive point into the set, cheaply: for starts and extrapolated points, never in place of a minimizer.
     *
     * <p>A point of the set stays, and which point another becomes depends on its values and bounds alone, not on blocks. As
     * it stands, every entry moves to the nearer of its bounds if it is beyond.
     *
     * @param block its bounds; {@link Surrogate#at} holds the values to repair too
     * @param h values to repair, one array a component
     */
    default void repair(Surrogate block, double[][] h) {
        for (int c = 0; c < block.rank(); c++) {
            for (int j = 0; j < block.count(); j++) {
                h[c][j] = Math.min(Math.max(h[c][j], block.lower(c, j)), block.upper(c, j));
            }
        }
    }

    /**
     * Moves any positive point into the set, as {@link #repair(Surrogate, double[][])} does.
     *
     * @param all bounds; {@link Surrogate#at} holds the values to repair, and {@link Blocks#write} hands them out
     */
    default void repair(Blocks all) {
        all.write(this::repair);
    }
}
