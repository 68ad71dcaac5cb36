package io.github.nmf4j.unmix;

import java.util.Arrays;
import java.util.function.DoubleConsumer;

/**
 * Minimises a smooth function of a few unknowns by BFGS with a dense inverse: Nocedal &amp; Wright, Numerical Optimization,
 * 2nd edition, §6.1, with Armijo's condition and interpolated steps (§3.1, §3.5).
 *
 * <p>Steps are short of a length that the caller knows, because the functions minimised here are infinite outside a set that
 * begins close by; libraries at hand bound the unknowns or the ratio of a step, not its length.
 */
final class Bfgs {
    private static final int MOST_ITERATIONS = 200;
    private static final int LEAST_ITERATIONS = 7;
    private static final int MOST_TRIALS = 25;
    private static final double TOLERANCE = 1e-8;
    private static final double ARMIJO = 1e-4;
    private static final double FIRST_STEP = 0.1;
    private static final double LONGEST_STEP = 0.5;
    private static final double SHORTEST_CUT = 0.1;
    private static final double LONGEST_CUT = 0.5;
    private static final double CURVATURE = 1e-12;

    private final SmoothFunction function;
    private final double size;
    private final int n;
    private double[] x;
    private double[] gradient;
    private double value;
    private double[] nextX;
    private double[] nextGradient;
    private double nextValue;
    private final double[] direction;

    /** Inverse Hessian, meaningless until the first step has shown a curvature. */
    private final double[][] inverse;

    private boolean curved;
    private boolean converged;

    private Bfgs(SmoothFunction function, double[] start, double size) {
        this.function = function;
        this.size = size;
        this.n = start.length;
        this.x = start.clone();
        this.gradient = new double[n];
        this.nextX = new double[n];
        this.nextGradient = new double[n];
        this.direction = new double[n];
        this.inverse = new double[n][n];
        this.value = function.at(x, gradient);
    }

    /**
     * Where a minimisation ended.
     *
     * @param x the point
     * @param value of the function there
     * @param converged whether it ended by itself, not at the limit on iterations
     */
    record Minimum(double[] x, double value, boolean converged) {}

    /**
     * {@return the minimum reached}
     *
     * @param function finite at the start
     * @param start where to begin; only read
     * @param size typical length of the unknowns: the first step is a tenth, the longest half of it
     * @param accepted told the value at the start and after every step that was taken
     */
    static Minimum minimize(SmoothFunction function, double[] start, double size, DoubleConsumer accepted) {
        Bfgs run = new Bfgs(function, start, size);
        accepted.accept(run.value);
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            double slope = run.descend();
            if (slope == 0) {
                run.converged = true;
                break;
            }
            double step = run.search(slope);
            if (step == 0) {
                if (!run.curved) {
                    run.converged = true;
                    break;
                }
                run.curved = false;
                continue;
            }
            double fall = run.take(step);
            accepted.accept(run.value);
            if (fall <= TOLERANCE * Math.abs(run.value) && iteration + 1 >= LEAST_ITERATIONS) {
                run.converged = true;
                break;
            }
        }
        return new Minimum(run.x, run.value, run.converged);
    }

    /** Sets the direction; {@return its slope, below 0, or 0 at a stationary point} */
    private double descend() {
        if (curved) {
            for (int i = 0; i < n; i++) {
                direction[i] = -dot(inverse[i], gradient);
            }
            if (!(dot(direction, gradient) < 0)) {
                curved = false;
            }
        }
        double norm = Math.sqrt(dot(gradient, gradient));
        if (norm == 0) {
            return 0;
        }
        for (int i = 0; i < n && !curved; i++) {
            direction[i] = -gradient[i] * (FIRST_STEP * size / norm);
        }
        double length = Math.sqrt(dot(direction, direction));
        double cut = Math.min(1, LONGEST_STEP * size / length);
        for (int i = 0; i < n; i++) {
            direction[i] *= cut;
        }
        return dot(direction, gradient);
    }

    /** {@return a step that lowers the value enough, its end in nextX; 0 if none was found} */
    private double search(double slope) {
        double step = 1;
        for (int trial = 0; trial < MOST_TRIALS; trial++) {
            for (int i = 0; i < n; i++) {
                nextX[i] = x[i] + step * direction[i];
            }
            nextValue = function.at(nextX, nextGradient);
            if (nextValue <= value + ARMIJO * step * slope) {
                return step;
            }
            double excess = nextValue - value - step * slope;
            double cut = Double.isFinite(nextValue) ? -slope * step / (2 * excess) : LONGEST_CUT;
            step *= Math.min(LONGEST_CUT, Math.max(SHORTEST_CUT, cut));
        }
        return 0;
    }

    /** Moves to nextX and learns the curvature; {@return by how much the value fell} */
    private double take(double step) {
        double[] slopes = new double[n];
        double sy = 0;
        double yy = 0;
        double ss = 0;
        for (int i = 0; i < n; i++) {
            direction[i] *= step;
            slopes[i] = nextGradient[i] - gradient[i];
            sy += direction[i] * slopes[i];
            yy += slopes[i] * slopes[i];
            ss += direction[i] * direction[i];
        }
        if (sy > CURVATURE * Math.sqrt(ss * yy)) {
            if (!curved) {
                for (int i = 0; i < n; i++) {
                    Arrays.fill(inverse[i], 0);
                    inverse[i][i] = sy / yy;
                }
                curved = true;
            }
            update(slopes, sy);
        }
        double before = value;
        double[] oldX = x;
        x = nextX;
        nextX = oldX;
        double[] oldGradient = gradient;
        gradient = nextGradient;
        nextGradient = oldGradient;
        value = nextValue;
        return before - value;
    }

    /** B ← (I − s yᵀ/sy)·B·(I − y sᵀ/sy) + s sᵀ/sy, with s in {@code direction}. */
    private void update(double[] y, double sy) {
        double[] by = new double[n];
        double yby = 0;
        for (int i = 0; i < n; i++) {
            by[i] = dot(inverse[i], y);
            yby += y[i] * by[i];
        }
        double[] s = direction;
        double weight = (1 + yby / sy) / sy;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                inverse[i][j] += weight * s[i] * s[j] - (by[i] * s[j] + s[i] * by[j]) / sy;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
