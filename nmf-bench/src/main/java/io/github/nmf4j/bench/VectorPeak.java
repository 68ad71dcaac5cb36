package io.github.nmf4j.bench;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Multiply-adds that never leave the registers; loaded only where the Vector API is. */
final class VectorPeak {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** More than latency times throughput of any core. */
    private static final int CHAINS = 10;

    private VectorPeak() {}

    /** {@return flops of a call with so many steps} */
    static double flops(int steps) {
        return 2.0 * CHAINS * SPECIES.length() * steps;
    }

    /** {@return something that depends on every one of them} */
    static double multiplyAdd(int steps) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, 0.5);
        DoubleVector b = DoubleVector.broadcast(SPECIES, 1.0);
        DoubleVector v0 = a;
        DoubleVector v1 = b;
        DoubleVector v2 = a;
        DoubleVector v3 = b;
        DoubleVector v4 = a;
        DoubleVector v5 = b;
        DoubleVector v6 = a;
        DoubleVector v7 = b;
        DoubleVector v8 = a;
        DoubleVector v9 = b;
        for (int i = 0; i < steps; i++) {
            v0 = v0.fma(a, b);
            v1 = v1.fma(a, b);
            v2 = v2.fma(a, b);
            v3 = v3.fma(a, b);
            v4 = v4.fma(a, b);
            v5 = v5.fma(a, b);
            v6 = v6.fma(a, b);
            v7 = v7.fma(a, b);
            v8 = v8.fma(a, b);
            v9 = v9.fma(a, b);
        }
        DoubleVector sum = v0.add(v1)
                .add(v2)
                .add(v3)
                .add(v4)
                .add(v5)
                .add(v6)
                .add(v7)
                .add(v8)
                .add(v9);
        return sum.lane(0);
    }
}
