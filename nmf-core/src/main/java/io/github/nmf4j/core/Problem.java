package io.github.nmf4j.core;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Regularizer;
import java.util.List;

/**
 * One fit's problem as solvers see it: what is minimized, over what, with what; and the half-steps they are made of.
 *
 * <p>Solvers ask what the loss and the constraints declare, never what they are called.
 */
public final class Problem {
    private final Settings settings;
    private final DataFacts facts;
    private final DataTerm data;
    private final Workers workers;
    private final DenseMatrix dictionary;
    private final double[] dictionarySums;
    private final FactorTerms termsOfW;
    private final FactorTerms termsOfH;
    private final HalfStep halfOfW;
    private final HalfStep halfOfH;
    private final DenseMatrix expanded;

    Problem(Settings settings, DataFacts facts, Workers workers) {
        this.settings = settings;
        this.facts = facts;
        this.workers = workers;
        this.dictionary = settings.dictionary();
        this.dictionarySums = dictionary == null ? null : columnSums(dictionary);
        int rank = settings.rank();
        int vectorsOfW = dictionary == null ? facts.x().rows() : dictionary.columns();
        Factor carrier = settings.carrier();
        termsOfW = new FactorTerms(
                Factor.W,
                rank,
                vectorsOfW,
                settings.acting(Factor.W),
                settings.constraints(Factor.W),
                carrier == Factor.W ? facts.scale() : 1);
        termsOfH = new FactorTerms(
                Factor.H,
                rank,
                facts.x().columns(),
                settings.acting(Factor.H),
                settings.constraints(Factor.H),
                carrier == Factor.H ? facts.scale() : 1);
        data = new DataTerm(settings, facts, workers);
        expanded = dictionary == null ? null : DenseMatrix.zeros(rank, dictionary.rows());
        halfOfW = new HalfStep(this, termsOfW);
        halfOfH = new HalfStep(this, termsOfH);
    }

    private static double[] columnSums(DenseMatrix matrix) {
        double[] sums = new double[matrix.columns()];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += matrix.get(i, j);
            }
        }
        return sums;
    }

    /** {@return the number of components} */
    public int rank() {
        return settings.rank();
    }

    /** {@return rows of X} */
    public int rows() {
        return facts.x().rows();
    }

    /** {@return columns of X} */
    public int columns() {
        return facts.x().columns();
    }

    /** {@return the loss} */
    public Loss loss() {
        return settings.loss();
    }

    /**
     * {@return the penalties on a factor, as configured}
     *
     * @param factor which
     */
    public List<Regularizer> penalties(Factor factor) {
        return terms(factor).penalties();
    }

    /**
     * {@return the constraints on a factor, placed on it}
     *
     * @param factor which
     */
    public List<Constraint> constraints(Factor factor) {
        return terms(factor).constraints();
    }

    /**
     * {@return whether a factor is to be updated, not held}
     *
     * @param factor which
     */
    public boolean updates(Factor factor) {
        return settings.updates(factor);
    }

    /** {@return whether W is multiplied by a dictionary} */
    public boolean hasDictionary() {
        return dictionary != null;
    }

    /**
     * {@return the majorize-minimize update of a factor}
     *
     * @param factor which
     */
    public HalfStep halfStep(Factor factor) {
        return factor == Factor.W ? halfOfW : halfOfH;
    }

    /**
     * Moves a point into the constraints' sets.
     *
     * @param at any positive point
     */
    public void repair(Iterate at) {
        for (Factor factor : Factor.values()) {
            if (updates(factor)) {
                halfStep(factor).repair(at);
            }
        }
    }

    /**
     * Moves a point that lies near the constraints' sets, an extrapolated one, back into them.
     *
     * @param at any positive point
     */
    public void restore(Iterate at) {
        for (Factor factor : Factor.values()) {
            if (updates(factor)) {
                halfStep(factor).restore(at);
            }
        }
    }

    /**
     * {@return the objective at a point: one pass over X, which leaves the half-step of H with the statistics of that point}
     *
     * @param at the point
     */
    public Objective objective(Iterate at) {
        return objective(at, halfOfH.statistics(at, true));
    }

    /**
     * {@return the objective at a point whose data term is known}
     *
     * @param at the point
     * @param data the data term there
     */
    public Objective objective(Iterate at, double data) {
        double[] ofW = halfOfW.penaltyValues(at);
        double[] ofH = halfOfH.penaltyValues(at);
        double[] all = new double[ofW.length + ofH.length];
        System.arraycopy(ofW, 0, all, 0, ofW.length);
        System.arraycopy(ofH, 0, all, ofW.length, ofH.length);
        double magnitude = Math.abs(data - facts.constant()) + Math.abs(facts.constant()) + facts.atZeroModel();
        for (double penalty : all) {
            magnitude += Math.abs(penalty);
        }
        return new Objective(data, all, magnitude);
    }

    /**
     * Lets passes divide by the model without a look, unless a start shows that entries of a factor are held at 0, or floors
     * are so low that a product of two may vanish.
     */
    void guardAgainstZeros(Iterate start) {
        data.guard(termsOfW.floor() * termsOfH.floor() < LossStep.LEAST_MODEL
                || hasZero(atDataLevel(start, Factor.W))
                || hasZero(start.values(Factor.H)));
    }

    private static boolean hasZero(DenseMatrix values) {
        for (double value : values.data()) {
            if (value == 0) {
                return true;
            }
        }
        return false;
    }

    FactorTerms terms(Factor factor) {
        return factor == Factor.W ? termsOfW : termsOfH;
    }

    DataTerm data() {
        return data;
    }

    DataFacts facts() {
        return facts;
    }

    Workers workers() {
        return workers;
    }

    LinearAlgebraBackend backend() {
        return settings.backend();
    }

    DenseMatrix dictionary() {
        return dictionary;
    }

    double[] dictionarySums() {
        return dictionarySums;
    }

    /** {@return a factor as it meets X: W with the dictionary multiplied in, rank × rows of X} */
    DenseMatrix atDataLevel(Iterate at, Factor factor) {
        DenseMatrix values = at.values(factor);
        if (factor == Factor.H || dictionary == null) {
            return values;
        }
        backend().multiply(Product.ABT, values, dictionary, 0, expanded);
        return expanded;
    }
}
