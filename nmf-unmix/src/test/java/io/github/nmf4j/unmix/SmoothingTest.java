package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmoothingTest {
    private static final Shape PAIR = new Shape(1, 2);

    private static double difference(Smoothing smoothing, int components, double of) {
        DenseMatrix smooth = smoothing.of(DenseMatrix.of(new double[] {0, of}), components, PAIR);
        return smooth.get(0, 1) - smooth.get(0, 0);
    }

    /** Of two pixels total variation takes its weight from either; the second round gives it back. */
    @Test
    void whatIsAboveTheNoiseKeepsItsContrast() {
        assertThat(difference(Smoothing.PLAIN, 2, 20)).isCloseTo(20 - 2 * 1.5, within(1e-9));
        assertThat(difference(Smoothing.RESTORED, 2, 20)).isCloseTo(20, within(1e-9));
        assertThat(difference(Smoothing.RESTORED, 4, 20)).isCloseTo(20, within(1e-9));
    }

    /** Twice the difference, less twice the weight of 1.5 a component, is all that can come back of what the first round took. */
    @Test
    void whatIsWithinTheNoiseGoes() {
        assertThat(difference(Smoothing.RESTORED, 2, 2)).isCloseTo(0, within(1e-4));
        assertThat(difference(Smoothing.RESTORED, 2, 4)).isCloseTo(2 * 4 - 2 * 3, within(1e-4));
        assertThat(difference(Smoothing.RESTORED, 3, 4)).isCloseTo(0, within(1e-3));
        assertThat(difference(Smoothing.PLAIN, 3, 4)).isCloseTo(4 - 2 * 1.5, within(1e-4));
    }

    /** A square in noise: nearer to the truth in its middle than plain smoothing, and as smooth outside. */
    @Test
    void aSmallRegionIsNotPulledTowardsItsSurroundings() {
        Shape shape = new Shape(30, 30);
        SplittableRandom random = new SplittableRandom(1);
        DenseMatrix z = DenseMatrix.zeros(3, 900);
        for (int c = 0; c < 3; c++) {
            for (int j = 0; j < 900; j++) {
                z.set(c, j, random.nextGaussian() + (inSquare(j) ? 6 : 0));
            }
        }
        double plain = loss(Smoothing.PLAIN.of(z, 3, shape));
        double restored = loss(Smoothing.RESTORED.of(z, 3, shape));
        assertThat(plain).isGreaterThan(0.2);
        assertThat(Math.abs(restored)).isLessThan(0.3 * plain);
    }

    private static boolean inSquare(int pixel) {
        return pixel / 30 >= 12 && pixel / 30 < 18 && pixel % 30 >= 12 && pixel % 30 < 18;
    }

    /** By how much the region's difference from its surroundings falls short of 6, on average. */
    private static double loss(DenseMatrix smooth) {
        double inside = 0;
        double outside = 0;
        for (int c = 0; c < smooth.rows(); c++) {
            for (int j = 0; j < smooth.columns(); j++) {
                if (inSquare(j)) {
                    inside += smooth.get(c, j) / (3 * 36);
                } else {
                    outside += smooth.get(c, j) / (3 * 864);
                }
            }
        }
        return 6 - (inside - outside);
    }
}
