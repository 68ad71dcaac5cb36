package io.github.nmf4j.unmix;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/** log Φ and φ/Φ of the normal distribution at one point, at any distance in the lower tail. */
final class NormalTail {
    /** From here on log Φ and φ/Φ are below 1e-18: nothing beside the sums they are added to. */
    static final double NEGLIGIBLE_FROM = 9;

    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double PEAK = 1 / Math.sqrt(2 * Math.PI);

    private double logarithm;
    private double ratio;

    /** Evaluates both; the scaled complementary error function erfcx(x) = exp(x²)·erfc(x) keeps the tail from underflow. */
    void at(double d) {
        if (d > 0) {
            double above = 0.5 * Erfc.value(d * ROOT_HALF);
            logarithm = Math.log1p(-above);
            ratio = PEAK * Math.exp(-0.5 * d * d) / (1 - above);
        } else {
            double scaled = 0.5 * Erfcx.value(-d * ROOT_HALF);
            logarithm = Math.log(scaled) - 0.5 * d * d;
            ratio = PEAK / scaled;
        }
    }

    /** {@return log Φ(d)} */
    double logarithm() {
        return logarithm;
    }

    /** {@return φ(d)/Φ(d)} */
    double ratio() {
        return ratio;
    }
}
