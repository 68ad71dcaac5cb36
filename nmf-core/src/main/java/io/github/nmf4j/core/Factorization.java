package io.github.nmf4j.core;

import io.github.nmf4j.api.Matrix;
import java.util.List;
import java.util.Optional;

/**
 * The result of a fit: X ≈ W·H, or G·W·H with a dictionary. Immutable.
 *
 * @param w n × k, or m × k with a dictionary; in the scale of X
 * @param h k × p; in the scale of X
 * @param trace objective by iteration and second, in the scale that was fitted
 * @param stop why the run ended
 * @param iterations how many were done
 * @param seconds time in the loop
 * @param scale what X was multiplied by while fitting; 1 unless normalised
 * @param backend name of the linear algebra that was used
 * @param threads how many were used
 * @param solver what updated each factor, and why
 * @param acceleration what repeated the sweeps
 * @param optimality how much either factor could still gain at the end; empty where another method than alternating updates found
 *     the factors
 * @param remarks what its user should know: components in surplus or dead, penalties that fade
 */
public record Factorization(
        Matrix w,
        Matrix h,
        Trace trace,
        StopReason stop,
        int iterations,
        double seconds,
        double scale,
        String backend,
        int threads,
        String solver,
        String acceleration,
        Optional<Optimality> optimality,
        List<String> remarks) {
    /**
     * {@return this result as the end of a longer run}
     *
     * @param before the course of the run that this one went on from
     * @see Trace#followedBy
     */
    public Factorization after(Trace before) {
        Trace whole = before.followedBy(trace);
        return new Factorization(
                w,
                h,
                whole,
                stop,
                before.last().iteration() + iterations,
                before.last().seconds() + seconds,
                scale,
                backend,
                threads,
                solver,
                acceleration,
                optimality,
                remarks);
    }

    /** {@return the objective at the end, in the scale that was fitted} */
    public double objective() {
        return trace.last().objective();
    }

    /** {@return the number of components} */
    public int rank() {
        return h.rows();
    }
}
