package io.github.nmf4j.core;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Constraint.Ties;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Regularizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The scale and the order of components, which X ≈ W·H leaves open: what a result does about them, and what a user must know.
 *
 * <p>A component's share is that of the model's sum. Where the start was not given the result is in the order of the shares,
 * the largest first, unless a term treats components differently; and where moreover no penalty and no constraint but a floor
 * acts on either factor, and the floor does not show, ‖w_a‖ = ‖h_a‖.
 */
final class Components {
    /** Of the model's sum: what a component has that stays at the floor. */
    private static final double DEAD = 1e-9;

    /** Of the mean of the data: what a product with an entry at the floor may be. */
    private static final double NEGLIGIBLE = 1e-10;

    private final Settings settings;
    private final Problem problem;

    Components(Settings settings, Problem problem) {
        this.settings = settings;
        this.problem = problem;
    }

    /** {@return the share of each component in the sum of the model} */
    double[] shares(Iterate at) {
        int rank = settings.rank();
        double[] ofW = new double[rank];
        double[] share = new double[rank];
        DataTerm.rowSums(problem.atDataLevel(at, Factor.W), ofW);
        DataTerm.rowSums(at.values(Factor.H), share);
        double total = 0;
        for (int c = 0; c < rank; c++) {
            share[c] *= ofW[c];
            total += share[c];
        }
        for (int c = 0; c < rank && total > 0; c++) {
            share[c] /= total;
        }
        return share;
    }

    /** {@return the components that do not take part in the model; none if there is no model} */
    int[] dead(Iterate at) {
        double[] share = shares(at);
        boolean none = Arrays.stream(share).sum() == 0;
        return IntStream.range(0, share.length)
                .filter(c -> !none && share[c] < DEAD)
                .toArray();
    }

    /** {@return the components in the order of a result} */
    int[] order(Iterate at) {
        IntStream all = IntStream.range(0, settings.rank());
        if (given() || !interchangeable()) {
            return all.toArray();
        }
        double[] share = shares(at);
        return all.boxed()
                .sorted(Comparator.comparingDouble(c -> -share[c]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private boolean given() {
        return !settings.arranges() && (settings.startW() != null || settings.startH() != null);
    }

    private boolean interchangeable() {
        for (Factor factor : Factor.values()) {
            boolean same = settings.penalties(factor).stream().allMatch(Regularizer::interchangeable)
                    && settings.constraints(factor).stream().allMatch(Constraint::interchangeable);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /**
     * Gives each component the same norm in both factors, where nothing else determines it, and where an entry held at the floor
     * does not show in the model, whatever of the other factor it meets.
     */
    void balance(DenseMatrix w, DenseMatrix h) {
        if (given() || !unbound(Factor.W) || !unbound(Factor.H) || raised(Factor.W) || raised(Factor.H)) {
            return;
        }
        DataFacts facts = problem.facts();
        double mean = facts.sum() / facts.observed() / facts.scale();
        for (int c = 0; c < h.rows(); c++) {
            DenseMatrix row = h.slice(c, 0, 1, h.columns());
            DenseMatrix column = w.slice(0, c, w.rows(), 1);
            double ratio = norm(row) / norm(column);
            if (ratio > 0 && ratio < Double.POSITIVE_INFINITY) {
                double factor = Math.sqrt(ratio);
                double largest = Math.max(largest(column) * factor, largest(row) / factor);
                if (Floor.STANDARD * largest <= NEGLIGIBLE * mean) {
                    scale(column, factor);
                    scale(row, 1 / factor);
                }
            }
        }
    }

    /** {@return whether a floor was set so high that entries on it belong to the model} */
    private boolean raised(Factor factor) {
        return settings.constraints(factor).stream().anyMatch(c -> c.floor().orElse(0.0) > Floor.STANDARD);
    }

    /** An entry at or near the floor is not moved below it. */
    private static void scale(DenseMatrix vector, double factor) {
        for (int i = 0; i < vector.rows(); i++) {
            for (int j = 0; j < vector.columns(); j++) {
                double value = vector.get(i, j);
                vector.set(i, j, Math.max(value * factor, Math.min(value, Floor.STANDARD)));
            }
        }
    }

    private static double largest(DenseMatrix vector) {
        double largest = 0;
        for (int i = 0; i < vector.rows(); i++) {
            for (int j = 0; j < vector.columns(); j++) {
                largest = Math.max(largest, vector.get(i, j));
            }
        }
        return largest;
    }

    private static double norm(DenseMatrix vector) {
        double largest = largest(vector);
        double sum = 0;
        for (int i = 0; i < vector.rows() && largest > 0; i++) {
            for (int j = 0; j < vector.columns(); j++) {
                double part = vector.get(i, j) / largest;
                sum += part * part;
            }
        }
        return largest * Math.sqrt(sum);
    }

    /** {@return whether a factor may be multiplied by any number at no cost} */
    private boolean unbound(Factor factor) {
        return settings.updates(factor)
                && settings.acting(factor).isEmpty()
                && settings.constraints(factor).stream().allMatch(c -> c.floor().isPresent());
    }

    /** {@return that the rank is higher than any product needs, if it is and both factors are found; any X is X·I and I·X} */
    List<String> surplus() {
        int rows = problem.terms(Factor.W).vectors();
        int columns = problem.terms(Factor.H).vectors();
        int enough = Math.min(rows, columns);
        if (settings.rank() <= enough || !settings.updates(Factor.W) || !settings.updates(Factor.H)) {
            return List.of();
        }
        return List.of("rank " + settings.rank() + " is above " + enough + ", the smaller side of W·H (" + rows + " x "
                + columns + "): without constraints and penalties " + enough
                + " components model as much, and more leave the solution"
                + " open; take a lower rank");
    }

    /** {@return which penalties fade during a fit, for the other factor can take over the scale that they cost} */
    List<String> fading(Iterate at) {
        return Arrays.stream(Factor.values())
                .map(factor -> fading(at, factor))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> fading(Iterate at, Factor factor) {
        Factor other = factor.other();
        boolean tied = problem.terms(factor).tying().ties() != Ties.NOTHING;
        if (tied
                || !settings.updates(factor)
                || !unbound(other)
                || settings.penalties(factor).isEmpty()) {
            return Optional.empty();
        }
        Iterate smaller = at.copy();
        smaller.values(factor).scale(0.5);
        double[] now = problem.halfStep(factor).penaltyValues(at);
        double[] then = problem.halfStep(factor).penaltyValues(smaller);
        if (!(Arrays.stream(then).sum() < Arrays.stream(now).sum())) {
            return Optional.empty();
        }
        String name = name(factor);
        List<String> penalties = settings.penalties(factor).stream()
                .map(p -> name + ":" + p.name())
                .toList();
        return Optional.of(String.join(" + ", penalties) + " will fade: " + name + " can shrink and " + name(other)
                + " grow by the same number at no cost, for nothing holds the scale of " + name(other) + "; add a"
                + " constraint such as unit-columns, or a penalty, to " + name(other));
    }

    private static String name(Factor factor) {
        return factor.name().toLowerCase(Locale.ROOT);
    }

    /** {@return which components of a result take no part in it} */
    List<String> lifeless(int[] order, int[] dead) {
        return IntStream.range(0, order.length)
                .filter(c -> Arrays.stream(dead).anyMatch(d -> d == order[c]))
                .mapToObj(c -> "component " + c + " is dead, it takes no part in the model: a lower rank fits as well;"
                        + " to start it again where the fit is worst, revive it")
                .toList();
    }
}
