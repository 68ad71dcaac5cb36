package io.github.nmf4j.core;

import io.github.nmf4j.api.Constraint.Ties;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import java.util.Locale;

/** Makes the first point of a fit: what was given, the rest from the start; feasible, and of the data's size. */
final class StartingPoint {
    private static final int NNLS_SWEEPS = 200;
    private static final int SCALINGS = 5;

    private final Settings settings;
    private final DataFacts facts;
    private final Problem problem;

    StartingPoint(Settings settings, DataFacts facts, Problem problem) {
        this.settings = settings;
        this.facts = facts;
        this.problem = problem;
    }

    Iterate make() {
        int rank = settings.rank();
        FactorTerms ofW = problem.terms(Factor.W);
        FactorTerms ofH = problem.terms(Factor.H);
        Iterate at = new Iterate(
                DenseMatrix.zeros(rank, ofW.vectors()),
                DenseMatrix.zeros(rank, ofH.vectors()),
                ofW.penalties(),
                ofH.penalties());
        boolean complete = settings.startW() != null && settings.startH() != null;
        if (!complete) {
            DenseMatrix atData = DenseMatrix.zeros(rank, facts.x().rows());
            settings.start().write(new Products(settings, facts), atData, at.values(Factor.H));
            if (problem.dictionary() == null) {
                at.values(Factor.W).set(atData);
            } else {
                throughDictionary(problem, atData, at.values(Factor.W));
            }
        }
        given(Factor.W, settings.startW(), at);
        given(Factor.H, settings.startH(), at);
        problem.repair(at);
        if (!complete) {
            scaleToData(at);
            problem.repair(at);
            if (settings.start().fitsH() && settings.startH() == null && settings.updates(Factor.H)) {
                fitH(at);
            }
        }
        return at;
    }

