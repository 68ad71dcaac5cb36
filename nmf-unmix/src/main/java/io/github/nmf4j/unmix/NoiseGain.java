package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;

/**
 * How large the noise is beside that of counts: the variance of what lies outside the subspace of the components, over that
 * which counts of the same mean would have.
 *
 * <p>An image that was multiplied by a gain has noise of gain times its mean where counts have their mean. Nearly all of an
 * image is noise, so the ratio is known well: on simulated images of 200 × 10⁴ entries within 0.3 %.
 */
final class NoiseGain {
    private NoiseGain() {}

    /**
     * {@return the ratio, 1 for what the whitening expects; NaN where the components fill all channels and nothing is outside}
     *
     * @param image the whitened image
     * @param subspace of the components
     */
    static double beside(WhitenedImage image, Subspace subspace) {
        Blocks x = image.x();
        Whitening whitening = image.whitening();
        double[] inverse = image.basis().inverseDeviation();
        double[][] sums = new double[x.hands()][2];
        boolean[][] counted = new boolean[x.hands()][x.rows()];
        x.each((hand, column, block) -> {
            double squares = 0;
            double expected = 0;
            for (int i = 0, at = 0; i < block.rows(); i++) {
                double unit = inverse[i] * inverse[i];
                for (int j = 0; j < block.columns(); j++, at++) {
                    double value = block.data()[at] * unit / whitening.dose()[column + j];
                    squares += value * block.data()[at];
                    expected += value;
                    counted[hand][i] |= value > 0;
                }
            }
            sums[hand][0] += squares;
            sums[hand][1] += expected * whitening.gain();
        });
        double squares = 0;
        double expected = 0;
        for (double[] sum : sums) {
            squares += sum[0];
            expected += sum[1];
        }
        int channels = 0;
        for (int i = 0; i < x.rows(); i++) {
            boolean any = false;
            for (boolean[] some : counted) {
                any |= some[i];
            }
            channels += any ? 1 : 0;
        }
        int rank = subspace.vectors().columns();
        if (channels <= rank) {
            return Double.NaN;
        }
        return (squares - measured(subspace.projected(), whitening.empty()))
                / (expected * (channels - rank) / channels);
    }

    /** {@return Σ of squares over pixels that are not empty} */
    private static double measured(DenseMatrix projected, EmptyPixels empty) {
        DenseMatrix without = projected.copy();
        empty.clear(without);
        double sum = 0;
        for (double value : without.data()) {
            sum += value * value;
        }
        return sum;
    }
}
