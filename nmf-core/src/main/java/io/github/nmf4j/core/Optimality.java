package io.github.nmf4j.core;

/**
 * How far a point is from one that neither factor could improve while the other is held.
 *
 * @param gap what the objective could fall by in H with W held, plus in W with H held; in the scale of the objective; infinite
 *     where nothing limits it
 * @param bound whether the gap is an upper bound of that, which needs a loss and penalties that are convex in each factor;
 *     otherwise it is the same expression to first order, 0 where the point is stationary
 * @param data the data term at the point, which {@link #relative} refers to
 */
public record Optimality(double gap, boolean bound, double data) {
    /** {@return the gap as a share of the data term; 0 where there is no gap, infinite where there is one and the data term is 0} */
    public double relative() {
        return gap == 0 ? 0 : gap / Math.abs(data);
    }
}
