package io.github.nmf4j.core;

import java.util.OptionalInt;

/**
 * What a listener is told after each iteration, on the thread of the fit.
 *
 * @param iteration 0 is the start
 * @param seconds since the loop began
 * @param objective the objective at this iteration
 * @param relativeChange decrease since the iteration before, relative to the sum of the absolute terms; NaN at the start
 * @param limit the iteration at which the run ends at the latest, if there is one
 */
public record Progress(int iteration, double seconds, double objective, double relativeChange, OptionalInt limit) {}
