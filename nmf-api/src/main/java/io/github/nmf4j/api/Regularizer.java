package io.github.nmf4j.api;

import java.util.List;
import java.util.Optional;

/**
 * A penalty R(F) on one factor, given as a majorizer: at the current factor it adds coefficients of a separable surrogate
 * that touches R there and bounds it elsewhere.
 *
 * <p>One that {@link Reads#BOTH_FACTORS reads both factors} is given for one of them, and counted there once; but it bounds R
 * in the half-steps of both, each while the other factor is held ({@link #at}, {@link #atOther}).
 *
 * <p>Penalties compose: {@code new L1().times(0.05).plus(new Laplacian(shape))}. They see a factor as rank components ×
 * vectors, so one penalty serves W and H. Implementations are immutable and thread-safe and pass
 * {@code RegularizerContract}. What adaptive penalties learn goes into a new instance ({@link #after}), never into a field.
 */
public interface Regularizer extends Extension<Regularizer> {
    /** What a penalty must read to write the coefficients of one entry. */
    enum Reads {
        /** The entry itself. */
        ENTRY,
        /** All components of its vector. */
        VECTOR,
        /** Other vectors of its component. */
        NEIGHBOURS,
        /** The whole factor. */
        FACTOR,
        /** Both factors. */
        BOTH_FACTORS
    }

    /** {@return how far the penalty reads} */
    Reads reads();

    /** {@return whether R is convex in a factor, the other one held; for a penalty on both, in either} */
    boolean convex();

    /**
     * {@return whether {@link Term#majorize} always bounds R; false for forms kept for comparison, for which descent is not
     * promised and a fit says so}
     */
    default boolean majorizes() {
        return true;
    }

    /** {@return whether R is a sum over components, so that each may have a weight of its own} */
    default boolean separatesComponents() {
        return reads() == Reads.ENTRY || reads() == Reads.NEIGHBOURS;
    }

    /** {@return whether R does not change when components change places, so that a result may be put in order} */
    default boolean interchangeable() {
        return true;
    }

    /**
     * Refuses a factor it cannot be used on.
     *
     * @param rank components
     * @param vectors vectors of the factor
     * @throws InvalidInputException naming the rule and both sizes
     */
    default void check(int rank, int vectors) {}

    /**
     * {@return a colour for each vector, 0 upwards, such that no two vectors of one colour are coupled; empty if there is
     * none to use}
     *
     * <p>With a colouring, the vectors of one colour are updated at a time with {@link Term#majorizeAlone}, which may be
     * exact.
     *
     * @param vectors how many there are
     */
    default Optional<int[]> colours(int vectors) {
        return Optional.empty();
    }

    /**
     * {@return the penalty at a point: called once a half-step or colour, and the place for what blocks share}
     *
     * @param now the current factor; read only while the term is used
     */
    Term at(FactorView now);

    /**
     * {@return the penalty at a point, for the half-step of the factor that it was not given for; asked only of penalties that
     * read {@link Reads#BOTH_FACTORS}, and itself right for those in which the factors may change places}
     *
     * @param now that factor; {@code now.other()} is the one the penalty was given for, which holds still
     */
    default Term atOther(FactorView now) {
        return at(now);
    }

    /**
     * {@return the penalty to use from the next half-step on; itself unless it adapts}
     *
     * @param before the factor before the half-step
     * @param now the factor after it
     */
    default Regularizer after(FactorView before, FactorView now) {
        return this;
    }

    /**
     * {@return this penalty multiplied}
     *
     * @param weight one number, or one a component where the penalty {@link #separatesComponents separates components};
     *     finite, ≥ 0
     */
    default Regularizer times(double... weight) {
        return WeightedRegularizer.of(this, weight);
    }

    /**
     * {@return the sum of two penalties}
     *
     * @param other added to this
     */
    default Regularizer plus(Regularizer other) {
        return new SumOfRegularizers(List.of(this, other));
    }

    /** {@return the penalties this is a sum of: itself, unless it came from {@link #plus}} */
    default List<Regularizer> terms() {
        return List.of(this);
    }

    /** A penalty at a point. Used by many threads at once, each with a block of its own. */
    interface Term {
        /**
         * Adds the block's share of R at {@code block.at(…)}; the shares of all blocks add up to R.
         *
         * @param block its current values are the factor the term was made for
         * @param shares rank numbers; component c's share is added to entry c, or all of it to entry 0 if the penalty does
         *     not separate components
         */
        void value(Surrogate block, double[] shares);

        /**
         * Adds the coefficients of a surrogate that bounds R when all vectors move.
         *
         * @param block planes are added to, never overwritten
         */
        void majorize(Surrogate block);

        /**
         * Adds the coefficients of a surrogate that bounds R when only vectors of this block's colour move.
         *
         * @param block planes are added to, never overwritten
         */
        default void majorizeAlone(Surrogate block) {
            majorize(block);
        }
    }
}
