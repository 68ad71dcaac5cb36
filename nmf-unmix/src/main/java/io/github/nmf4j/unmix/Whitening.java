package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Shape;
import java.util.Arrays;

/**
 * What turns Poisson noise into noise of about one everywhere: x(i, j) / (s(i)·√c(j)).
 *
 * <p>The variance of a count is its mean, and gain times the mean where a count makes that many units; the mean is taken to be the product of what a channel and what a pixel send. The dose of
 * a pixel is smoothed where its noise is constant, after Anscombe's transform 2√(x + 3/8) (1948, Biometrika 35, 246–254).
 *
 * @param dose c(j), of mean one
 * @param deviation s(i) = √(gain · mean over pixels)
 * @param gain units of X a count
 * @param empty pixels that were not measured
 */
record Whitening(double[] dose, double[] deviation, double gain, EmptyPixels empty) {
    /** Weight of the total variation, in units of the noise. */
    static final double LAMBDA = 1.5;

    /** What is counted less than a thousandth of the mean is weighted as if it were that. */
    private static final double FLOOR = 1e-3;

    private static final double ANSCOMBE = 3.0 / 8;

    static Whitening of(Totals totals, Shape shape, double gain) {
        double[] pixels = totals.ofPixels().clone();
        for (int j = 0; j < pixels.length; j++) {
            pixels[j] /= gain;
        }
        EmptyPixels empty = EmptyPixels.of(pixels, shape);
        empty.fill(pixels);
        double[] stable = new double[pixels.length];
        for (int j = 0; j < pixels.length; j++) {
            stable[j] = 2 * Math.sqrt(pixels[j] + ANSCOMBE);
        }
        double[] smooth = VectorTotalVariation.smooth(DenseMatrix.wrap(1, stable.length, stable), shape, LAMBDA)
                .data();
        double floor = FLOOR * mean(pixels);
        double[] dose = new double[pixels.length];
        for (int j = 0; j < pixels.length; j++) {
            dose[j] = Math.max(smooth[j] * smooth[j] / 4 - 1.0 / 8, floor);
        }
        double meanDose = mean(dose);
        for (int j = 0; j < pixels.length; j++) {
            dose[j] /= meanDose;
        }
        double[] deviation = new double[totals.ofChannels().length];
        int measured = pixels.length - empty.count();
        double floorOfChannel = FLOOR * mean(totals.ofChannels()) / measured;
        for (int i = 0; i < deviation.length; i++) {
            deviation[i] = Math.sqrt(gain * Math.max(totals.ofChannels()[i] / measured, floorOfChannel));
        }
        return new Whitening(dose, deviation, gain, empty);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
