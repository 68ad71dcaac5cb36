package io.github.nmf4j.unmix;

import io.github.nmf4j.api.InvalidInputException;

/**
 * Counts a pixel and a channel, from the one look at X that also checks it.
 *
 * @param ofPixels Σᵢ X(i, j)
 * @param ofChannels Σⱼ X(i, j)
 */
record Totals(double[] ofPixels, double[] ofChannels) {
    /**
     * {@return the sums}
     *
     * @throws InvalidInputException if an entry is not a whole number ≥ 0, or all are 0
     */
    static Totals of(Blocks x) {
        double[] pixels = new double[x.columns()];
        double[][] channels = new double[x.hands()][x.rows()];
        x.each((hand, column, block) -> {
            double[] values = block.data();
            for (int i = 0, at = 0; i < block.rows(); i++) {
                double sum = 0;
                for (int j = 0; j < block.columns(); j++, at++) {
                    double count = values[at];
                    if (!(count >= 0 && count < Double.POSITIVE_INFINITY && count == Math.rint(count))) {
                        throw new InvalidInputException(
                                "unmixing needs counts, whole numbers of 0 or more, as they were counted: x[" + i + ", "
                                        + (column + j) + "] = " + count);
                    }
                    sum += count;
                    pixels[column + j] += count;
                }
                channels[hand][i] += sum;
            }
        });
        double[] total = channels[0];
        double all = 0;
        for (int hand = 1; hand < channels.length; hand++) {
            for (int i = 0; i < total.length; i++) {
                total[i] += channels[hand][i];
            }
        }
        for (double sum : total) {
            all += sum;
        }
        if (!(all > 0)) {
            throw new InvalidInputException("unmixing needs counts above 0: every entry of x is 0");
        }
        return new Totals(pixels, total);
    }
}
