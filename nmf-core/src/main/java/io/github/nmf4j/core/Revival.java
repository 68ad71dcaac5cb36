package io.github.nmf4j.core;

import io.github.nmf4j.api.Constraint.Ties;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Matrix;
import java.util.Arrays;

/**
 * Starts dead components again, each as the column of X that costs most: w becomes that column, which then is fitted by the
 * component alone.
 *
 * <p>A new point is taken if its objective is lower, so that the objective of a run never rises. Finding the column costs a
 * read of X and rank multiplications an entry.
 */
final class Revival {
    /** Of the column's mean, in place of zeros, which multiplicative updates would keep. */
    private static final double SHARE = 0.01;

    private final Problem problem;
    private final Settings settings;
    private final Components components;

    /** Attempts left; a component may die again. */
    private int left;

    Revival(Problem problem, Settings settings, Components components) {
        this.problem = problem;
        this.settings = settings;
        this.components = components;
        this.left = settings.revives() ? settings.rank() : 0;
    }

    /** {@return whether a component of a point lives again, at a lower objective} */
    boolean of(Iterate at) {
        if (left == 0 || !settings.updates(Factor.W) || !settings.updates(Factor.H)) {
            return false;
        }
        boolean any = false;
        for (int component : components.dead(at)) {
            any |= left-- > 0 && revive(at, component);
        }
        left = Math.max(left, 0);
        return any;
    }

    private boolean revive(Iterate at, int component) {
        Column worst = new Column();
        Column column = new Column();
        double most = 0;
        for (int j = 0; j < problem.columns(); j++) {
            double cost = column.cost(at, j);
            if (cost > most) {
                most = cost;
                worst = column;
                column = new Column();
            }
        }
        if (!(most > 0 && worst.mean() > 0)) {
            return false;
        }
        Iterate next = at.copy();
        worst.become(component, next);
        problem.repair(next);
        if (!(problem.objective(next).total() < problem.objective(at).total())) {
            return false;
        }
        at.set(Factor.W, next);
        at.set(Factor.H, next);
        return true;
    }

    /** A column of X in the scale being fitted, and how well it is modelled. */
    private final class Column {
        private final double[] x = new double[problem.rows()];
        private final double[] y = new double[x.length];
        private final double[] value = new double[x.length];
        private final double[] weight = new double[x.length];
        private int number;

        double cost(Iterate at, int column) {
            number = column;
            DataTerm data = problem.data();
            read(data.background(), y, 0.0);
            read(data.weights(), weight, 1.0);
            read(problem.facts().x(), x, 0.0);
            DenseMatrix w = problem.atDataLevel(at, Factor.W);
            for (int c = 0; c < problem.rank(); c++) {
                double h = at.values(Factor.H).get(c, column);
                for (int i = 0; i < y.length; i++) {
                    y[i] += w.get(c, i) * h;
                }
            }
            for (int i = 0; i < x.length; i++) {
                boolean seen = x[i] == x[i] && weight[i] > 0;
                weight[i] = seen ? weight[i] : 0.0;
                x[i] = seen ? x[i] * data.scale() : y[i];
                y[i] = Math.max(y[i], LossStep.LEAST_MODEL);
            }
            data.loss().value(x.length, x, y, value, data.math());
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += weight[i] > 0 ? weight[i] * value[i] : 0.0;
            }
            return sum;
        }

        private void read(Matrix from, double[] into, double otherwise) {
            if (from == null) {
                Arrays.fill(into, otherwise);
            } else {
                from.readTransposed(0, number, into.length, 1, into, 0, into.length);
            }
        }

        double mean() {
            return Arrays.stream(x).sum() / x.length;
        }

        void become(int component, Iterate at) {
            double mean = mean();
            // A tied H takes 1 for all of the column; otherwise the column's sum goes there, which suits a W that is
            // tied.
            boolean tied = problem.terms(Factor.H).tying().ties() != Ties.NOTHING;
            double amount = tied ? 1 : mean * x.length;
            DenseMatrix spectrum = DenseMatrix.zeros(1, x.length);
            for (int i = 0; i < x.length; i++) {
                spectrum.set(0, i, Math.max(x[i], SHARE * mean) / amount);
            }
            DenseMatrix w = at.values(Factor.W)
                    .slice(component, 0, 1, at.values(Factor.W).columns());
            if (problem.hasDictionary()) {
                w.fill(0.0);
                StartingPoint.throughDictionary(problem, spectrum, w);
            } else {
                w.set(spectrum);
            }
            DenseMatrix h = at.values(Factor.H);
            h.slice(component, 0, 1, h.columns()).fill(0.0);
            for (int c = 0; c < h.rows(); c++) {
                h.set(c, number, c == component ? amount : 0.0);
            }
        }
    }
}
