package io.github.nmf4j.core;

import io.github.nmf4j.api.Constraint.Ties;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Regularizer.Reads;
import io.github.nmf4j.api.Surrogate;

/**
 * What the objective could still fall by if one factor moved within its set and the other did not: an upper bound where the
 * problem is convex in that factor, found from the gradient g.
 *
 * <p>By convexity the gain is at most ⟨g, h − z⟩ with z the minimizer, wherever it is.
 *
 * <ul>
 *   <li>Entries that a constraint ties: at most the maximum over the set, where the constraint itself minimizes ⟨g, z⟩ (Frank
 *       &amp; Wolfe 1956; Jaggi 2013, ICML, section 2).
 *   <li>Entries bounded on both sides: at most the maximum over their box.
 *   <li>Others: ⟨l, z⟩ ≤ T with l = Σ F·P, so that −⟨g, z⟩ ≤ T·max(−g/l). Where P = y^b and N = x^{a+b}·y^{−a} with a ≤ 1,
 *       stationarity along the ray through z and Hölder's inequality give T = ⟨l, h⟩^{b/(b+1)} · (Σ x^{b+1})^{1/(b+1)}, for
 *       Kullback–Leibler simply Σ x. A penalty that is convex and least at 0 only lowers ⟨l, z⟩: for each vector if it does not
 *       couple vectors, otherwise in sum, and then all vectors make one group. So they do where a dictionary couples the rows
 *       of W.
 *   <li>Least squares, with A = F·Fᵀ and D its diagonal: the quadratic bound Σ −(g·d + ½μ·D·d²), d the step to its minimizer
 *       within the bounds and μ the least eigenvalue of D^{−½}·A·D^{−½}; it is used where it is smaller.
 * </ul>
 *
 * <p>Otherwise T is estimated by the greater of ⟨l, h⟩ and ⟨Σ F·N, h⟩, which are equal at a stationary point.
 */
final class BlockGap {
    /** Below it, quadratic bounds are too weak to be worth their rounding errors. */
    private static final double LEAST_CURVATURE = 1e-10;

    private final Problem problem;
    private final FactorTerms terms;
    private final HalfStep half;
    private final PowerSums powers;
    private final DenseMatrix slopes;
    private final boolean gram;
    private final boolean knownReach;
    private final boolean reachFromNegative;

    BlockGap(Problem problem, FactorTerms terms, PowerSums powers) {
        this.problem = problem;
        this.terms = terms;
        this.powers = powers;
        this.half = new HalfStep(problem, terms);
        this.slopes = DenseMatrix.zeros(terms.rank(), terms.vectors());
        Loss loss = problem.loss();
        boolean background = problem.data().background() != null;
        this.gram = problem.data().gram();
        this.knownReach = loss.powers() && loss.decay() <= 1 && (loss.growth() == 0 || !background);
        this.reachFromNegative = loss.powers() && loss.growth() == 0 && loss.decay() == 1 && !background;
    }

    private boolean tied() {
        return terms.tying().ties() != Ties.NOTHING;
    }

    /** {@return whether {@link #at} is an upper bound} */
    boolean bounds() {
        return problem.loss().convex()
                && terms.acting().all().stream().allMatch(Regularizer::convex)
                && (tied() || gram || knownReach);
    }

    private boolean pooled() {
        return terms.factor() == Factor.W && problem.hasDictionary()
                || terms.acting().all().stream().anyMatch(p -> p.reads() != Reads.ENTRY && p.reads() != Reads.VECTOR);
    }

    /**
     * {@return a point of lower objective where entries that were held near 0 are let go; null if that is not worth while}
     *
     * @param point that {@link #at} was asked about last
     * @param objective there
     * @param worth what the entries must at least promise
     */
    Iterate released(Iterate point, double objective, double worth) {
        return new Release(problem, terms, half).of(point, slopes, objective, worth);
    }

    double at(Iterate point) {
        half.statistics(point, false);
        half.slopes(point, slopes);
        DenseMatrix values = point.values(terms.factor());
        if (tied()) {
            return Math.max(0.0, half.linearGain(values, slopes));
        }
        Quadratic quadratic = gram ? quadratic(point) : null;
        if (quadratic != null && quadratic.least > 0.01) {
            return quadratic(quadratic, values);
        }
        double gain = linear(values);
        return quadratic == null ? gain : Math.min(gain, quadratic(quadratic, values));
    }

    /** Sums of a group of vectors. */
    private static final class Group {
        double product; // <g, h − lower>
        double steepest; // max −g/l
        double boxed; // the same two where boxes are used for the entries that have one
        double steepestUnboxed;
        double reach; // of the data
        double floors; // <l, lower>
        double positive; // <l, h>
        double negative; // <n, h>
    }

