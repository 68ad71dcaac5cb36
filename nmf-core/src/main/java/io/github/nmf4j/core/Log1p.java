package io.github.nmf4j.core;

/**
 * log(1 + u) for u ≥ 0 where log v of v = 1 + u, rounded, is at hand: that is good enough for a large u, and for a small one,
 * whose digits v has lost, there is the series of 2·artanh(u/(2 + u)).
 */
final class Log1p {
    /** Below it the series is right to 1e-16 with the terms it has; above it log v to 2e-15. */
    private static final double SMALL = 0.25;

    private Log1p() {}

    /**
     * {@return log(1 + u)}
     *
     * @param u ≥ 0
     * @param logarithm log of 1 + u, rounded
     */
    static double of(double u, double logarithm) {
        if (!(u < SMALL)) {
            return logarithm;
        }
        double s = u / (2 + u);
        double z = s * s;
        double tail = z
                * (1 / 3.0
                        + z
                                * (1 / 5.0
                                        + z
                                                * (1 / 7.0
                                                        + z
                                                                * (1 / 9.0
                                                                        + z
                                                                                * (1 / 11.0
                                                                                        + z
                                                                                                * (1 / 13.0
                                                                                                        + z
                                                                                                                * (1
                                                                                                                                / 15.0
                                                                                                                        + z
                                                                                                                                / 17.0)))))));
        return 2 * s * (1 + tail);
    }
}
