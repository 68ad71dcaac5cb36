package io.github.nmf4j.backend.vector;

import static io.github.nmf4j.backend.vector.VectorElementary.BIAS;
import static io.github.nmf4j.backend.vector.VectorElementary.L1;
import static io.github.nmf4j.backend.vector.VectorElementary.L2;
import static io.github.nmf4j.backend.vector.VectorElementary.L3;
import static io.github.nmf4j.backend.vector.VectorElementary.L4;
import static io.github.nmf4j.backend.vector.VectorElementary.L5;
import static io.github.nmf4j.backend.vector.VectorElementary.L6;
import static io.github.nmf4j.backend.vector.VectorElementary.L7;
import static io.github.nmf4j.backend.vector.VectorElementary.LN2_HIGH;
import static io.github.nmf4j.backend.vector.VectorElementary.LN2_LOW;
import static io.github.nmf4j.backend.vector.VectorElementary.ONE;
import static io.github.nmf4j.backend.vector.VectorElementary.SQRT_HALF;
import static io.github.nmf4j.backend.vector.VectorElementary.TWO_52;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * x/y and Σ x·log y of a span in one loop: two divisions and some twenty other operations an entry.
 *
 * <p>The logarithm is that of {@link VectorElementary}, written out: the method is so longer than what C2 inlines and stays a
 * unit of its own. Inlined beside another kernel it would pass the number of nodes at which every vector becomes an object.
 */
final class LogRatio {
    private static final VectorSpecies<Double> SPECIES = Lanes.SPECIES;

    private LogRatio() {}

    /**
     * {@return Σ x·log y}
     *
     * @param n entries
     * @param x from {@code at} on
     * @param y from 0 on
     * @param into receives x/y from 0 on; may be y
     * @param lanes room for a vector
     */
    static double of(int n, double[] x, int at, double[] y, double[] into, double[] lanes) {
        DoubleVector sum = DoubleVector.zero(SPECIES);
        double others = 0;
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += Lanes.WIDTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, y, i);
            DoubleVector data = DoubleVector.fromArray(SPECIES, x, at + i);
            data.div(v).intoArray(into, i);
            if (!v.compare(GE, Double.MIN_NORMAL)
                    .and(v.compare(LE, Double.MAX_VALUE))
                    .allTrue()) {
                v.intoArray(lanes, 0);
                others += oneByOne(0, Lanes.WIDTH, x, at + i, lanes);
                continue;
            }
            LongVector bits = v.reinterpretAsLongs();
            LongVector biased = bits.add(ONE - SQRT_HALF).lanewise(LSHR, 52);
            DoubleVector f = bits.sub(biased.lanewise(LSHL, 52))
                    .add(ONE)
                    .reinterpretAsDoubles()
                    .sub(1.0);
            DoubleVector e = biased.or(TWO_52).reinterpretAsDoubles().sub(BIAS);
            DoubleVector s = f.div(f.add(2.0));
            DoubleVector z = s.mul(s);
            DoubleVector w = z.mul(z);
            DoubleVector odd = w.fma(DoubleVector.broadcast(SPECIES, L7), DoubleVector.broadcast(SPECIES, L5));
            DoubleVector even = w.fma(DoubleVector.broadcast(SPECIES, L6), DoubleVector.broadcast(SPECIES, L4));
            odd = w.fma(odd, DoubleVector.broadcast(SPECIES, L3));
            even = w.fma(even, DoubleVector.broadcast(SPECIES, L2));
            odd = w.fma(odd, DoubleVector.broadcast(SPECIES, L1));
            DoubleVector half = f.mul(0.5).mul(f);
            DoubleVector log = f.sub(half.sub(s.mul(z.fma(z.fma(even, odd), half))));
            log = e.fma(
                    DoubleVector.broadcast(SPECIES, LN2_HIGH), e.fma(DoubleVector.broadcast(SPECIES, LN2_LOW), log));
            sum = data.fma(log, sum);
        }
        others += oneByOne(whole, n, x, at, y);
        for (int i = whole; i < n; i++) {
            into[i] = x[at + i] / y[i];
        }
        sum.intoArray(lanes, 0);
        return Lanes.sum(lanes, 0, Lanes.WIDTH) + others;
    }

    private static double oneByOne(int from, int to, double[] x, int at, double[] y) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[at + i] * Math.log(y[i]);
        }
        return sum;
    }
}
