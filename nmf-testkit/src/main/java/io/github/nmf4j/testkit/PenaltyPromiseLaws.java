package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.PenaltyProbe.Coefficients;
import java.util.Arrays;
import java.util.Collections;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a penalty says of itself is true: what it reads, couples, separates, and its shape. */
abstract class PenaltyPromiseLaws extends PenaltyBlockLaws {
    /** A colouring names every vector, and vectors of one colour do not meet in the penalty. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void vectorsOfOneColourAreNotCoupled(long seed) {
        int[] colours = regularizer().colours(vectors()).orElse(null);
        if (colours == null) {
            return;
        }
        assertEquals(vectors(), colours.length, "a colouring must name every vector");
        assertTrue(Arrays.stream(colours).allMatch(colour -> colour >= 0), "colours count from 0");
        assertArrayEquals(colours, regularizer().colours(vectors()).orElse(null), "a colouring must not vary");
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        FactorView other = other(random);
        Coefficients before = aloneAt(at, other);
        for (int mover = 0; mover < vectors(); mover++) {
            Coefficients after = aloneAt(withVector(at, mover, point(seed + 1, random)), other);
            for (int j = 0; j < vectors(); j++) {
                if (j != mover && colours[j] == colours[mover]) {
                    assertSameAt(j, before, after, "vector " + mover + " of the same colour moved", seed);
                }
            }
        }
    }

    private Coefficients aloneAt(double[][] at, FactorView other) {
        PenaltyProbe probe = probe(at, other);
        return probe.majorizeAlone(probe.whole());
    }

    /** Coefficients of a vector depend on nothing outside what the penalty says it reads. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void readsNoMoreThanItSays(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        double[][] elsewhere = point(seed + 1, random);
        FactorView other = other(random);
        Regularizer.Reads reads = regularizer().reads();
        PenaltyProbe probe = probe(at, other);
        Coefficients before = probe.majorize(probe.whole());
        int vector = random.nextInt(vectors());
        int component = random.nextInt(RANK);
        for (int c = 0; c < RANK; c++) {
            if (reads == Regularizer.Reads.ENTRY || reads == Regularizer.Reads.NEIGHBOURS) {
                double[][] to = copy(elsewhere);
                to[c] = at[c].clone();
                assertSameIn(c, before, majorizedAt(to, other), "other components moved", seed);
            }
        }
        if (reads == Regularizer.Reads.ENTRY || reads == Regularizer.Reads.VECTOR) {
            double[][] to = withVector(elsewhere, vector, at);
            assertSameAt(vector, before, majorizedAt(to, other), "other vectors moved", seed);
        }
        if (reads != Regularizer.Reads.BOTH_FACTORS) {
            assertSameIn(component, before, majorizedAt(at, other(random)), "the other factor moved", seed);
        }
    }

    private Coefficients majorizedAt(double[][] at, FactorView other) {
        PenaltyProbe probe = probe(at, other);
        return probe.majorize(probe.whole());
    }

    /** Shares are a component's own if the penalty separates components; otherwise all is in the first. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void sharesFollowSeparation(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        double[][] elsewhere = point(seed + 1, random);
        FactorView other = other(random);
        PenaltyProbe probe = probe(at, other);
        double[] shares = probe.shares(probe.whole());
        if (!regularizer().separatesComponents()) {
            assertTrue(
                    Arrays.stream(shares).skip(1).allMatch(share -> share == 0),
                    () -> "a penalty that does not separate components adds to entry 0 alone: "
                            + Arrays.toString(shares) + seed(seed));
            return;
        }
        for (int c = 0; c < RANK; c++) {
            double[][] to = copy(elsewhere);
            to[c] = at[c];
            PenaltyProbe moved = probe(to, other);
            assertEquals(
                    shares[c],
                    moved.shares(moved.whole())[c],
                    ROUNDING * (1 + Math.abs(shares[c])),
                    () -> "a share must depend on its component alone" + seed(seed));
        }
    }

    /** A penalty that says it is convex lies below its chords. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void liesBelowItsChordsIfConvex(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] a = point(seed, random);
        double[][] b = point(seed + 1, random);
        double[][] middle = new double[RANK][vectors()];
        for (int c = 0; c < RANK; c++) {
            for (int j = 0; j < vectors(); j++) {
                middle[c][j] = 0.5 * (a[c][j] + b[c][j]);
            }
        }
        FactorView other = other(random);
        if (regularizer().convex()) {
            double ends = 0.5 * (probe(a, other).value() + probe(b, other).value());
            double between = probe(middle, other).value();
            assertTrue(
                    between <= ends + ROUNDING * (1 + Math.abs(ends)),
                    () -> "not convex: " + between + " between points of mean " + ends + seed(seed));
        }
    }

    /** A penalty that says its components may change places has the same value when they do, in both factors. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void componentsMayChangePlacesIfInterchangeable(long seed) {
        if (!regularizer().interchangeable()) {
            return;
        }
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        double[][] others = new double[RANK][OTHER_VECTORS];
        for (double[] row : others) {
            Arrays.setAll(row, j -> 0.1 + random.nextDouble());
        }
        double before = probe(at, FactorView.of(DenseMatrix.of(others), null)).value();
        Collections.rotate(Arrays.asList(at), 1);
        Collections.rotate(Arrays.asList(others), 1);
        double after = probe(at, FactorView.of(DenseMatrix.of(others), null)).value();
        assertEquals(
                before,
                after,
                ROUNDING * (1 + Math.abs(before)),
                () -> "the value must survive an exchange of components" + seed(seed));
    }
}
