package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaplacianSmoothingTest {
    @ParameterizedTest
    @ValueSource(strings = {"9x13", "1x8", "8x1", "1x1", "2x2"})
    void invertsIdentityPlusLaplacian(String text) {
        Shape shape = Shape.parse(text);
        int pixels = (int) shape.pixels();
        SplittableRandom random = new SplittableRandom(1);
        double[] image = random.doubles(pixels + 3, -5, 5).toArray();
        double[] smooth = image.clone();
        new LaplacianSmoothing(shape, 2).apply(smooth, 3);
        for (int j = 0; j < pixels; j++) {
            assertThat(applied(smooth, shape, 2, j)).isCloseTo(image[3 + j], within(1e-11));
        }
    }

    /** The variance of each pixel's noise is the squared norm of its row of the smoothing matrix. */
    @ParameterizedTest
    @ValueSource(strings = {"5x4", "1x7", "3x3"})
    void whatNoiseIsLeftIsTheMeanSquareOfTheMatrix(String text) {
        Shape shape = Shape.parse(text);
        int pixels = (int) shape.pixels();
        double sum = 0;
        for (int j = 0; j < pixels; j++) {
            double[] unit = new double[pixels];
            unit[j] = 1;
            new LaplacianSmoothing(shape, 2).apply(unit, 0);
            for (double value : unit) {
                sum += value * value;
            }
        }
        assertThat(LaplacianSmoothing.noise(shape, 2)).isCloseTo(sum / pixels, within(1e-12));
    }

    private static double applied(double[] image, Shape shape, double tau, int j) {
        int row = j / shape.width();
        int column = j % shape.width();
        double own = image[3 + j];
        double value = own;
        if (row > 0) {
            value += tau * (own - image[3 + j - shape.width()]);
        }
        if (row + 1 < shape.height()) {
            value += tau * (own - image[3 + j + shape.width()]);
        }
        if (column > 0) {
            value += tau * (own - image[3 + j - 1]);
        }
        if (column + 1 < shape.width()) {
            value += tau * (own - image[3 + j + 1]);
        }
        return value;
    }
}
