package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What is asked of spans as a whole. */
final class Spans {
    private static final VectorSpecies<Double> SPECIES = Lanes.SPECIES;

    private Spans() {}

    /** {@return whether n numbers are all exactly 1} */
    static boolean areOne(int n, double[] values) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += Lanes.WIDTH) {
            if (!DoubleVector.fromArray(SPECIES, values, i)
                    .compare(VectorOperators.EQ, 1.0)
                    .allTrue()) {
                return false;
            }
        }
        for (int i = whole; i < n; i++) {
            if (values[i] != 1) {
                return false;
            }
        }
        return true;
    }
}
