package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What is asked of spans as a whole. */
final class Spans {
    private static final VectorSpecies<Double> SPECIES = Lanes.SPECIES;
    private static final long ONE = Double.doubleToRawLongBits(1.0);

    private Spans() {}

    /** {@return whether n numbers are all exactly 1} Without a branch for each vector, but for a look at the first number. */
    static boolean areOne(int n, double[] values) {
        if (n > 0 && values[0] != 1) {
            return false;
        }
        int whole = SPECIES.loopBound(n);
        LongVector different = DoubleVector.zero(SPECIES).reinterpretAsLongs();
        for (int i = 0; i < whole; i += Lanes.WIDTH) {
            LongVector bits = DoubleVector.fromArray(SPECIES, values, i).reinterpretAsLongs();
            different = different.or(bits.lanewise(VectorOperators.XOR, ONE));
        }
        if (!different.compare(VectorOperators.EQ, 0).allTrue()) {
            return false;
        }
        for (int i = whole; i < n; i++) {
            if (values[i] != 1) {
                return false;
            }
        }
        return true;
    }

    /** into += sums + a number, n entries from their places on; too few for loops that the compiler would align first. */
    static void add(int n, double[] sums, int at, double number, double[] into, int to) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += Lanes.WIDTH) {
            DoubleVector.fromArray(SPECIES, sums, at + i)
                    .add(number)
                    .add(DoubleVector.fromArray(SPECIES, into, to + i))
                    .intoArray(into, to + i);
        }
        for (int i = whole; i < n; i++) {
            into[to + i] += sums[at + i] + number;
        }
    }
}
