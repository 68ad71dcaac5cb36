package io.github.nmf4j.bench;

import io.github.nmf4j.api.Factor;
import io.github.nmf4j.core.Iterate;
import io.github.nmf4j.core.Objective;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole iteration of the regularised problem, objective included, and its parts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IterationBenchmark {
    private static final int WARM = 20;

    /** By name. */
    @Param({"portable", "ejml", "ojalgo", "vector"})
    public String backend;

    private Probe probe;
    private Iterate next;

    /** Makes the data and runs some iterations, so that the simplex is met as in the bulk of a fit. */
    @Setup(Level.Trial)
    public void prepare() {
        SeedProblem seed = new SeedProblem(42);
        probe = Probe.of(seed.settings(backend), seed.x());
        for (int i = 0; i < WARM; i++) {
            probe.iteration();
        }
        next = probe.now().copy();
        probe.problem().halfStep(Factor.W).statistics(probe.now(), false);
        probe.problem().halfStep(Factor.H).statistics(probe.now(), true);
    }

    /** {@return the point after one more iteration} */
    @Benchmark
    public Iterate iteration() {
        return probe.iteration();
    }

    /** {@return the data term: the pass for H with it} */
    @Benchmark
    public double passForHWithValue() {
        return probe.problem().halfStep(Factor.H).statistics(probe.now(), true);
    }

    /** {@return NaN: the pass for H without the data term} */
    @Benchmark
    public double passForH() {
        return probe.problem().halfStep(Factor.H).statistics(probe.now(), false);
    }

    /** {@return NaN: the pass for W} */
    @Benchmark
    public double passForW() {
        return probe.problem().halfStep(Factor.W).statistics(probe.now(), false);
    }

    /** {@return the point with H updated from statistics that are there: surrogate, penalties and simplex} */
    @Benchmark
    public Iterate updateOfH() {
        next.set(Factor.H, probe.now());
        probe.problem().halfStep(Factor.H).update(probe.now(), next);
        return next;
    }

    /** {@return the objective where the data term is known: the penalties' values} */
    @Benchmark
    public Objective penalties() {
        return probe.problem().objective(probe.now(), 0.0);
    }
}
