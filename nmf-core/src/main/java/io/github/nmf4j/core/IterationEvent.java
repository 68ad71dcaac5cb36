package io.github.nmf4j.core;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An iteration, between two of the gate's decisions. */
@Name("nmf4j.Iteration")
@Label("Iteration")
@Category("nmf4j")
@Description("Both half-steps and what the acceleration does around them")
@StackTrace(false)
final class IterationEvent extends Event {
    @Label("Iteration")
    int iteration;

    @Label("Objective")
    @Description("After the iteration; NaN where nobody reads it")
    double objective;

    @Label("Relative change")
    @Description("Decrease, relative to the sum of the absolute terms")
    double relativeChange;
}
