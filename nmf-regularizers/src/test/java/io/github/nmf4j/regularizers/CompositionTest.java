package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.Surrogate;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Penalties together: their values add up, and minimizing their surrogates never raises an objective. */
class CompositionTest {
    private static final Shape SHAPE = new Shape(5, 6);
    private static final int VECTORS = 30;
    private static final int RANK = 2;

    static Stream<Regularizer> mixtures() {
        Regularizer sparse = new L1().times(0.05).plus(new LogPenalty(0.01).times(0.02, 0.0));
        return Stream.of(
                sparse,
                new ElasticNet(0.2).plus(sparse),
                new Laplacian(SHAPE).times(3.0).plus(sparse),
                new TotalVariation(SHAPE, 1e-3).times(0.5, 0.1).plus(new Ridge()),
                new Laplacian(SHAPE).plus(new TotalVariation(SHAPE)).plus(new L1()),
                new Laplacian(SHAPE)
                        .majorizedBy(Laplacian.Majorizer.QUADRATIC, Step.fixed(8))
                        .plus(sparse));
    }

    /** Denoising, ½‖h − y‖² + R(h), by the coloured steps and by the joint ones. */
    @ParameterizedTest
    @MethodSource("mixtures")
    void neverRaisesTheObjective(Regularizer mixture) {
        assertThat(mixture.majorizes()).isTrue();
        mixture.check(RANK, VECTORS);
        double joint = descend(mixture, new int[VECTORS], false);
        int[] colours = mixture.colours(VECTORS).orElse(new int[VECTORS]);
        assertThat(descend(mixture, colours, true)).isLessThanOrEqualTo(joint * (1 + 1e-6));
    }

    private static double descend(Regularizer penalty, int[] colours, boolean alone) {
        Random random = new Random(17);
        DenseMatrix y = random(random);
        DenseMatrix h = random(random);
        FactorView view = FactorView.of(h, null);
        double before = objective(penalty, y, h);
        for (int sweep = 0; sweep < 60; sweep++) {
            for (int colour = 0; colour <= Arrays.stream(colours).max().orElse(0); colour++) {
                int current = colour;
                int[] movers = IntStream.range(0, VECTORS)
                        .filter(j -> colours[j] == current)
                        .toArray();
                Surrogate block = block(h, movers);
                for (int c = 0; c < RANK; c++) {
                    for (int j = 0; j < movers.length; j++) {
                        block.quadratic(c)[j] += 1;
                        block.linear(c)[j] -= y.get(c, movers[j]);
                    }
                }
                if (alone) {
                    penalty.at(view).majorizeAlone(block);
                } else {
                    penalty.at(view).majorize(block);
                }
                double[] next = new double[movers.length];
                for (int c = 0; c < RANK; c++) {
                    block.minimizer(c, null, next, null);
                    for (int j = 0; j < movers.length; j++) {
                        h.set(c, movers[j], next[j]);
                    }
                }
                double after = objective(penalty, y, h);
                assertThat(after).isLessThanOrEqualTo(before + 1e-13 * Math.abs(before));
                before = after;
            }
        }
        return before;
    }

    private static DenseMatrix random(Random random) {
        return DenseMatrix.wrap(
                RANK, VECTORS, random.doubles((long) RANK * VECTORS).toArray());
    }

    private static Surrogate block(DenseMatrix h, int... movers) {
        Surrogate block = new Surrogate(RANK, VECTORS, 0, 1, 1e-16);
        block.begin(movers, 0, movers.length);
        for (int c = 0; c < RANK; c++) {
            for (int j = 0; j < movers.length; j++) {
                block.at(c)[j] = h.get(c, movers[j]);
            }
        }
        return block;
    }

    private static double objective(Regularizer penalty, DenseMatrix y, DenseMatrix h) {
        double[] shares = new double[RANK];
        penalty.at(FactorView.of(h, null))
                .value(block(h, IntStream.range(0, VECTORS).toArray()), shares);
        double sum = Arrays.stream(shares).sum();
        for (int c = 0; c < RANK; c++) {
            for (int j = 0; j < VECTORS; j++) {
                sum += 0.5 * Math.pow(h.get(c, j) - y.get(c, j), 2);
            }
        }
        return sum;
    }

    @Test
    void valuesAddUp() {
        double[] h = {1, 4, 2};
        Regularizer sum =
                new L1().times(2.0).plus(new Laplacian(new Shape(1, 3))).plus(new LogPenalty());
        assertThat(Penalties.value(sum, h)).isEqualTo(14 + 6.5 + Math.log(2 * 5 * 3), within(1e-14));
        assertThat(sum.convex()).isFalse();
        assertThat(sum.reads()).isEqualTo(Regularizer.Reads.NEIGHBOURS);
    }

    @Test
    void oneColouringServesAllParts() {
        int[] path = {1, 2, 3, 0, 5, 4};
        DenseMatrix pairs = DenseMatrix.zeros(6, 6);
        for (int i = 0; i < 6; i++) {
            pairs.set(i, path[i], 1);
            pairs.set(path[i], i, 1);
        }
        Regularizer sum =
                new Laplacian(new Shape(2, 3)).plus(new Laplacian(pairs)).plus(new L1());
        int[] colours = sum.colours(6).orElseThrow();
        for (Regularizer part : sum.terms().subList(0, 2)) {
            int[] own = part.colours(6).orElseThrow();
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 6; j++) {
                    assertThat(colours[i] != colours[j] || own[i] == own[j]).isTrue();
                }
            }
        }
    }

    @Test
    void everyPartRefusesWhatDoesNotFitIt() {
        Regularizer sum = new L1().plus(new TotalVariation(new Shape(2, 2)).times(0.5));
        assertThatThrownBy(() -> sum.check(RANK, VECTORS)).isInstanceOf(InvalidInputException.class);
    }
}
