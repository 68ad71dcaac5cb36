package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Surrogate;

/** Sums over all vectors of a factor, a component each. */
final class ComponentSums {
    private ComponentSums() {}

    /** {@return Σ f, a component each} */
    static double[] ofEntries(FactorView factor) {
        double[] sums = new double[factor.rank()];
        for (int c = 0; c < sums.length; c++) {
            double sum = 0.0;
            for (int j = 0; j < factor.vectors(); j++) {
                sum += factor.get(c, j);
            }
            sums[c] = sum;
        }
        return sums;
    }

    /** {@return Σ f², a component each} */
    static double[] ofSquares(FactorView factor) {
        double[] sums = new double[factor.rank()];
        for (int c = 0; c < sums.length; c++) {
            double sum = 0.0;
            for (int j = 0; j < factor.vectors(); j++) {
                double f = factor.get(c, j);
                sum += f * f;
            }
            sums[c] = sum;
        }
        return sums;
    }

    /** {@return whether a block has the share of a value that is the whole factor's: the one that vector 0 is in} */
    static boolean carriesTheWhole(Surrogate block) {
        return block.count() > 0 && block.vector(0) == 0;
    }
}
