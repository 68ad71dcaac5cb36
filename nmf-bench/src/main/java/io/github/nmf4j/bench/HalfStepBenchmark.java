package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.core.HalfStep;
import io.github.nmf4j.core.Iterate;
import io.github.nmf4j.core.Nmf;
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

/**
 * One half-step, statistics and update, without penalties. With {@code -prof gc}: what is allocated must not grow with X.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HalfStepBenchmark {
    /** By name, as users choose; portable is what the others are read against. */
    @Param({"portable", "ejml", "ojalgo", "vector"})
    public String backend;

    /** By name; beta is 1.5. */
    @Param({"kullback-leibler", "euclidean", "itakura-saito", "beta"})
    public String loss;

    /** Rows and columns of X. */
    @Param({"200x10000", "5000x1000"})
    public String shape;

    /** Components. */
    @Param({"3", "10", "20", "50"})
    public int rank;

    /** Which factor moves. */
    @Param({"H", "W"})
    public Factor side;

    private HalfStep step;
    private Iterate at;
    private Iterate into;
    private long entries;

    /** Makes data, a random start and the problem. */
    @Setup(Level.Trial)
    public void prepare() {
        Extent extent = Extent.parse(shape);
        DenseMatrix x = RandomData.counts(extent, 42);
        Probe probe = Probe.of(
                Nmf.builder()
                        .rank(rank)
                        .loss(loss)
                        .backend(backend)
                        .startW(RandomData.positive(extent.rows(), rank, 1))
                        .startH(RandomData.positive(rank, extent.columns(), 2)),
                x);
        step = probe.problem().halfStep(side);
        at = probe.start();
        into = at.copy();
        entries = extent.entries();
    }

    /** {@return the new point; the data term is not computed} */
    @Benchmark
    public Iterate step(EntryCount count) {
        step.statistics(at, false);
        step.update(at, into);
        count.add(entries);
        return into;
    }

    /** {@return the data term at the old point, which the same pass computes} */
    @Benchmark
    public double stepWithValue(EntryCount count) {
        double value = step.statistics(at, true);
        step.update(at, into);
        count.add(entries);
        return value;
    }
}
