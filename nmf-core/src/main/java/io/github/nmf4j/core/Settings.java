package io.github.nmf4j.core;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a builder was told, checked and complete.
 *
 * @param rank components
 * @param loss the loss
 * @param penaltiesOfW penalties on W
 * @param penaltiesOfH penalties on H
 * @param constraintsOfW constraints on W, not yet placed
 * @param constraintsOfH constraints on H, not yet placed
 * @param dictionary G, or null
 * @param normalized whether the scale is found from the data
 * @param scale what X is multiplied by where it is not found
 * @param carrier the factor on which the scale is undone
 * @param weights weights of X's shape, or null
 * @param missingIsNaN whether NaN marks a missing entry
 * @param background a known part of the model of X's shape, in the scale of X, or null
 * @param start where to start, or null where factors are given
 * @param startChosen whether the user named it
 * @param startW given W as written, or null
 * @param startH given H as written, or null
 * @param arranges whether components are put in order and balanced though factors are given
 * @param held factors that are not updated
 * @param solver makes sweeps
 * @param acceleration repeats them
 * @param backend linear algebra; null until the data are known where no one chose
 * @param stop when to stop
 * @param revives whether dead components are started again
 * @param traceEvery iterations between rows of the trace
 * @param seed of everything random
 * @param threads at least 1
 * @param listeners told of every iteration
 */
record Settings(
        int rank,
        Loss loss,
        List<Regularizer> penaltiesOfW,
        List<Regularizer> penaltiesOfH,
        List<Constraint> constraintsOfW,
        List<Constraint> constraintsOfH,
        DenseMatrix dictionary,
        boolean normalized,
        double scale,
        Factor carrier,
        Matrix weights,
        boolean missingIsNaN,
        Matrix background,
        Start start,
        boolean startChosen,
        Matrix startW,
        Matrix startH,
        boolean arranges,
        Set<Factor> held,
        Solver solver,
        Acceleration acceleration,
        LinearAlgebraBackend backend,
        StoppingRule stop,
        boolean revives,
        int traceEvery,
        long seed,
        int threads,
        List<Consumer<Progress>> listeners) {

    List<Regularizer> penalties(Factor factor) {
        return factor == Factor.W ? penaltiesOfW : penaltiesOfH;
    }

    /** {@return the penalties that the update of a factor must bound} */
    Acting acting(Factor factor) {
        return Acting.of(penalties(factor), penalties(factor.other()));
    }

    List<Constraint> constraints(Factor factor) {
        return factor == Factor.W ? constraintsOfW : constraintsOfH;
    }

    /** {@return the same with a backend} */
    Settings with(LinearAlgebraBackend chosen) {
        return with(start, seed, threads, chosen);
    }

    /** {@return the same from another start} */
    Settings from(Start start, long seed, int threads) {
        return with(start, seed, threads, backend);
    }

    private Settings with(Start start, long seed, int threads, LinearAlgebraBackend backend) {
        return new Settings(
                rank,
                loss,
                penaltiesOfW,
                penaltiesOfH,
                constraintsOfW,
                constraintsOfH,
                dictionary,
                normalized,
                scale,
                carrier,
                weights,
                missingIsNaN,
                background,
                start,
                startChosen,
                startW,
                startH,
                arranges,
                held,
                solver,
                acceleration,
                backend,
                stop,
                revives,
                traceEvery,
                seed,
                threads,
                listeners);
    }

    boolean updates(Factor factor) {
        return !held.contains(factor);
    }
}
