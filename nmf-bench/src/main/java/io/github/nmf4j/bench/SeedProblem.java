package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.KullbackLeibler;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.UnitColumns;
import io.github.nmf4j.regularizers.Laplacian;
import io.github.nmf4j.regularizers.LogPenalty;
import java.util.SplittableRandom;

/**
 * A spectral image of 200 channels and 100 × 100 pixels: three smooth maps that sum to one, spectra from a dictionary of 15
 * peaks, about 440 Poisson counts a pixel. Fitted with a Laplacian of weight 2, a log penalty of weight 0.05, unit columns on
 * H, normalised.
 */
final class SeedProblem {
    static final int CHANNELS = 200;
    static final int SIDE = 100;
    static final int RANK = 3;
    private static final int PEAKS = 15;
    private static final double WIDTH = 4;
    private static final double COUNTS_PER_PIXEL = 440;
    private static final double SMOOTHNESS = 2;
    private static final double SPARSITY = 0.05;

    private final DenseMatrix dictionary = DenseMatrix.zeros(CHANNELS, PEAKS);
    private final DenseMatrix x = DenseMatrix.zeros(CHANNELS, SIDE * SIDE);
    private final DenseMatrix startW;
    private final DenseMatrix startH;

    SeedProblem(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CHANNELS; i++) {
            for (int q = 0; q < PEAKS; q++) {
                double distance = (i - (q + 0.5) * CHANNELS / PEAKS) / WIDTH;
                dictionary.set(i, q, Math.exp(-0.5 * distance * distance) + 0.01);
            }
        }
        double[][] spectra = spectra(random);
        double[] share = new double[RANK];
        for (int j = 0; j < SIDE * SIDE; j++) {
            maps(j, share);
            for (int i = 0; i < CHANNELS; i++) {
                double mean = 0;
                for (int c = 0; c < RANK; c++) {
                    mean += spectra[c][i] * share[c];
                }
                x.set(i, j, poisson(COUNTS_PER_PIXEL * mean, random));
            }
        }
        startW = RandomData.positive(PEAKS, RANK, seed + 1);
        startH = RandomData.positive(RANK, SIDE * SIDE, seed + 2);
    }

    private double[][] spectra(SplittableRandom random) {
        double[][] spectra = new double[RANK][CHANNELS];
        for (double[] spectrum : spectra) {
            double sum = 0;
            for (int q = 0; q < PEAKS; q++) {
                double height = random.nextDouble() * random.nextDouble();
                for (int i = 0; i < CHANNELS; i++) {
                    spectrum[i] += height * dictionary.get(i, q);
                    sum += height * dictionary.get(i, q);
                }
            }
            for (int i = 0; i < CHANNELS; i++) {
                spectrum[i] /= sum;
            }
        }
        return spectra;
    }

    private static void maps(int pixel, double[] share) {
        double sum = 0;
        for (int c = 0; c < share.length; c++) {
            double down = (pixel / SIDE - 25.0 * (c + 1)) / 20;
            double right = (pixel % SIDE - 30.0 - 20 * c) / 20;
            share[c] = 0.1 + Math.exp(-0.5 * (down * down + right * right));
            sum += share[c];
        }
        for (int c = 0; c < share.length; c++) {
            share[c] /= sum;
        }
    }

    /** Knuth's product of uniforms; the means here are small. */
    private static int poisson(double mean, SplittableRandom random) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    DenseMatrix x() {
        return x;
    }

    /** {@return the fit to run, still without stopping rule and acceleration} */
    Nmf.Builder settings(String backend) {
        Regularizer smooth = new Laplacian(new Shape(SIDE, SIDE)).times(SMOOTHNESS);
        Regularizer sparse = new LogPenalty().times(SPARSITY);
        return Nmf.builder()
                .rank(RANK)
                .loss(new KullbackLeibler())
                .dictionary(dictionary)
                .penalizeH(smooth.plus(sparse))
                .constrainH(new UnitColumns())
                .normalized()
                .backend(backend)
                .startW(startW)
                .startH(startH);
    }
}