    private double linear(DenseMatrix values) {
        int rank = terms.rank();
        boolean pooled = pooled();
        double[] sums = knownReach && !reachFromNegative ? powers.of(terms.factor()) : null;
        Group group = new Group();
        if (pooled && sums != null) {
            for (double sum : sums) {
                group.reach += sum;
            }
        }
        double[] total = {0};
        DenseMatrix negative = half.negative();
        half.eachBounded(values, block -> {
            for (int j = 0; j < block.count(); j++) {
                Group g = pooled ? group : new Group();
                int v = block.vector(j);
                for (int c = 0; c < rank; c++) {
                    add(g, block, c, j, values.get(c, v), negative.get(c, v));
                }
                if (!pooled) {
                    g.reach = sums == null ? 0 : sums[v];
                    total[0] += gain(g);
                }
            }
        });
        return pooled ? gain(group) : total[0];
    }

    private void add(Group g, Surrogate block, int c, int j, double h, double negative) {
        int v = block.vector(j);
        double slope = slopes.get(c, v);
        double lower = block.lower(c, j);
        double upper = block.upper(c, j);
        double l = half.positive(c, v);
        g.positive += l * h;
        g.negative += negative * h;
        if (!(upper > lower)) {
            return;
        }
        g.floors += l * lower;
        double product = slope * (h - lower);
        double steepness = slope < 0 ? -slope / l : 0.0;
        g.product += product;
        g.steepest = Math.max(g.steepest, steepness);
        if (upper < Double.POSITIVE_INFINITY) {
            g.boxed += Math.max(product, slope * (h - upper));
        } else {
            g.boxed += product;
            g.steepestUnboxed = Math.max(g.steepestUnboxed, steepness);
        }
    }

    private double gain(Group g) {
        double b = problem.loss().growth();
        double reach = Math.max(g.positive, g.negative);
        if (reachFromNegative) {
            reach = g.negative;
        } else if (knownReach) {
            reach = Math.pow(g.positive, b / (b + 1)) * Math.pow(g.reach, 1 / (b + 1));
        }
        reach += g.floors;
        double cone = g.product + times(reach, g.steepest);
        double boxes = g.boxed + times(reach, g.steepestUnboxed);
        return Math.max(0.0, Math.min(cone, boxes));
    }

    private static double times(double reach, double steepest) {
        return steepest == 0 ? 0.0 : reach * steepest;
    }

    /** A quadratic that lies below the data term: curvatures, and the share of them that holds in all directions at once. */
    private record Quadratic(double[] diagonal, double[] perVector, double least) {}

    private Quadratic quadratic(Iterate point) {
        DenseMatrix fixed = point.values(terms.factor().other());
        Quadratic components = quadratic(gram(Product.ABT, fixed, terms.rank()));
        if (terms.factor() == Factor.H && problem.hasDictionary()) {
            DenseMatrix expanded = problem.atDataLevel(point, Factor.W);
            components = quadratic(gram(Product.ABT, expanded, terms.rank()));
        }
        if (terms.factor() == Factor.W && problem.hasDictionary() && components != null) {
            DenseMatrix g = problem.dictionary();
            Quadratic atoms = quadratic(gram(Product.ATB, g, g.columns()));
            return atoms == null
                    ? null
                    : new Quadratic(components.diagonal, atoms.diagonal, components.least * atoms.least);
        }
        return components;
    }

    private DenseMatrix gram(Product product, DenseMatrix f, int size) {
        DenseMatrix gram = DenseMatrix.zeros(size, size);
        problem.backend().multiply(product, f, f, 0, gram);
        return gram;
    }

    /** {@return the diagonal and the least eigenvalue of the matrix scaled to ones on it; null where that vanishes} */
    private Quadratic quadratic(DenseMatrix gram) {
        int n = gram.rows();
        double[] diagonal = new double[n];
        for (int c = 0; c < n; c++) {
            diagonal[c] = gram.get(c, c);
            if (!(diagonal[c] >= Double.MIN_NORMAL)) {
                return null;
            }
        }
        DenseMatrix scaled = DenseMatrix.zeros(n, n);
        for (int c = 0; c < n; c++) {
            for (int d = 0; d < n; d++) {
                scaled.set(c, d, gram.get(c, d) / Math.sqrt(diagonal[c] * diagonal[d]));
            }
        }
        double[] values = problem.backend().eigen(scaled).values();
        double least = values[n - 1] - n * Math.ulp(values[0]);
        return least > LEAST_CURVATURE ? new Quadratic(diagonal, null, least) : null;
    }

    private double quadratic(Quadratic quadratic, DenseMatrix values) {
        double[] total = {0};
        half.eachBounded(values, block -> {
            for (int c = 0; c < terms.rank(); c++) {
                for (int j = 0; j < block.count(); j++) {
                    int v = block.vector(j);
                    double curvature = quadratic.least
                            * quadratic.diagonal[c]
                            * (quadratic.perVector == null ? 1.0 : quadratic.perVector[v]);
                    double slope = slopes.get(c, v);
                    double h = values.get(c, v);
                    double to = Math.min(Math.max(h - slope / curvature, block.lower(c, j)), block.upper(c, j));
                    double d = to - h;
                    total[0] -= slope * d + 0.5 * curvature * d * d;
                }
            }
        });
        return total[0];
    }
}
