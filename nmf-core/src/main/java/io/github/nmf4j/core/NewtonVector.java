package io.github.nmf4j.core;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Loss.Negative;
import io.github.nmf4j.api.Loss.Positive;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Surrogate;
import java.util.Arrays;

/**
 * One thread's vector while its entries move: its data, their model, and the factor that is held at the same places.
 *
 * <p>Spans have an entry for each visited entry of X in this vector. With u = f/y the slope of a loss that promises P = 1 and N
 * = x/y along component f is Σ f − Σ x·u and its curvature Σ x·u², so that a step costs one division an entry.
 */
final class NewtonVector {
    /** Of the absolute terms: a rise of the objective that is nothing but rounding. */
    private static final double ROUNDING = 1e-14;

    /** Of a subtrahend: a smaller difference has lost too many digits. */
    private static final double CANCELLED = 1e-3;

    private final Problem problem;
    private final DataTerm data;
    private final Loss loss;
    private final Elementary math;
    private final FactorTerms terms;
    private final CoordinateNewton.FixedRows fixed;
    private final Entries.Side entries;
    private final boolean ratio;
    private final boolean difference;
    private final int rank;
    private final Surrogate block;
    private final Surrogate single;
    private final double[][] singleInto;
    private final double[] one = new double[1];
    private final double[] other = new double[1];
    private final double[][] into;
    private final double[] h;
    private final double[] base;

    private int n;
    private double[][] f;
    private double[] x = new double[0];
    private double[] y = new double[0];
    private double[] weight = new double[0];
    private double[] background = new double[0];
    private double[] negative = new double[0];
    private double[] positive = new double[0];
    private double[] curvature = new double[0];
    private boolean weighted;
    private boolean shifted;

    NewtonVector(Problem problem, FactorTerms terms, CoordinateNewton.FixedRows fixed, int capacity) {
        this.problem = problem;
        this.data = problem.data();
        this.loss = problem.loss();
        this.math = data.math();
        this.terms = terms;
        this.fixed = fixed;
        this.entries = data.visited(terms.factor());
        this.ratio = loss.positive() == Positive.ONE && loss.negative() == Negative.RATIO;
        this.difference = !data.visitsAllObserved();
        this.rank = terms.rank();
        this.block = new Surrogate(rank, capacity, loss.growth(), loss.decay(), terms.floor());
        this.single = new Surrogate(rank, 1, loss.growth(), loss.decay(), terms.floor());
        this.singleInto = new double[rank][1];
        this.into = new double[rank][capacity];
        this.h = new double[rank];
        this.base = new double[rank];
        this.f = fixed.rows == null ? new double[rank][0] : fixed.rows;
    }

    /** {@return the vectors to move, with bounds and penalties} */
    Surrogate block() {
        return block;
    }

    /** {@return what {@link #move} found, one array a component} */
    double[][] into() {
        return into;
    }

    /**
     * {@return the data term of a vector before it moves, without what does not depend on the model}
     *
     * @param j its position in the block
     */
    double move(int j) {
        for (int c = 0; c < rank; c++) {
            h[c] = block.at(c)[j];
        }
        load(block.vector(j));
        model();
        double before = value();
        slopesOfOnes();
        for (int c = 0; c < rank; c++) {
            double lower = block.lower(c, j);
            double upper = block.upper(c, j);
            if (lower < upper) {
                step(c, j, lower, upper);
            }
        }
        model();
        double after = value() + penaltyChange(j);
        if (!(after - before <= ROUNDING * (Math.abs(after) + Math.abs(before)))) {
            majorize(j);
        }
        for (int c = 0; c < rank; c++) {
            into[c][j] = h[c];
        }
        return before;
    }

    private void grow(int count) {
        if (x.length < count) {
            int length = Math.max(count, 2 * x.length);
            x = new double[length];
            y = new double[length];
            weight = new double[length];
            background = new double[length];
            negative = new double[length];
            positive = new double[length];
            curvature = new double[length];
            if (fixed.rows == null) {
                f = new double[rank][length];
            }
        }
    }

