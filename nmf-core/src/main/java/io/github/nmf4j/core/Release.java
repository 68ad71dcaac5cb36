package io.github.nmf4j.core;

import io.github.nmf4j.api.Constraint.Ties;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import java.util.Arrays;

/**
 * Lets entries go that are held near 0 although the objective falls as they grow.
 *
 * <p>A multiplicative update multiplies an entry by a ratio that tends to 1 + ε near the optimum, so that one which fell to the
 * floor needs thousands of sweeps to come back, and its slope keeps the certificate high all the while. Such entries are set to
 * a hundredth of their component's mean, each vector then goes to where the secant of its slope along that step vanishes, and
 * the point is taken if its objective is lower. Where a constraint ties entries, slopes count relative to their weighted mean.
 */
final class Release {
    /** Of the component's mean: an entry below it is held. */
    private static final double HELD = 1e-4;

    /** Of the component's mean: where the secant is taken. */
    private static final double STEP = 0.01;

    /** Of that step. */
    private static final double LONGEST = 100;

    /** A step that raised the objective is shortened so often. */
    private static final int ATTEMPTS = 3;

    private static final double SHORTER = 0.25;

    private final Problem problem;
    private final FactorTerms terms;
    private final HalfStep half;

    /**
     * @param half for looks of its own, which no sweep relies on
     */
    Release(Problem problem, FactorTerms terms, HalfStep half) {
        this.problem = problem;
        this.terms = terms;
        this.half = half;
    }

    /**
     * {@return a point of lower objective; null if none was found, or the entries that are held promise too little}
     *
     * @param at a point
     * @param slopes the gradient there
     * @param objective there
     * @param worth what must at least be promised
     */
    Iterate of(Iterate at, DenseMatrix slopes, double objective, double worth) {
        Iterate trial = at.copy();
        if (!(promise(at.values(terms.factor()), slopes, trial.values(terms.factor())) > worth)) {
            return null;
        }
        half.restore(trial);
        half.statistics(trial, false);
        DenseMatrix there = DenseMatrix.zeros(terms.rank(), terms.vectors());
        half.slopes(trial, there);
        double[] lengths = lengths(at, trial, slopes, there);
        Iterate next = trial.copy();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            move(at, trial, lengths, next);
            half.restore(next);
            if (objective(next) < objective) {
                return next;
            }
            Arrays.setAll(lengths, v -> lengths[v] * SHORTER);
        }
        return null;
    }

    private double objective(Iterate at) {
        return problem.objective(at, half.statistics(at, true)).total();
    }

    /** Sets the entries that are held, and says how much they could gain at the most, to first order. */
    private double promise(DenseMatrix values, DenseMatrix slopes, DenseMatrix trial) {
        int rank = terms.rank();
        double[] mean = new double[rank];
        DataTerm.rowSums(values, mean);
        Arrays.setAll(mean, c -> mean[c] / terms.vectors());
        double[] byComponent = terms.tying().ties() == Ties.VECTORS ? weighted(values, slopes, mean) : null;
        double total = 0;
        for (int v = 0; v < terms.vectors(); v++) {
            double reach = reach(values, v);
            double common = terms.tying().ties() == Ties.COMPONENTS ? weighted(values, slopes, v) : 0.0;
            double most = 0;
            for (int c = 0; c < rank; c++) {
                double h = values.get(c, v);
                double slope = slopes.get(c, v) - (byComponent == null ? common : byComponent[c]);
                if (h > 0 && h < HELD * mean[c] && slope < 0) {
                    trial.set(c, v, STEP * mean[c]);
                    double weight = terms.tying().ties() == Ties.NOTHING ? half.positive(c, v) : 1.0;
                    most = Math.max(most, -slope * reach / weight);
                }
            }
            total += most;
        }
        return total;
    }

    /** {@return the sum of a vector's entries, each times its part of ⟨l, h⟩ where nothing ties them} */
    private double reach(DenseMatrix values, int v) {
        double sum = 0;
        for (int c = 0; c < terms.rank(); c++) {
            double weight = terms.tying().ties() == Ties.NOTHING ? half.positive(c, v) : 1.0;
            sum += values.get(c, v) * weight;
        }
        return sum;
    }

    private double weighted(DenseMatrix values, DenseMatrix slopes, int v) {
        double product = 0;
        double sum = 0;
        for (int c = 0; c < terms.rank(); c++) {
            product += values.get(c, v) * slopes.get(c, v);
            sum += values.get(c, v);
        }
        return sum > 0 ? product / sum : 0.0;
    }

    private double[] weighted(DenseMatrix values, DenseMatrix slopes, double[] mean) {
        double[] product = new double[terms.rank()];
        for (int c = 0; c < product.length; c++) {
            for (int v = 0; v < terms.vectors(); v++) {
                product[c] += values.get(c, v) * slopes.get(c, v);
            }
            product[c] = mean[c] > 0 ? product[c] / (mean[c] * terms.vectors()) : 0.0;
        }
        return product;
    }

    /** {@return for each vector the length at which the secant of the slope along its step vanishes} */
    private double[] lengths(Iterate at, Iterate trial, DenseMatrix slopes, DenseMatrix there) {
        Factor factor = terms.factor();
        double longest = terms.tying().ties() == Ties.NOTHING ? LONGEST : 1.0;
        double[] lengths = new double[terms.vectors()];
        for (int v = 0; v < lengths.length; v++) {
            double before = 0;
            double after = 0;
            for (int c = 0; c < terms.rank(); c++) {
                double step = trial.values(factor).get(c, v) - at.values(factor).get(c, v);
                before += step * slopes.get(c, v);
                after += step * there.get(c, v);
            }
            if (before < 0) {
                lengths[v] = after > before ? Math.min(longest, before / (before - after)) : longest;
            }
        }
        return lengths;
    }

    private void move(Iterate at, Iterate trial, double[] lengths, Iterate into) {
        DenseMatrix from = at.values(terms.factor());
        DenseMatrix to = trial.values(terms.factor());
        DenseMatrix values = into.values(terms.factor());
        for (int c = 0; c < terms.rank(); c++) {
            for (int v = 0; v < lengths.length; v++) {
                double h = from.get(c, v);
                values.set(c, v, h + lengths[v] * (to.get(c, v) - h));
            }
        }
    }
}
