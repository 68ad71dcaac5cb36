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
     * @param scale whole numbers are required where X is counted
     * @throws InvalidInputException if an entry is not finite and ≥ 0, or not a whole number, or all are 0
     */
    static Totals of(Blocks x, Scale scale) {
        double[] pixels = new double[x.columns()];
        double[][] channels = new double[x.hands()][x.rows()];
        x.each((hand, column, block) -> {
            double[] values = block.data();
            for (int i = 0, at = 0; i < block.rows(); i++) {
                double sum = 0;
                for (int j = 0; j < block.columns(); j++, at++) {
                    double count = values[at];
                    if (!(count >= 0
                            && count < Double.POSITIVE_INFINITY
                            && (scale != Scale.COUNTED || count == Math.rint(count)))) {
                        throw refusal(scale, i, column + j, count);
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

    private static InvalidInputException refusal(Scale scale, int i, int j, double value) {
        boolean scaled = scale == Scale.COUNTED && value >= 0 && value < Double.POSITIVE_INFINITY;
        return new InvalidInputException((scale == Scale.COUNTED
                        ? "unmixing needs counts, whole numbers of 0 or more, as they were counted: x["
                        : "unmixing needs finite numbers of 0 or more: x[")
                + i + ", " + j + "] = " + value + (scaled ? "; if counts were scaled, give their gain" : ""));
    }
}
