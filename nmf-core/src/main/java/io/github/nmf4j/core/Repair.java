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
    /** Sums over a group: of what is held at a bound, of what lies above a lower one, of entries that may grow, of a point. */
    static final int PARTS = 4;

    private static final int HELD = 0;
    private static final int ABOVE = 1;
    private static final int OPEN = 2;
    private static final int TOTAL = 3;

    private final double sum;
    private boolean stays;
    private double factor;
    private double lift;

    Repair(double sum) {
        this.sum = sum;
    }

    /** Forgets what it found, for another group. */
    void begin() {
        stays = false;
        factor = 0.0;
        lift = 0.0;
    }

    /** {@return the repaired entry} */
    double of(double h, double lo, double hi) {
        return Math.min(stays ? Math.max(h, lo) : reached(h, lo), hi);
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
        parts[TOTAL] += Math.min(Math.max(h, lo), hi);
    }

    /** {@return whether anything moved, so that sums are needed anew} */
    boolean advance(double[] parts) {
        stays |= factor == 0 && lift == 0 && Math.abs(parts[TOTAL] - sum) <= Multipliers.DONE * sum;
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
