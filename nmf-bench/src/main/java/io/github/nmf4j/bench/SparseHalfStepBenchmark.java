package io.github.nmf4j.bench;

import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.SparseMatrix;
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
 * One Kullback–Leibler half-step on compressed rows; the counter is per stored entry. The size of the table in
 * docs/performance.md needs {@code -p size=20000x30000x5000000}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SparseHalfStepBenchmark {
    /** By name. */
    @Param({"portable", "ejml", "ojalgo", "vector"})
    public String backend;

    /** Rows, columns and stored entries of X. */
    @Param("4000x6000x200000")
    public String size;

    /** Components. */
    @Param({"10", "20", "50"})
    public int rank;

    /** Which factor moves. */
    @Param({"H", "W"})
    public Factor side;

    private HalfStep step;
    private Iterate at;
    private Iterate into;
    private long stored;

    /** Makes data, a random start and the problem. */
    @Setup(Level.Trial)
    public void prepare() {
        Extent extent = Extent.parse(size);
        SparseMatrix x =
                RandomData.sparseCounts(extent, Integer.parseInt(size.substring(size.lastIndexOf('x') + 1)), 42);
        Probe probe = Probe.of(
                Nmf.builder()
                        .rank(rank)
                        .backend(backend)
                        .startW(RandomData.positive(extent.rows(), rank, 1))
                        .startH(RandomData.positive(rank, extent.columns(), 2)),
                x);
        step = probe.problem().halfStep(side);
        at = probe.start();
        into = at.copy();
        stored = x.stored();
    }

    /** {@return the new point; the data term is not computed} */
    @Benchmark
    public Iterate step(EntryCount count) {
        step.statistics(at, false);
        step.update(at, into);
        count.add(stored);
        return into;
    }
}
