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

    private Lanes() {}

    static int bits() {
        return SPECIES.vectorBitSize();
    }

    /** {@return the least multiple of a step that is not below n} */
    static int roundUp(int n, int step) {
        return (n + step - 1) / step * step;
    }
}
