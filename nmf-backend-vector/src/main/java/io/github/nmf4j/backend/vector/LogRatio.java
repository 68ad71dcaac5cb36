package io.github.nmf4j.backend.vector;

import static io.github.nmf4j.backend.vector.VectorElementary.BIAS;
import static io.github.nmf4j.backend.vector.VectorElementary.L1;
import static io.github.nmf4j.backend.vector.VectorElementary.L2;
import static io.github.nmf4j.backend.vector.VectorElementary.L3;
import static io.github.nmf4j.backend.vector.VectorElementary.L4;
import static io.github.nmf4j.backend.vector.VectorElementary.L5;
import static io.github.nmf4j.backend.vector.VectorElementary.L6;
import static io.github.nmf4j.backend.vector.VectorElementary.L7;
import static io.github.nmf4j.backend.vector.VectorElementary.ONE;
import static io.github.nmf4j.backend.vector.VectorElementary.SQRT_HALF;
import static io.github.nmf4j.backend.vector.VectorElementary.TWO_52;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * x/y and Σ x·log y of a span in one loop: two divisions and some twenty-five other operations an entry.
 *
 * <p>y = m·2^e with m between √½ and √2, and log m = 2·artanh s with s = (m − 1)/(m + 1), by the polynomial of
 * {@link VectorElementary}. Σ x·e and Σ x·log m are added up apart, so that log 2 is multiplied once. Whether all y are normal
 * numbers is asked at the end of the span: if not, their logarithms are taken anew, one by one.
 *
 * <p>The loop is longer than what C2 inlines and stays a unit of its own. Inlined beside another kernel it would pass the
 * number of nodes at which every vector becomes an object.
 */
final class LogRatio {
    private static final VectorSpecies<Double> SPECIES = Lanes.SPECIES;
    private static final long LEAST_NORMAL = Double.doubleToRawLongBits(Double.MIN_NORMAL);
    private static final long GREATEST = Double.doubleToRawLongBits(Double.MAX_VALUE);
    private static final double LN2 = Math.log(2);

    private LogRatio() {}

    /**
     * {@return Σ x·log y}
     *
     * @param n entries
     * @param x from {@code at} on
     * @param y from 0 on
     * @param into receives x/y from 0 on; not y
     * @param lanes room for a vector
     */
    static double of(int n, double[] x, int at, double[] y, double[] into, double[] lanes) {
        DoubleVector logarithms = DoubleVector.zero(SPECIES);
        DoubleVector exponents = DoubleVector.zero(SPECIES);
        LongVector low = DoubleVector.broadcast(SPECIES, 1.0).reinterpretAsLongs();
        LongVector high = low;
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += Lanes.WIDTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, y, i);
            DoubleVector data = DoubleVector.fromArray(SPECIES, x, at + i);
            data.div(v).intoArray(into, i);
            LongVector bits = v.reinterpretAsLongs();
            low = low.min(bits);
            high = high.max(bits);
            LongVector biased = bits.add(ONE - SQRT_HALF).lanewise(LSHR, 52);
            DoubleVector f = bits.sub(biased.lanewise(LSHL, 52))
                    .add(ONE)
                    .reinterpretAsDoubles()
                    .sub(1.0);
            DoubleVector e = biased.or(TWO_52).reinterpretAsDoubles().sub(BIAS);
            exponents = data.fma(e, exponents);
            DoubleVector s = f.div(f.add(2.0));
            DoubleVector z = s.mul(s);
            DoubleVector sum = z.fma(DoubleVector.broadcast(SPECIES, L7), DoubleVector.broadcast(SPECIES, L6));
            sum = sum.fma(z, DoubleVector.broadcast(SPECIES, L5));
            sum = sum.fma(z, DoubleVector.broadcast(SPECIES, L4));
            sum = sum.fma(z, DoubleVector.broadcast(SPECIES, L3));
            sum = sum.fma(z, DoubleVector.broadcast(SPECIES, L2));
            sum = sum.fma(z, DoubleVector.broadcast(SPECIES, L1));
            sum = sum.fma(z, DoubleVector.broadcast(SPECIES, 2.0));
            logarithms = data.fma(s.mul(sum), logarithms);
        }
        double rest = oneByOne(whole, n, x, at, y);
        for (int i = whole; i < n; i++) {
            into[i] = x[at + i] / y[i];
        }
        if (low.compare(LT, LEAST_NORMAL).or(high.compare(GT, GREATEST)).anyTrue()) {
            return oneByOne(0, whole, x, at, y) + rest;
        }
        exponents.fma(DoubleVector.broadcast(SPECIES, LN2), logarithms).intoArray(lanes, 0);
        return Lanes.sum(lanes, 0, Lanes.WIDTH) + rest;
    }

    private static double oneByOne(int from, int to, double[] x, int at, double[] y) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[at + i] * Math.log(y[i]);
        }
        return sum;
    }
}
