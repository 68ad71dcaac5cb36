package io.github.nmf4j.core;

import java.util.OptionalInt;

/**
 * What a listener of {@link Nmf.Builder#onProgress} is told at the start and after each iteration, on the thread of the fit, which
 * goes on when the listener returns.
 *
 * <pre>{@code
 * Nmf.builder()
 *         .rank(8)
 *         .onProgress(at -> System.err.printf("%d %.6g%n", at.iteration(), at.objective()))
 *         .build()
 *         .fit(x);
 * }</pre>
 *
 * <p>What a listener throws ends the fit and reaches its caller. To end a run early ask for it in
 * {@link StoppingRule#orWhen}, which keeps what was found.
 *
 * @param iteration 0 is the start
 * @param seconds since the loop began
 * @param objective the objective at this iteration
 * @param relativeChange decrease since the iteration before, relative to the sum of the absolute terms; NaN at the start
 * @param limit the iteration at which the run ends at the latest, if there is one
 */
public record Progress(int iteration, double seconds, double objective, double relativeChange, OptionalInt limit) {}