    private void given(Factor factor, Matrix values, Iterate at) {
        if (values == null) {
            return;
        }
        DenseMatrix target = at.values(factor);
        String name = factor.name().toLowerCase(Locale.ROOT);
        int rows = factor == Factor.W ? target.columns() : target.rows();
        int columns = factor == Factor.W ? target.rows() : target.columns();
        if (values.rows() != rows || values.columns() != columns) {
            throw new InvalidInputException("initial " + name + " must be " + rows + " x " + columns
                    + (factor == Factor.W
                            ? " (rows of x, or columns of the dictionary, by rank)"
                            : " (rank by columns of x)")
                    + ": " + values.rows() + " x " + values.columns());
        }
        double scale = settings.carrier() == factor ? facts.scale() : 1;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double value = values.get(i, j);
                if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                    throw new InvalidInputException("initial " + name + " must be finite and non-negative: " + name
                            + "[" + i + ", " + j + "] = " + value);
                }
                if (factor == Factor.W) {
                    target.set(j, i, value * scale);
                } else {
                    target.set(i, j, value * scale);
                }
            }
        }
    }

    /** W ← argmin ‖G·W − D‖ over W ≥ 0, by cyclic coordinate descent on GᵀG; columns of D are independent. */
    static void throughDictionary(Problem problem, DenseMatrix d, DenseMatrix w) {
        DenseMatrix g = problem.dictionary();
        int m = g.columns();
        DenseMatrix gram = DenseMatrix.zeros(m, m);
        problem.backend().multiply(Product.ATB, g, g, 0, gram);
        DenseMatrix right = DenseMatrix.zeros(d.rows(), m);
        problem.backend().multiply(Product.AB, d, g, 0, right);
        for (int c = 0; c < d.rows(); c++) {
            for (int sweep = 0; sweep < NNLS_SWEEPS; sweep++) {
                for (int q = 0; q < m; q++) {
                    double slope = -right.get(c, q);
                    for (int r = 0; r < m; r++) {
                        slope += gram.get(q, r) * w.get(c, r);
                    }
                    double curvature = gram.get(q, q);
                    w.set(c, q, curvature > 0 ? Math.max(0.0, w.get(c, q) - slope / curvature) : 0.0);
                }
            }
        }
        // A zero would be locked by multiplicative updates: a hundredth of the component's mean takes its place.
        for (int c = 0; c < d.rows(); c++) {
            double sum = 0;
            for (int q = 0; q < m; q++) {
                sum += w.get(c, q);
            }
            for (int q = 0; q < m; q++) {
                w.set(c, q, Math.max(w.get(c, q), 0.01 * sum / m));
            }
        }
    }

    /** Multiplies a factor that nothing ties, both where both are free, by the number that makes the data term least. */
    private void scaleToData(Iterate at) {
        if (!(free(Factor.W) || free(Factor.H))) {
            return;
        }
        scaleToSum(at);
        Loss loss = settings.loss();
        boolean done = problem.data().uniform()
                && loss.negative() == Loss.Negative.RATIO
                && settings.background() == null; // Σ y·N is then the sum of X, Σ y·P that of the model
        if (!done) {
            scaleToLoss(at, loss.powers() && settings.background() == null ? 1 : SCALINGS);
        }
    }

    /** Makes ΣY = ΣX: near enough that squares of the model do not overflow where those of X do not. */
    private void scaleToSum(Iterate at) {
        double model = modelSum(at);
        double mean = facts.observed() > 0 ? facts.sum() / facts.observed() : 0.0;
        double wanted = mean * facts.x().rows() * facts.x().columns();
        if (model > 0 && wanted > 0) {
            scale(at, wanted / model);
        }
    }

    /**
     * At the least data term Σ y·N = Σ y·P. Where N ∝ y^−a and P ∝ y^b one step leads there, by (Σ y·N / Σ y·P)^1/(a+b); for
     * other losses the logarithm of that ratio is brought to 0 by the secant method. A step is a pass over X.
     */
    private void scaleToLoss(Iterate at, int steps) {
        HalfStep half = problem.halfStep(Factor.H);
        double slope = -(settings.loss().growth() + settings.loss().decay());
        double last = Double.NaN;
        double step = 0;
        for (int i = 0; i < steps; i++) {
            half.statistics(at, false);
            double off = Math.log(half.ratio(at));
            double secant = (off - last) / step;
            slope = secant < 0 ? secant : slope;
            last = off;
            step = -off / slope;
            if (!(Math.exp(step) > 0) || step == 0) {
                return;
            }
            scale(at, Math.exp(step));
        }
    }

    private void scale(Iterate at, double factor) {
        if (!(factor < Double.POSITIVE_INFINITY)) {
            return;
        }
        if (free(Factor.W) && free(Factor.H)) {
            at.values(Factor.W).scale(Math.sqrt(factor));
            at.values(Factor.H).scale(Math.sqrt(factor));
        } else {
            at.values(free(Factor.W) ? Factor.W : Factor.H).scale(factor);
        }
    }

    private boolean free(Factor factor) {
        Matrix given = factor == Factor.W ? settings.startW() : settings.startH();
        return given == null
                && settings.updates(factor)
                && problem.terms(factor).tying().ties() == Ties.NOTHING;
    }

    private void fitH(Iterate at) {
        // Neither depends on how X is stored, as the choice of auto and the number of its sweeps would.
        FactorUpdate update = Hals.refuses(problem, Factor.H).isEmpty()
                ? new CoordinateDescent(problem, Factor.H, 1)
                : problem.halfStep(Factor.H);
        Iterate fitted = at.copy();
        update.statistics(at, false);
        update.update(at, fitted);
        at.set(Factor.H, fitted);
    }

    private double modelSum(Iterate at) {
        DenseMatrix w = problem.atDataLevel(at, Factor.W);
        DenseMatrix h = at.values(Factor.H);
        double[] ofW = new double[h.rows()];
        double[] ofH = new double[h.rows()];
        DataTerm.rowSums(w, ofW);
        DataTerm.rowSums(h, ofH);
        double sum = 0;
        for (int c = 0; c < ofW.length; c++) {
            sum += ofW[c] * ofH[c];
        }
        return sum;
    }
}
