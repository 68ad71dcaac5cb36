package io.github.nmf4j.core;

/**
 * Moves the entries of one group into their bounds and onto a sum: h between lo and hi becomes min(lo + t·(h − lo)⁺ + s, hi).
 *
 * <p>The factor t ≥ 0 is the least that reaches the sum, and s = 0. Where none does, because all that lies above lower bounds
 * ends at upper bounds, t is what brings it there, and s is the lift, the same for all, that reaches the sum. A point whose
 * sum is right once it is within the bounds moves no further.
 *
 * <p>Sums rise with t, and with s, along straight pieces that become flatter, so Newton's method from 0 finds either in as many
 * steps as there are pieces, each with one more entry at its upper bound, and meets it exactly.
 */
final class Repair {
    /** Sums over a group: of what is held at a bound, of what lies above a lower one, of entries that may grow. */
    static final int PARTS = 3;

    private static final int HELD = 0;
    private static final int ABOVE = 1;
    private static final int OPEN = 2;

    private final double sum;
    private boolean stays;
    private double factor;
    private double lift;

    Repair(double sum) {
        this.sum = sum;
    }

    /**
     * Begins with a group.
     *
     * @param total of its entries {@link #within} their bounds
     */
    void begin(double total) {
        stays = Math.abs(total - sum) <= Multipliers.DONE * sum;
        factor = 0.0;
        lift = 0.0;
    }

    /** {@return whether the group only has to be moved within its bounds, so that no sums are needed} */
    boolean stays() {
        return stays;
    }

    /** {@return the number within bounds that is nearest} */
    static double within(double h, double lo, double hi) {
        return Math.min(Math.max(h, lo), hi);
    }

    /** {@return the repaired entry} */
    double of(double h, double lo, double hi) {
        return stays ? within(h, lo, hi) : Math.min(reached(h, lo), hi);
    }

    private double reached(double h, double lo) {
        return lo + Math.max(h - lo, 0.0) * factor + lift;
    }

    /** Adds an entry to {@link #PARTS} sums. */
    void measure(double h, double lo, double hi, double[] parts) {
        if (reached(h, lo) >= hi) {
            parts[HELD] += hi;
        } else {
            parts[HELD] += lo;
            parts[ABOVE] += Math.max(h - lo, 0.0);
            parts[OPEN]++;
        }
    }

    /** {@return whether anything moved, so that sums are needed anew} */
    boolean advance(double[] parts) {
        if (stays) {
            return false;
        }
        double room = sum - parts[HELD];
        double scale = room / parts[ABOVE]; // without end where nothing is above, or less than a quotient can tell
        if (scale < Double.POSITIVE_INFINITY) {
            boolean moved = scale > factor;
            factor = moved ? scale : factor;
            return moved;
        }
        double raise = room / parts[OPEN];
        boolean moved = parts[OPEN] > 0 && raise > lift;
        lift = moved ? raise : lift;
        return moved;
    }
}
