package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Statistics and update allocate nothing that grows with X, whatever multiplies. Bytes are counted, on this thread. */
@Tag("slow")
class AllocationTest {
    private static final int RANK = 5;

    /** The bytes of a half-step vary with what is compiled so far: the least of many is what the code asks for. */
    private static final int REPETITIONS = 40;

    /** Kernels of the Vector API make an object of every vector until the last compiler has seen them. */
    private static final int UNTIL_COMPILED = 4000;

    private static final long LITTLE = 32_768;

    /** Four times the size may cost this much more: not so much as a number for every panel's every block. */
    private static final double GROWTH = 1.3;

    private static final long SLACK = 2048;

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (String backend : Backends.usable()) {
            for (String loss : List.of("kullback-leibler", "euclidean", "itakura-saito")) {
                cases.add(Arguments.of(backend, loss, false));
            }
            cases.add(Arguments.of(backend, "euclidean", true));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void halfStepsDoNotAllocateInProportionToTheData(String backend, String loss, boolean exact) {
        assumeThat(ManagementFactory.getThreadMXBean()).isInstanceOf(ThreadMXBean.class);
        for (Factor factor : Factor.values()) {
            long small = bytes(backend, loss, exact, factor, 200, 1000, LITTLE);
            long most = (long) (GROWTH * small) + SLACK;
            assertThat(bytes(backend, loss, exact, factor, 200, 4000, most))
                    .as("bytes of a half-step for %s at 200 x 4000, where 200 x 1000 takes %s", factor, small)
                    .isLessThanOrEqualTo(most);
            assertThat(bytes(backend, loss, exact, factor, 800, 1000, most))
                    .as("bytes of a half-step for %s at 800 x 1000, where 200 x 1000 takes %s", factor, small)
                    .isLessThanOrEqualTo(most);
        }
    }

    @ParameterizedTest
    @MethodSource("backendsAndRanks")
    void norDoThoseOfSparseData(String backend, int rank) {
        assumeThat(ManagementFactory.getThreadMXBean()).isInstanceOf(ThreadMXBean.class);
        for (Factor factor : Factor.values()) {
            long small = bytesOfSparse(backend, rank, factor, 1000, LITTLE);
            long most = (long) (GROWTH * small) + SLACK;
            long large = bytesOfSparse(backend, rank, factor, 4000, most);
            assertThat(large)
                    .as("bytes of a half-step for %s at 200 x 4000, where 200 x 1000 takes %s", factor, small)
                    .isLessThanOrEqualTo(most);
        }
    }

    private static long bytesOfSparse(String backend, int rank, Factor factor, int columns, long most) {
        Matrix x = SparseMatrix.of(data(200, columns, false));
        return bytes(backend, "kullback-leibler", x, rank, factor, Problem::halfStep, most);
    }

    /** Of the vector backend ranks whose vectors take one, two, three and more registers, wide or narrow. */
    static Stream<Arguments> backendsAndRanks() {
        return Backends.usable().stream()
                .flatMap(backend -> (backend.equals("vector") ? Stream.of(RANK, 12, 20, 30) : Stream.of(RANK))
                        .map(rank -> Arguments.of(backend, rank)));
    }

    @ParameterizedTest
    @MethodSource("backendsWithSweeps")
    void norDoSweepsOfHals(String backend) {
        assumeThat(ManagementFactory.getThreadMXBean()).isInstanceOf(ThreadMXBean.class);
        for (Factor factor : Factor.values()) {
            long small = bytes(backend, "euclidean", data(200, 1000, false), RANK, factor, new Hals()::update, LITTLE);
            long most = (long) (GROWTH * small) + SLACK;
            long large = bytes(backend, "euclidean", data(800, 4000, false), RANK, factor, new Hals()::update, most);
            assertThat(large)
                    .as("bytes of a half-step for %s at 800 x 4000, where 200 x 1000 takes %s", factor, small)
                    .isLessThanOrEqualTo(most);
        }
    }

    /** The others sweep by the loops of the first. */
    static Stream<String> backendsWithSweeps() {
        return Stream.of("portable", "vector").filter(Backends.usable()::contains);
    }

    /** Where data equal their model the closed form of the squared error cancels, and a second pass is made. */
    private static DenseMatrix data(int rows, int columns, boolean exact) {
        if (!exact) {
            return EquivalenceTest.random(3, rows, columns, 0, 0.1);
        }
        DenseMatrix x = DenseMatrix.zeros(rows, columns);
        new PortableBackend().multiply(Product.AB, w(rows, RANK), h(RANK, columns), 0, x);
        return x;
    }

    private static DenseMatrix w(int rows, int rank) {
        return EquivalenceTest.random(1, rows, rank, 0, 0.1);
    }

    private static DenseMatrix h(int rank, int columns) {
        return EquivalenceTest.random(2, rank, columns, 0, 0.1);
    }

    private static long bytes(
            String backend, String loss, boolean exact, Factor factor, int rows, int columns, long most) {
        return bytes(backend, loss, data(rows, columns, exact), RANK, factor, Problem::halfStep, most);
    }

    /** {@return bytes of the half-step that takes the fewest; it is repeated for longer while that is more than a number} */
    private static long bytes(
            String backend,
            String loss,
            Matrix x,
            int rank,
            Factor factor,
            BiFunction<Problem, Factor, FactorUpdate> updates,
            long most) {
        Probe probe = new Probe();
        Nmf.builder()
                .rank(rank)
                .loss(loss)
                .backend(backend)
                .startW(w(x.rows(), rank))
                .startH(h(rank, x.columns()))
                .acceleration(probe)
                .stopWhen(StoppingRule.afterIterations(0))
                .build()
                .fit(x);
        FactorUpdate step = updates.apply(probe.problem, factor);
        Iterate into = probe.start.copy();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < REPETITIONS || least > most && i < UNTIL_COMPILED; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            step.statistics(probe.start, true);
            step.update(probe.start, into);
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }
}
