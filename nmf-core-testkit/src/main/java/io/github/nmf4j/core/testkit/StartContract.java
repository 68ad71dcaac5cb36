package io.github.nmf4j.core.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.PortableBackend;
import io.github.nmf4j.core.Start;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.testkit.ExtensionContract;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every start keeps; its test extends this and names the instance. */
public abstract class StartContract extends ExtensionContract<Start> {
    /** Rows, columns, rank: one row, one column, more components than either, and ordinary ones. */
    private static final int[][] SIZES = {{1, 6, 1}, {6, 1, 1}, {4, 3, 6}, {1, 1, 2}, {9, 12, 4}, {30, 7, 3}};

    /** For tests that extend this. */
    protected StartContract() {}

    /** {@return the start under test} */
    protected abstract Start start();

    @Override
    protected final Start extension() {
        return start();
    }

    private Factorization started(DenseMatrix x, int rank, long seed, int threads) {
        return Nmf.builder()
                .rank(rank)
                .loss(new Euclidean())
                .start(start())
                .backend(new PortableBackend())
                .seed(seed)
                .threads(threads)
                .stopWhen(StoppingRule.afterIterations(0))
                .build()
                .fit(x);
    }

    private static DenseMatrix data(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix x = DenseMatrix.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                x.set(i, j, random.nextInt(4) == 0 ? 0 : random.nextDouble() * (1 + (i * j) % 7));
            }
        }
        return x;
    }

    /** Whatever the size, with an empty row or nothing at all, factors are finite and not negative, or refused in one line. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void factorsAreFiniteAndNotNegative(long seed) {
        for (int[] size : SIZES) {
            DenseMatrix x = data(size[0], size[1], seed);
            if (seed % 3 == 0) {
                x.slice(0, 0, 1, size[1]).fill(0);
            } else if (seed % 7 == 0) {
                x.fill(0);
            }
            try {
                Factorization started = started(x, size[2], seed, 1);
                FitLaws.assertSound("w", started.w(), seed);
                FitLaws.assertSound("h", started.h(), seed);
            } catch (InvalidInputException refused) {
                assertFalse(refused.getMessage().contains("\n"), "a refusal must be one line");
            }
        }
    }

    /** The same seed gives the same bits, on any number of threads; another one others, if that is promised. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void theSeedDecides(long seed) {
        DenseMatrix x = data(12, 9, seed);
        DenseMatrix w = started(x, 3, seed, 1).w().toDense();
        String where = " (seed " + seed + ")";
        assertEquals(w, started(x, 3, seed, 1).w().toDense(), () -> "run again" + where);
        assertEquals(w, started(x, 3, seed, 2).w().toDense(), () -> "on threads" + where);
        DenseMatrix other = started(x, 3, seed + 1000, 1).w().toDense();
        if (start().varies()) {
            assertNotEquals(w, other, () -> "another seed must make another start" + where);
        } else {
            assertEquals(w, other, () -> "the seed must not matter" + where);
        }
    }
}
