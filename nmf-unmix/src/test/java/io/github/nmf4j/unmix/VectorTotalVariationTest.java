package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VectorTotalVariationTest {
    /** Two pixels move towards each other by λ along their difference: the soft threshold of its norm. */
    @Test
    void twoPixelsMoveTogetherAlongTheirDifference() {
        DenseMatrix z = DenseMatrix.of(new double[] {1, 7}, new double[] {2, 10});
        DenseMatrix u = VectorTotalVariation.smooth(z, new Shape(2, 1), 1.5);
        assertThat(u.get(0, 0)).isCloseTo(1 + 1.5 * 0.6, within(1e-9));
        assertThat(u.get(0, 1)).isCloseTo(7 - 1.5 * 0.6, within(1e-9));
        assertThat(u.get(1, 0)).isCloseTo(2 + 1.5 * 0.8, within(1e-9));
        assertThat(u.get(1, 1)).isCloseTo(10 - 1.5 * 0.8, within(1e-9));
        assertThat(VectorTotalVariation.smooth(z, new Shape(1, 2), 1.5)).isEqualTo(u);
        assertThat(VectorTotalVariation.smooth(z, new Shape(1, 2), 6).get(1, 0)).isCloseTo(6, within(1e-5));
    }

    /** The objective is convex: no point nearby may be lower by more than the iterations leave. */
    @Test
    void minimisesWhatItSays() {
        SplittableRandom random = new SplittableRandom(3);
        Shape shape = new Shape(7, 5);
        DenseMatrix z = DenseMatrix.zeros(3, 35);
        for (int e = 0; e < z.data().length; e++) {
            z.data()[e] = random.nextGaussian() + (e % 35 > 17 ? 4 : 0);
        }
        DenseMatrix u = VectorTotalVariation.smooth(z, shape, 1.5);
        double least = objective(u, z, shape, 1.5);
        for (int trial = 0; trial < 400; trial++) {
            DenseMatrix near = u.copy();
            double length = Math.pow(10, -random.nextDouble(1, 4));
            for (int e = 0; e < near.data().length; e++) {
                near.data()[e] += length * (trial % 2 == 0 ? random.nextGaussian() : z.data()[e] - u.data()[e]);
            }
            assertThat(objective(near, z, shape, 1.5)).isGreaterThan(least - 2e-4 * least);
        }
        assertThat(least).isLessThan(objective(z, z, shape, 1.5));
    }

    private static double objective(DenseMatrix u, DenseMatrix z, Shape shape, double lambda) {
        double sum = 0;
        for (int j = 0; j < z.columns(); j++) {
            double norm = 0;
            for (int c = 0; c < z.rows(); c++) {
                double off = u.get(c, j) - z.get(c, j);
                sum += 0.5 * off * off;
                double down = j + shape.width() < z.columns() ? u.get(c, j + shape.width()) - u.get(c, j) : 0;
                double right = (j + 1) % shape.width() != 0 ? u.get(c, j + 1) - u.get(c, j) : 0;
                norm += down * down + right * right;
            }
            sum += lambda * Math.sqrt(norm);
        }
        return sum;
    }
}
