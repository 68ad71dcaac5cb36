package io.github.nmf4j.core;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A fit, from the first look at X to its result. */
@Name("nmf4j.Fit")
@Label("Fit")
@Category("nmf4j")
@Description("One factorisation, from the first look at X to its result")
@StackTrace(false)
final class FitEvent extends Event {
    @Label("Rows of X")
    int rows;

    @Label("Columns of X")
    int columns;

    @Label("Rank")
    int rank;

    @Label("Loss")
    String loss;

    @Label("Backend")
    String backend;

    @Label("Threads")
    int threads;

    @Label("Solver")
    String solver;

    @Label("Iterations")
    int iterations;

    @Label("Objective")
    double objective;

    @Label("Stop")
    String stop;
}
