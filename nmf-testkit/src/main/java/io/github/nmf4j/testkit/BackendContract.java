package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.api.SymmetricEigen;
import io.github.nmf4j.api.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LinearAlgebraBackend} must do. A backend's test extends this and names its instance.
 *
 * <p>Results are compared with loops over arrays of rows, written here, which share nothing with a backend. Operands lie in the
 * middle of larger arrays: NaN around what is only read, so that a wrong entry poisons the result, and marked entries around
 * what is written, which must stay.
 */
public abstract class BackendContract extends PassLaws {
    /** For subclasses. */
    protected BackendContract() {}

    /** A backend is usable, or says in one line why not. */
    @Test
    protected final void isUsableOrSaysWhyNot() {
        Availability availability = backend().availability();
        assertEquals(
                availability.usable(),
                availability.reason().isEmpty(),
                "a backend is usable or says why not: " + availability);
        assertFalse(availability.reason().contains("\n"), "a reason must be one line: " + availability);
    }

    @Test
    protected final void theSameInputsGiveTheSameBitsTwiceAndFromTwoThreadsAtOnce() throws Exception {
        LinearAlgebraBackend backend = backend();
        Pass pass = backend.pass(7);
        Problem p = new Problem(7, 150, Math.min(pass.panel(60, false), 60), 1, 0.5);
        SparseMatrix stored = p.byMovingVector();
        Matrix x = p.matrix(false, false);
        Pass.Packed packed = pass.pack(fixed(p), new Tile.Dense(x, false, 0, p.fixed(), 0, p.moving()), null);
        Pass.Packed packedBySparse = pass.pack(fixed(p), new Tile.Sparse(stored, 0, p.moving()), null);
        Supplier<double[]> work = () -> everything(backend, pass, p, packed, packedBySparse, stored, x);
        double[] first = work.get();
        assertSameBits(first, work.get(), "the second time");

        int rounds = 10;
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                both.add(threads.submit(() -> {
                    together.await(60, TimeUnit.SECONDS);
                    for (int round = 0; round < rounds; round++) {
                        assertSameBits(first, work.get(), "beside another thread");
                    }
                    return null;
                }));
            }
            for (Future<?> one : both) {
                one.get(120, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("two threads at once: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(60, TimeUnit.SECONDS);
        }
    }

    private static double[] everything(
            LinearAlgebraBackend backend,
            Pass pass,
            Problem p,
            Pass.Packed packed,
            Pass.Packed packedBySparse,
            SparseMatrix stored,
            Matrix x) {
        Random random = new Random(9);
        List<double[]> results = new ArrayList<>();
        DenseMatrix a = DenseMatrix.of(normal(70, 70, random));
        DenseMatrix b = DenseMatrix.of(normal(70, 70, random)).slice(1, 2, 68, 61);
        for (Product what : Product.values()) {
            DenseMatrix left = a.slice(0, 0, 68, what == Product.ABT ? 61 : 68);
            DenseMatrix into = DenseMatrix.zeros(68, what == Product.ABT ? 68 : 61);
            into.fill(0.5);
            backend.multiply(what, left, b, 0.5, into);
            results.add(into.data());
        }
        SymmetricEigen eigen = backend.eigen(a.slice(0, 0, 20, 20));
        results.add(eigen.values());
        results.add(eigen.vectors().toDense().data());
        DenseMatrix z = DenseMatrix.zeros(12, 61);
        backend.leastSquares(a.slice(0, 5, 68, 12), b, z);
        results.add(z.data());
        double[] span = Arrays.stream(a.data()).map(Math::abs).toArray();
        backend.elementary().log(span.length - 1, span, span);
        results.add(span);
        Pass.Workspace workspace = pass.workspace();
        Step step = new Step(SpanStep.Kind.BOTH);
        int count = p.moving();
        for (Tile tile :
                new Tile[] {new Tile.Dense(x, false, 0, p.fixed(), 0, count), new Tile.Sparse(stored, 0, count)}) {
            Statistics s = new Statistics(p, step);
            pass.tile(
                    tile,
                    tile instanceof Tile.Sparse ? packedBySparse : packed,
                    moving(p),
                    step,
                    s.negative(0, count),
                    s.positive(0, count),
                    workspace);
            results.add(s.negative.array);
            results.add(s.positive.array);
        }
        return results.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** The core owns the threads; sizes here are beyond those from which libraries tend to start their own. */
    @Test
    protected final void noThreadIsStarted() {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        Random random = new Random(3);
        DenseMatrix a = DenseMatrix.of(normal(300, 300, random));
        DenseMatrix b = DenseMatrix.of(normal(300, 310, random));
        for (Product what : Product.values()) {
            DenseMatrix right = what == Product.ABT ? DenseMatrix.of(normal(310, 300, random)) : b;
            backend().multiply(what, a, right, 0, DenseMatrix.zeros(300, 310));
            backend().multiply(what, a, right, 1, DenseMatrix.zeros(300, 310));
        }
        assertNotNull(backend().eigen(a.slice(0, 0, 132, 132)));
        DenseMatrix tall = a.slice(0, 0, 300, 150);
        backend().leastSquares(tall, b, DenseMatrix.zeros(150, 310));
        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(before);
        assertEquals(Set.of(), started, "a backend starts no threads");
    }
}
