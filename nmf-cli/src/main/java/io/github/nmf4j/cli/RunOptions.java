package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.core.Acceleration;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.Solver;
import io.github.nmf4j.core.StoppingRule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a run goes, ends and reports. */
final class RunOptions {
    private static final double MOST_SECONDS = 1e9;
    private static final int WINDOW = 10;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of everything random (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads; results do not depend on it (as many as there are processors).")
    private Integer threads;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "Linear algebra: see nmf plugins (${DEFAULT-VALUE}; environment: NMF_BACKEND).")
    private String backend;

    @Option(
            names = "--max-iterations",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many iterations (${DEFAULT-VALUE}).")
    private int maxIterations;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            defaultValue = "1e-4",
            description =
                    "Stop when neither W nor H could lower the objective by more than this share of the data term,"
                            + " the other being held; 0 switches the rule off (${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(
            names = "--relative-decrease",
            paramLabel = "T",
            defaultValue = "0",
            description =
                    "Stop also when ten iterations lower the objective by less than this share; 0 switches the rule"
                            + " off (${DEFAULT-VALUE}).")
    private double relativeDecrease;

    @Option(
            names = "--change",
            paramLabel = "T",
            defaultValue = "0",
            description =
                    "Stop also as ESPM does: no entry changed by more than this share of itself, or the objective by more"
                            + " than this share of its first value; 0 switches the rule off (${DEFAULT-VALUE}).")
    private double change;

    @Option(names = "--time-limit", paramLabel = "SECONDS", description = "Stop after so much time in the loop.")
    private Double timeLimit;

    @Option(names = "--solver", paramLabel = "NAME", description = "How a sweep is made: see nmf plugins.")
    private String solver;

    @Option(names = "--acceleration", paramLabel = "NAME", description = "How sweeps are repeated: see nmf plugins.")
    private String acceleration;

    @Option(
            names = "--trace-every",
            paramLabel = "N",
            defaultValue = "1",
            description = "Iterations between rows of trace.csv; first and last stay (${DEFAULT-VALUE}).")
    private int traceEvery;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write the results; made if it does not exist.")
    private Path out;

    @Option(names = "--json", description = "One line of JSON on standard output instead of the summary.")
    private boolean json;

    @Option(
            names = "--quiet",
            description = "No progress bar, and no lines of progress where standard error is no terminal.")
    private boolean quiet;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Sets everything but the stopping rule, which the run completes. */
    void applyTo(Nmf.Builder builder, Plugins plugins) {
        builder.seed(seed).traceEvery(traceEvery).threads(threads());
        if (!backend.equals("auto")) {
            builder.backend(plugins.backend(backend));
        }
        if (solver != null) {
            Named named = Named.parse("a solver", solver);
            builder.solver(plugins.find(Solver.class, named.name(), named.values(), Inputs::refuse));
        }
        if (acceleration != null) {
            Named named = Named.parse("an acceleration", acceleration);
            builder.acceleration(plugins.find(Acceleration.class, named.name(), named.values(), Inputs::refuse));
        }
    }

    private int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    StoppingRule stoppingRule() {
        StoppingRule rule = StoppingRule.gapBelow(tolerance)
                .orRelativeDecreaseBelow(relativeDecrease, WINDOW)
                .orChangeBelow(change)
                .orAfterIterations(maxIterations);
        if (timeLimit == null) {
            return rule;
        }
        if (!(timeLimit > 0 && timeLimit <= MOST_SECONDS)) {
            throw new InvalidInputException("--time-limit must be above 0 seconds and at most 1e9: " + timeLimit);
        }
        return rule.orAfter(Duration.ofNanos((long) Math.max(1, timeLimit * 1e9)));
    }

    /** {@return whether the objective is computed in every iteration in any case} */
    boolean watched() {
        return tolerance > 0 || relativeDecrease > 0 || change > 0 || traceEvery == 1;
    }

    double tolerance() {
        return tolerance;
    }

    int maxIterations() {
        return maxIterations;
    }

    long seed() {
        return seed;
    }

    Path out() {
        return out;
    }

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }
}
