package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.FactorUpdate;
import io.github.nmf4j.core.Hals;
import io.github.nmf4j.core.Iterate;
import io.github.nmf4j.core.Nmf;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** HALS sweeps over H, one after another, products with X and Gram matrix given; the time is that of one column. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HalsBenchmark {
    private static final int ROWS = 200;
    private static final int COLUMNS = 10000;

    /** By name; portable is what the others are read against. */
    @Param({"portable", "vector"})
    public String backend;

    /** Components. */
    @Param({"3", "10", "20", "50"})
    public int rank;

    private FactorUpdate update;
    private Iterate at;
    private Iterate into;

    /** Makes data, a random start and the products. */
    @Setup(Level.Trial)
    public void prepare() {
        DenseMatrix x = RandomData.counts(new Extent(ROWS, COLUMNS), 42);
        Probe probe = Probe.of(
                Nmf.builder()
                        .rank(rank)
                        .loss(new Euclidean())
                        .backend(backend)
                        .startW(RandomData.positive(ROWS, rank, 1))
                        .startH(RandomData.positive(rank, COLUMNS, 2)),
                x);
        update = new Hals(1).update(probe.problem(), Factor.H);
        at = probe.start();
        into = at.copy();
        update.statistics(at, false);
    }

    /** {@return the point after one more sweep} */
    @Benchmark
    @OperationsPerInvocation(COLUMNS)
    public Iterate sweep() {
        update.update(at, into);
        return into;
    }
}
