package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** What a penalty gives on a small factor, one array a component. */
final class Penalties {
    private Penalties() {}

    static FactorView view(double[]... factor) {
        return FactorView.of(DenseMatrix.of(factor), null);
    }

    static double[] shares(Regularizer penalty, double[]... factor) {
        double[] shares = new double[factor.length];
        penalty.at(view(factor)).value(block(factor), shares);
        return shares;
    }

    static double value(Regularizer penalty, double[]... factor) {
        return Arrays.stream(shares(penalty, factor)).sum();
    }

    static double value(Regularizer penalty, double[][] factor, double[][] other) {
        double[] shares = new double[factor.length];
        penalty.at(view(factor, other)).value(block(factor), shares);
        return Arrays.stream(shares).sum();
    }

    static Surrogate majorized(Regularizer penalty, double[][] factor, double[][] other) {
        Surrogate block = block(factor);
        penalty.at(view(factor, other)).majorize(block);
        return block;
    }

    private static FactorView view(double[][] factor, double[][] other) {
        return FactorView.of(DenseMatrix.of(factor), view(other));
    }

    static Surrogate majorized(Regularizer penalty, double[]... factor) {
        return written(penalty, Regularizer.Term::majorize, factor);
    }

    static Surrogate majorizedAlone(Regularizer penalty, double[]... factor) {
        return written(penalty, Regularizer.Term::majorizeAlone, factor);
    }

    private static Surrogate written(
            Regularizer penalty, BiConsumer<Regularizer.Term, Surrogate> action, double[]... factor) {
        Surrogate block = block(factor);
        action.accept(penalty.at(view(factor)), block);
        return block;
    }

    private static Surrogate block(double[]... factor) {
        Surrogate block = new Surrogate(factor.length, factor[0].length, 0, 1, 1e-16);
        block.begin(0, factor[0].length);
        for (int c = 0; c < factor.length; c++) {
            System.arraycopy(factor[c], 0, block.at(c), 0, factor[c].length);
        }
        return block;
    }
}
