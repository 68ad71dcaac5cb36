package io.github.nmf4j.core;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The update of one factor: the pass over X and the step. */
@Name("nmf4j.HalfStep")
@Label("Half-step")
@Category("nmf4j")
@Description("The update of one factor: the pass over X and the step")
@StackTrace(false)
final class HalfStepEvent extends Event {
    @Label("Factor")
    String factor;
}
