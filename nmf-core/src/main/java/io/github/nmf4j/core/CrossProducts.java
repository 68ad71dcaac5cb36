package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;

/** Where an update on Gram matrices finds F·X, with F the factor that is held. */
interface CrossProducts {
    /**
     * Computes F·X at a point.
     *
     * @param point the point
     * @param value whether the data term is wanted
     * @return the data term; NaN if not wanted
     */
    double at(Iterate point, boolean value);

    /** {@return F·X at the last point, rank × vectors, not copied} */
    DenseMatrix values();

    /** {@return multiplications of one computation} */
    double cost();

    /**
     * {@return those read from X}
     *
     * @param problem with a loss on the Gram road
     * @param half of a factor without a dictionary
     */
    static CrossProducts ofX(Problem problem, HalfStep half) {
        return new CrossProducts() {
            @Override
            public double at(Iterate point, boolean value) {
                if (value) {
                    return half.statistics(point, true);
                }
                half.products(point);
                return Double.NaN;
            }

            @Override
            public DenseMatrix values() {
                return half.negative();
            }

            @Override
            public double cost() {
                return problem.data().stored() * problem.rank();
            }
        };
    }
}
