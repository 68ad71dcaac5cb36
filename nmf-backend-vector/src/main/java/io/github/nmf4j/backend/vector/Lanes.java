package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this machine. */
final class Lanes {
    /** As wide as the machine has them: constants to the compiler, which is what makes the kernels vector code. */
    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Numbers in a vector. */
    static final int WIDTH = SPECIES.length();

    static final int LEAST_BITS = 256;
    static final int MOST_BITS = 512;

    private Lanes() {}

    static int bits() {
        return SPECIES.vectorBitSize();
    }

    /** {@return the least multiple of a step that is not below n} */
    static int roundUp(int n, int step) {
        return (n + step - 1) / step * step;
    }

    /**
     * {@return the sum of the lanes of a vector that was stored} In the order of the lanes: {@code reduceLanes} adds in one order
     * before it is compiled and in another after.
     */
    static double sum(double[] lanes, int at, int width) {
        double sum = lanes[at];
        for (int i = 1; i < width; i++) {
            sum += lanes[at + i];
        }
        return sum;
    }
}
