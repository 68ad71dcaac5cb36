package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import java.util.ServiceLoader;
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

/** The three products with a matrix of the size of X: Wᵀ·X, H·Xᵀ and W·H, with W held transposed as the core holds it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {
    /** By name. */
    @Param({"portable", "ejml", "ojalgo", "vector"})
    public String backend;

    /** Rows and columns of X. */
    @Param({"200x10000", "5000x1000"})
    public String shape;

    /** Components. */
    @Param({"3", "10", "20", "50"})
    public int rank;

    private LinearAlgebraBackend algebra;
    private DenseMatrix x;
    private DenseMatrix w;
    private DenseMatrix h;
    private DenseMatrix forW;
    private DenseMatrix forH;
    private long entries;

    /** Finds the backend and makes the operands. */
    @Setup(Level.Trial)
    public void prepare() {
        Extent extent = Extent.parse(shape);
        algebra = ServiceLoader.load(LinearAlgebraBackend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals(backend))
                .findFirst()
                .orElseThrow();
        x = RandomData.counts(extent, 42);
        w = RandomData.positive(rank, extent.rows(), 1);
        h = RandomData.positive(rank, extent.columns(), 2);
        forW = DenseMatrix.zeros(rank, extent.rows());
        forH = DenseMatrix.zeros(rank, extent.columns());
        entries = extent.entries();
    }

    /** {@return Wᵀ·X} */
    @Benchmark
    public DenseMatrix forH(EntryCount count) {
        algebra.multiply(Product.AB, w, x, 0, forH);
        count.add(entries);
        return forH;
    }

    /** {@return H·Xᵀ} */
    @Benchmark
    public DenseMatrix forW(EntryCount count) {
        algebra.multiply(Product.ABT, h, x, 0, forW);
        count.add(entries);
        return forW;
    }

    /** {@return W·H} */
    @Benchmark
    public DenseMatrix model(EntryCount count) {
        algebra.multiply(Product.ATB, w, h, 0, x);
        count.add(entries);
        return x;
    }
}
