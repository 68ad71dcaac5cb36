package io.github.nmf4j.testkit;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Asks a penalty at one point for values and coefficients, in blocks of any kind, and lays them out by vector. */
final class PenaltyProbe {
    /** What a penalty wrote, one row a component and one entry a vector; zero where it was not asked. */
    record Coefficients(double[][] linear, double[][] quadratic, double[][] log) {
        static Coefficients zero(int rank, int vectors) {
            return new Coefficients(new double[rank][vectors], new double[rank][vectors], new double[rank][vectors]);
        }

        double[][][] planes() {
            return new double[][][] {linear, quadratic, log};
        }
    }

    private static final double FLOOR = 1e-16;

    private final Regularizer penalty;
    private final double[][] at;
    private final FactorView view;
    private final Regularizer.Term term;

    PenaltyProbe(Regularizer penalty, double[][] at, FactorView other) {
        this.penalty = penalty;
        this.at = at;
        this.view = FactorView.of(DenseMatrix.of(at), other);
        this.term = penalty.at(view);
    }

    int rank() {
        return at.length;
    }

    int vectors() {
        return at[0].length;
    }

    FactorView view() {
        return view;
    }

    Regularizer penalty() {
        return penalty;
    }

    Regularizer.Term term() {
        return term;
    }

    int[] everyVector() {
        return IntStream.range(0, vectors()).toArray();
    }

    /** A block of consecutive vectors, at the point; what lies behind its end is NaN, so that no one reads it unnoticed. */
    Surrogate consecutive(int first, int count) {
        Surrogate block = new Surrogate(rank(), vectors() + 2, 0, 1, FLOOR);
        block.begin(first, count);
        return filled(block);
    }

    /** A block of vectors picked from the factor. */
    Surrogate gathered(int... vectors) {
        Surrogate block = new Surrogate(rank(), vectors() + 2, 0, 1, FLOOR);
        block.begin(vectors, 0, vectors.length);
        return filled(block);
    }

    private Surrogate filled(Surrogate block) {
        for (int c = 0; c < rank(); c++) {
            Arrays.fill(block.at(c), Double.NaN);
            for (int j = 0; j < block.count(); j++) {
                block.at(c)[j] = at[c][block.vector(j)];
            }
        }
        return block;
    }

    Surrogate whole() {
        return consecutive(0, vectors());
    }

    double[] shares(Surrogate... blocks) {
        double[] shares = new double[rank()];
        for (Surrogate block : blocks) {
            term.value(block, shares);
        }
        return shares;
    }

    double value() {
        return Arrays.stream(shares(whole())).sum();
    }

    Coefficients majorize(Surrogate... blocks) {
        return coefficients(Regularizer.Term::majorize, blocks);
    }

    Coefficients majorizeAlone(Surrogate... blocks) {
        return coefficients(Regularizer.Term::majorizeAlone, blocks);
    }

    private Coefficients coefficients(BiConsumer<Regularizer.Term, Surrogate> action, Surrogate... blocks) {
        Coefficients all = Coefficients.zero(rank(), vectors());
        for (Surrogate block : blocks) {
            action.accept(term, block);
            for (int c = 0; c < rank(); c++) {
                for (int j = 0; j < block.count(); j++) {
                    all.linear[c][block.vector(j)] += block.linear(c)[j];
                    all.quadratic[c][block.vector(j)] += block.quadratic(c)[j];
                    all.log[c][block.vector(j)] += block.log(c)[j];
                }
            }
        }
        return all;
    }
}