    private void load(int vector) {
        if (entries == null) {
            loadAll(vector);
        } else {
            loadStored(vector);
        }
        double scale = data.scale();
        if (scale != 1) {
            for (int i = 0; i < n; i++) {
                x[i] *= scale;
                background[i] *= scale;
            }
        }
    }

    private void loadStored(int vector) {
        int from = entries.x().start()[vector];
        n = entries.x().start()[vector + 1] - from;
        grow(n);
        System.arraycopy(entries.x().values(), from, x, 0, n);
        weighted = entries.weights() != null;
        if (weighted) {
            System.arraycopy(entries.weights(), from, weight, 0, n);
        }
        shifted = entries.background() != null;
        if (shifted) {
            System.arraycopy(entries.background(), from, background, 0, n);
        }
        int[] index = entries.x().index();
        for (int i = 0; i < n; i++) {
            int at = index[from + i] * rank;
            for (int c = 0; c < rank; c++) {
                f[c][i] = fixed.together[at + c];
            }
        }
    }

    private void loadAll(int vector) {
        n = fixed.rows[0].length;
        grow(n);
        read(problem.facts().x(), vector, x);
        shifted = data.background() != null;
        if (shifted) {
            read(data.background(), vector, background);
        }
        weighted = data.weights() != null || data.missing();
        if (weighted) {
            if (data.weights() == null) {
                Arrays.fill(weight, 0, n, 1.0);
            } else {
                read(data.weights(), vector, weight);
            }
            for (int i = 0; i < n; i++) {
                if (weight[i] == 0 || data.missing() && x[i] != x[i]) {
                    weight[i] = 0;
                    x[i] = 1 / data.scale();
                }
            }
        }
    }

    private void read(Matrix matrix, int vector, double[] span) {
        if (terms.factor() == Factor.W) {
            matrix.read(vector, 0, 1, n, span, 0, n);
        } else {
            matrix.readTransposed(0, vector, n, 1, span, 0, n);
        }
    }

