package io.github.nmf4j.core;

import java.util.Arrays;

/**
 * One multiplier a group, moved until the minimizers of each group add up to a given sum.
 *
 * <p>The total falls with the multiplier and is convex in it for the surrogates of most losses, so from the left end Newton's
 * method on 1/total, exact in one step for a single entry c/(l + ν), and then plain Newton approach the root from one side;
 * a bracket guards both. Vectorised over groups.
 */
final class Multipliers {
    /** How far from the sum, relative to it, a total may be for its free entries to be rescaled: rounding, no more. */
    static final double CLOSE = 1e-12;

    /** What adding up entries may be off by, relative to the sum. */
    static final double ROUNDING = 1e-15;

    /** How far from the sum, relative to it, a total may stay: settling makes it exact afterwards. */
    static final double DONE = 1e-14;

    private static final int SECULAR_STEPS = 3;
    private static final int MOST_CUBIC_STEPS = 8;

    /** Of a step of Halley's method against one of Newton's: at most four times as long. */
    private static final double LEAST_DAMPING = 0.25;

    /** min(x·AWAY, 1) is 1 for x &gt; 0 and 0 for x = 0, for x down to 1e-300. */
    static final double AWAY = 1e300;

    static final double TINY = 1e-290;
    private static final int MOST_STEPS = 120;

    private final int n;
    private final double sum;
    private final double[] values;
    private final double[] low;
    private final double[] high;
    private final double[] total;
    private final double[] slope;
    private int step;

    Multipliers(int n, double sum, double[] values, double[] low, double[] high, double[] total, double[] slope) {
        this.n = n;
        this.sum = sum;
        this.values = values;
        this.low = low;
        this.high = high;
        this.total = total;
        this.slope = slope;
        Arrays.fill(values, 0, n, 0.0);
        Arrays.fill(low, 0, n, 0.0);
    }

    /** Right ends of the brackets, to be filled before the first step; left ends are 0. */
    double[] high() {
        return high;
    }

    double[] values() {
        return values;
    }

    double[] total() {
        return total;
    }

    double[] slope() {
        return slope;
    }

    /**
     * A step of Halley's method, cubically convergent and exact for one entry c/(l + ν) and for straight pieces, where totals
     * are convex and their curvature is known; {@return whether any multiplier moved, so that totals are needed anew}
     */
    boolean approach(double[] curvature) {
        steps(curvature, low);
        clamp(low);
        boolean moved = false;
        for (int j = 0; j < n && !moved; j++) {
            moved = low[j] != values[j];
        }
        if (!moved || ++step == MOST_CUBIC_STEPS) {
            return false;
        }
        System.arraycopy(low, 0, values, 0, n);
        return true;
    }

    /** Without branches and of few arrays, to vectorise; a total that is there stays, whatever its neighbours do. */
    private void steps(double[] curvature, double[] into) {
        double done = DONE * sum;
        for (int j = 0; j < n; j++) {
            double over = total[j] - sum;
            double squared = slope[j] * slope[j];
            double damped = Math.max(squared - 0.5 * over * curvature[j], LEAST_DAMPING * squared + TINY);
            double away = Math.min(Math.max(Math.abs(over) - done, 0.0) * AWAY, 1.0);
            into[j] = away * over * slope[j] / damped;
        }
    }

    private void clamp(double[] steps) {
        for (int j = 0; j < n; j++) {
            steps[j] = Math.min(Math.max(values[j] + steps[j], 0.0), high[j]);
        }
    }

    /**
     * Starts anew, from the left end, where a total is still away, and holds the other multipliers, so that they do not depend
     * on which groups stand beside theirs; {@return whether any is away}
     */
    boolean restart() {
        boolean any = false;
        for (int j = 0; j < n; j++) {
            boolean away = !(Math.abs(total[j] - sum) <= CLOSE * sum);
            any |= away;
            values[j] = away ? 0.0 : values[j];
            low[j] = values[j];
            high[j] = away ? high[j] : values[j];
        }
        step = 0;
        return any;
    }

    /** {@return whether any multiplier moved, so that totals are needed anew} */
    boolean advance() {
        boolean moved = false;
        for (int j = 0; j < n; j++) {
            double over = total[j] - sum;
            if (Math.abs(over) <= DONE * sum) {
                continue;
            }
            double nu = values[j];
            if (over >= 0) {
                low[j] = nu;
            } else {
                high[j] = nu;
            }
            double newton = over / slope[j];
            double next = nu + (over > 0 && step < SECULAR_STEPS ? newton * total[j] / sum : newton);
            if (!(next > low[j] && next < high[j])) {
                next = 0.5 * (low[j] + high[j]);
            }
            if (next != nu && next > low[j] && next < high[j]) {
                values[j] = next;
                moved = true;
            }
        }
        return ++step < MOST_STEPS && moved;
    }

    /**
     * Moves the multipliers of groups whose total jumps over the sum to the right of the jump, where something is left to give
     * away; {@return whether there is one}
     */
    boolean finish() {
        boolean moved = false;
        for (int j = 0; j < n; j++) {
            if (!(Math.abs(total[j] - sum) <= DONE * sum) && values[j] != high[j]) {
                values[j] = high[j];
                moved = true;
            }
        }
        return moved;
    }
}
