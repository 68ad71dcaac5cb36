package io.github.nmf4j.testkit;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random numbers for laws, the same for a seed on every machine. */
final class Draw {
    private Draw() {}

    /** {@return a generator for a seed; neighbouring seeds are unrelated} */
    static RandomGenerator from(long seed) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
    }

    /** {@return a number whose decimal logarithm is uniform between two bounds} */
    static double decades(RandomGenerator random, double from, double to) {
        return Math.pow(10, from + (to - from) * random.nextDouble());
    }

    /** {@return true with a probability} */
    static boolean chance(RandomGenerator random, double probability) {
        return random.nextDouble() < probability;
    }
}
