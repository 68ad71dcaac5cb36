package io.github.nmf4j.bench;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Surrogate;
import io.github.nmf4j.core.UnitColumns;
import java.util.Arrays;
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

/** Minimizing a surrogate over the simplex, a block of 256 vectors at a time; the time is that of one vector. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SimplexBenchmark {
    private static final int VECTORS = 256;
    private static final double FLOOR = 1e-14;
    private static final double SLOPE = 100;

    /** Components. */
    @Param({"3", "10", "20", "50"})
    public int rank;

    /** q of every entry: 0 as of Kullback–Leibler alone, 8 as with a Laplacian of weight 2 beside it. */
    @Param({"0", "8"})
    public double curvature;

    private final Constraint simplex = new UnitColumns().on(Factor.H);
    private Surrogate block;
    private double[] negative;
    private DenseMatrix current;
    private double[][] into;

    /** Makes a block whose entries stand on the simplex. */
    @Setup(Level.Trial)
    public void prepare() {
        block = new Surrogate(rank, VECTORS, 0, 1, FLOOR);
        negative = RandomData.positive(1, VECTORS, 1).data();
        Arrays.setAll(negative, j -> negative[j] * SLOPE);
        current = RandomData.positive(rank, VECTORS, 2);
        for (int j = 0; j < VECTORS; j++) {
            double sum = 0;
            for (int c = 0; c < rank; c++) {
                sum += current.get(c, j);
            }
            for (int c = 0; c < rank; c++) {
                current.set(c, j, current.get(c, j) / sum);
            }
        }
        into = new double[rank][VECTORS];
    }

    /** {@return the minimizer; filling the block, which minimizing rewrites, is part of the time} */
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public double[][] minimize() {
        block.begin(0, VECTORS);
        for (int c = 0; c < rank; c++) {
            current.read(c, 0, 1, VECTORS, block.at(c), 0, VECTORS);
            block.addLoss(c, null, SLOPE * (c + 1), negative);
            if (curvature > 0) {
                Arrays.fill(block.quadratic(c), 0, VECTORS, curvature);
            }
        }
        simplex.minimize(block, into);
        return into;
    }
}