    /** y = Σ h·f, afresh: steps along entries leave rounding errors behind. */
    private void model() {
        if (shifted) {
            System.arraycopy(background, 0, y, 0, n);
        } else {
            Arrays.fill(y, 0, n, 0.0);
        }
        for (int c = 0; c < rank; c++) {
            Combine.add(n, y, f[c], h[c]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(y[i], LossStep.LEAST_MODEL);
        }
    }

    /** {@return the data term of this vector; zeros that are not visited count y each} */
    private double value() {
        loss.value(n, x, y, curvature, math);
        double sum = 0;
        if (weighted) {
            for (int i = 0; i < n; i++) {
                sum += weight[i] * curvature[i];
            }
        } else {
            sum = CoordinateDescent.sum(n, curvature);
        }
        if (difference) {
            sum -= CoordinateDescent.sum(n, y);
            for (int c = 0; c < rank; c++) {
                sum += fixed.sums[c] * h[c];
            }
        }
        return sum;
    }

    /** Σ w·f over the observed entries, for losses with P = 1. */
    private void slopesOfOnes() {
        if (loss.positive() != Positive.ONE) {
            return;
        }
        boolean all = difference || entries == null && !weighted; // else f where observed may be lost in the sum of all
        for (int c = 0; c < rank; c++) {
            base[c] = all ? fixed.sums[c] : 0.0;
            if (weighted || !all) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += (weighted ? weight[i] : 1.0) * f[c][i] - (all ? f[c][i] : 0.0);
                }
                base[c] = Math.max(0.0, base[c] + sum);
            }
        }
    }

    /** A Newton step along one entry, exact in the penalties' surrogate. */
    private void step(int c, int j, double lower, double upper) {
        double[] component = f[c];
        if (ratio && !weighted) {
            ratios(n, component, x, y, negative, curvature);
        } else {
            parts(component);
        }
        double slope = (loss.positive() == Positive.ONE ? base[c] : 0.0) - CoordinateDescent.sum(n, negative);
        double bend = CoordinateDescent.sum(n, curvature);
        double q = bend + block.quadratic(c)[j];
        double l = slope - bend * h[c] + block.linear(c)[j];
        double next = Math.min(Math.max(root(q, l, block.log(c)[j], h[c]), lower), upper);
        double d = next - h[c];
        if (d != 0 && d - d == 0) {
            h[c] = next;
            Combine.add(n, y, component, d);
            if (d < 0) {
                restoreCancelled(component, -d);
            }
        }
    }

    /** Forms the model afresh where a subtraction left less than a thousandth of what it took: rounding errors, or less. */
    private void restoreCancelled(double[] component, double taken) {
        double share = CANCELLED * taken;
        for (int i = 0; i < n; i++) {
            if (y[i] < share * component[i]) {
                double sum = shifted ? background[i] : 0.0;
                for (int c = 0; c < rank; c++) {
                    sum += h[c] * f[c][i];
                }
                y[i] = Math.max(sum, LossStep.LEAST_MODEL);
            }
        }
    }

    private static void ratios(int n, double[] f, double[] x, double[] y, double[] slope, double[] bend) {
        for (int i = 0; i < n; i++) {
            double u = f[i] / y[i];
            double t = x[i] * u;
            slope[i] = t;
            bend[i] = t * u;
        }
    }

    /** Σ f·(N − P) in negative, or f·N where P = 1, and Σ f²·d″ in curvature, weighted. */
    private void parts(double[] component) {
        loss.curvature(n, x, y, curvature, math);
        loss.split(n, x, y, negative, positive, math);
        if (loss.positive() == Positive.MODEL) {
            System.arraycopy(y, 0, positive, 0, n);
        }
        boolean one = loss.positive() == Positive.ONE;
        for (int i = 0; i < n; i++) {
            double w = (weighted ? weight[i] : 1.0) * component[i];
            negative[i] = w * (one ? negative[i] : negative[i] - positive[i]);
            curvature[i] = w * component[i] * curvature[i];
        }
    }

    /** {@return the minimizer of ½q·h² + l·h − k·log h over h ≥ 0, without cancellation; here where nothing bends or falls} */
    private static double root(double q, double l, double k, double here) {
        if (q == 0 && k == 0) {
            return l > 0 ? 0.0 : here;
        }
        double d = Math.sqrt(l * l + 4 * q * k);
        return l >= 0 ? (k == 0 ? 0.0 : 2 * k / (l + d)) : q > 0 ? (d - l) / (2 * q) : here;
    }

    /** {@return what the penalties' surrogate changes by} */
    private double penaltyChange(int j) {
        double change = 0;
        for (int c = 0; c < rank; c++) {
            double from = block.at(c)[j];
            double to = h[c];
            double k = block.log(c)[j];
            change += (to - from) * (0.5 * block.quadratic(c)[j] * (to + from) + block.linear(c)[j])
                    - (k == 0 ? 0.0 : k * Math.log(to / from));
        }
        return change;
    }

    /** The majorize-minimize step instead, from where the vector began. */
    private void majorize(int j) {
        for (int c = 0; c < rank; c++) {
            h[c] = block.at(c)[j];
        }
        model();
        single.begin(0, 1);
        loss.split(n, x, y, negative, positive, math);
        if (loss.positive() == Positive.MODEL) {
            System.arraycopy(y, 0, positive, 0, n);
        }
        for (int c = 0; c < rank; c++) {
            single.at(c)[0] = h[c];
            single.lower(c)[0] = block.lower(c, j);
            single.upper(c)[0] = block.upper(c, j);
        }
        for (int c = 0; c < rank; c++) {
            double p = loss.positive() == Positive.ONE ? base[c] : 0.0;
            double m = 0;
            for (int i = 0; i < n; i++) {
                double w = (weighted ? weight[i] : 1.0) * f[c][i];
                m += w * negative[i];
                p += loss.positive() == Positive.ONE ? 0.0 : w * positive[i];
            }
            one[0] = m;
            other[0] = p;
            single.addLoss(c, other, 0.0, one);
            single.linear(c)[0] += block.linear(c)[j];
            single.quadratic(c)[0] += block.quadratic(c)[j];
            single.log(c)[0] += block.log(c)[j];
        }
        for (int c = 0; c < rank; c++) {
            single.minimizer(c, null, singleInto[c], null);
            h[c] = singleInto[c][0];
        }
    }
}
