package io.github.nmf4j.core;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SpanStep;
import java.util.Arrays;

/**
 * One thread's step from x and y to N and P: scale, background, the loss, weights, missing entries and the value, in that
 * order.
 *
 * <p>Where the weight is 0 or x is NaN and missing, x is replaced by 1, which every loss can evaluate, and the results are
 * multiplied by 0: what stood there is never used.
 */
final class LossStep implements SpanStep {
    /** y is at least this; it is less only where every product is exactly 0 and so is every derivative that matters. */
    static final double LEAST_MODEL = 1e-300;

    private final DataTerm data;
    private final Loss loss;
    private final Elementary math;
    private final Kind kind;
    private final double scale;
    private final boolean wantsValue;
    private final boolean transposed;
    private final Entries.Side entries;
    private double[] weight = new double[0];
    private double[] background = new double[0];
    private double[] values = new double[0];
    private double[] sums = new double[0];
    private boolean fused;
    private double logarithms;

    /** @param entries what {@link #sparse} visits; null where tiles are dense */
    LossStep(DataTerm data, Kind kind, boolean wantsValue, boolean transposed, Entries.Side entries) {
        this.data = data;
        this.loss = data.loss();
        this.math = data.math();
        this.kind = kind;
        this.scale = kind == Kind.RATIO ? 1.0 : data.scale();
        this.wantsValue = wantsValue;
        this.transposed = transposed;
        this.entries = entries;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public boolean local() {
        return data.weights() == null && data.background() == null;
    }

    /** Forgets the values seen so far. */
    void begin() {
        Arrays.fill(sums, 0.0);
        fused = false;
    }

    @Override
    public void logarithms(double sum) {
        fused = true;
        logarithms = sum;
    }

    /** {@return whether the pass made ratios and logarithms itself since {@link #begin}} */
    boolean fused() {
        return fused;
    }

    /**
     * {@return Σ of the values since {@link #begin}, added in an order that depends on the spans alone; if {@link #fused}, what
     * of it depends on x}
     */
    double value() {
        if (fused) {
            return -scale * logarithms;
        }
        double sum = 0;
        for (double part : sums) {
            sum += part;
        }
        return sum;
    }

    private void grow(int n) {
        if (values.length < n) {
            weight = new double[n];
            background = new double[n];
            values = new double[n];
            sums = Arrays.copyOf(sums, n);
        }
    }

    @Override
    public void dense(
            int fixed, int moving, Along along, int n, double[] x, double[] y, double[] negative, double[] positive) {
        grow(n);
        boolean masked = data.weights() != null || data.missing();
        if (masked) {
            if (data.weights() == null) {
                Arrays.fill(weight, 0, n, 1.0);
            } else {
                read(data.weights(), fixed, moving, along, n, weight);
            }
            mask(n, x, weight);
        }
        scaleFirst(n, x);
        if (data.background() != null) {
            read(data.background(), fixed, moving, along, n, background);
            double c = data.scale();
            for (int j = 0; j < n; j++) {
                y[j] += c * background[j];
            }
        }
        raise(n, y);
        parts(n, x, y, negative, positive);
        if (wantsValue) {
            loss.value(n, x, y, values, math);
        }
        if (masked) {
            multiply(n, negative, weight);
            if (kind == Kind.BOTH) {
                multiply(n, positive, weight);
            }
            if (wantsValue) {
                multiply(n, values, weight);
            }
        }
        if (wantsValue) {
            add(n, values, sums);
        }
    }

    private void read(Matrix matrix, int fixed, int moving, Along along, int n, double[] into) {
        int row = transposed ? moving : fixed;
        int column = transposed ? fixed : moving;
        if (transposed == (along == Along.MOVING)) {
            matrix.readTransposed(row, column, n, 1, into, 0, n);
        } else {
            matrix.read(row, column, 1, n, into, 0, n);
        }
    }

    /**
     * Where the entries visited are not all that are observed, what is added is their difference from zeros of weight 1, whose
     * sums are the caller's to add.
     */
    @Override
    public void sparse(
            int moving, int[] fixed, int from, int n, double[] x, double[] y, double[] negative, double[] positive) {
        grow(n);
        scaleFirst(n, x);
        double[] beside = entries.background();
        if (beside != null) {
            double c = data.scale();
            for (int j = 0; j < n; j++) {
                y[j] += c * beside[from + j];
            }
        }
        raise(n, y);
        parts(n, x, y, negative, positive);
        if (wantsValue) {
            loss.value(n, x, y, values, math);
        }
        boolean difference = !data.visitsAllObserved();
        if (entries.weights() != null) {
            System.arraycopy(entries.weights(), from, weight, 0, n);
            multiply(n, negative, weight);
            if (wantsValue) {
                multiply(n, values, weight);
            }
            if (kind == Kind.BOTH) {
                for (int j = 0; j < n; j++) {
                    positive[j] *= difference ? weight[j] - 1 : weight[j];
                }
            }
        }
        if (wantsValue) {
            if (difference) {
                subtractZeros(n, y);
            }
            add(n, values, sums);
        }
    }

    private void subtractZeros(int n, double[] y) {
        if (loss.onZeros() == Loss.OnZeros.LINEAR) {
            for (int j = 0; j < n; j++) {
                values[j] -= y[j];
            }
        } else {
            for (int j = 0; j < n; j++) {
                values[j] -= 0.5 * y[j] * y[j];
            }
        }
    }

    private void parts(int n, double[] x, double[] y, double[] negative, double[] positive) {
        loss.split(n, x, y, negative, positive, math);
        if (kind == Kind.RATIO_AND_LOG) {
            scale(n, x, scale); // for the value
        }
        if (kind == Kind.BOTH && loss.positive() == Loss.Positive.ONE) {
            Arrays.fill(positive, 0, n, 1.0);
        } else if (kind == Kind.BOTH && loss.positive() == Loss.Positive.MODEL) {
            System.arraycopy(y, 0, positive, 0, n);
        }
    }

    /** Only where the model may vanish: the loop costs as much as a product. */
    private void raise(int n, double[] y) {
        if (data.guarded()) {
            for (int j = 0; j < n; j++) {
                y[j] = Math.max(y[j], LEAST_MODEL);
            }
        }
    }

    private void mask(int n, double[] x, double[] weight) {
        for (int j = 0; j < n; j++) {
            if (weight[j] == 0 || data.missing() && x[j] != x[j]) {
                weight[j] = 0;
                x[j] = 1 / data.scale();
            }
        }
    }

    /**
     * N = x/y scales with x: the core multiplies that statistic afterwards, whether a pass fused it or called here, and whether
     * a value was wanted or not; the factors' bits are so the same.
     */
    private void scaleFirst(int n, double[] x) {
        if (kind != Kind.RATIO_AND_LOG) {
            scale(n, x, scale);
        }
    }

    private static void scale(int n, double[] x, double factor) {
        if (factor != 1) {
            for (int j = 0; j < n; j++) {
                x[j] *= factor;
            }
        }
    }

    private static void multiply(int n, double[] values, double[] factor) {
        for (int j = 0; j < n; j++) {
            values[j] *= factor[j];
        }
    }

    private static void add(int n, double[] values, double[] sums) {
        for (int j = 0; j < n; j++) {
            sums[j] += values[j];
        }
    }
}
