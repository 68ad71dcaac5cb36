package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.util.Arrays;

/**
 * Factors as clusters of the rows of X, and how well clusters agree with labels.
 *
 * <p>Labels and clusters are numbers from 0; which number a cluster has does not matter.
 */
public final class Clusters {
    private Clusters() {}

    /**
     * {@return for each row of W the component that contributes most to its row of the model: c with the largest
     * W(i, c)·‖H(c, ·)‖, the first of equals}
     *
     * <p>The weights by H make this independent of how a component's scale is shared between the factors.
     *
     * @param w samples × components
     * @param h components × features
     */
    public static int[] strongest(Matrix w, Matrix h) {
        if (w.columns() != h.rows()) {
            throw new InvalidInputException(
                    "there must be a row of h for each of " + w.columns() + " components: it has " + h.rows());
        }
        double[] size = new double[h.rows()];
        for (int c = 0; c < size.length; c++) {
            size[c] = Lengths.norm(Measures.row(h, c));
        }
        int[] strongest = new int[w.rows()];
        for (int i = 0; i < strongest.length; i++) {
            double[] row = Measures.row(w, i);
            for (int c = 1; c < size.length; c++) {
                if (row[c] * size[c] > row[strongest[i]] * size[strongest[i]]) {
                    strongest[i] = c;
                }
            }
        }
        return strongest;
    }

    /**
     * {@return the share of samples whose label is the most frequent one of their cluster: 1 at best; at least the share of the
     * most frequent label}
     *
     * <p>Manning, Raghavan &amp; Schütze (2008), Introduction to Information Retrieval, equation 16.1. It grows with the number of
     * clusters, up to 1 for a cluster a sample; {@link #adjustedRand} does not.
     *
     * @param labels of the samples, at least one
     * @param clusters of the same samples
     */
    public static double purity(int[] labels, int[] clusters) {
        int right = 0;
        for (int[] labelsOfCluster : contingency(labels, clusters)) {
            right += Arrays.stream(labelsOfCluster).max().orElse(0);
        }
        return (double) right / labels.length;
    }

    /**
     * {@return the Rand index, the share of pairs of samples on which two partitions agree, adjusted for chance: 1 for the same
     * partition, 0 on average for independent ones, negative below that}
     *
     * <p>Hubert &amp; Arabie (1985), Journal of Classification 2, 193–218, equation 5. Symmetric. Where chance leaves nothing
     * open, both partitions being one cluster or both one cluster a sample, they are the same: 1.
     *
     * @param labels of the samples, at least one
     * @param clusters of the same samples
     */
    public static double adjustedRand(int[] labels, int[] clusters) {
        int[][] count = contingency(labels, clusters);
        int[] ofLabel = new int[count[0].length];
        double together = 0;
        double inCluster = 0;
        for (int[] row : count) {
            for (int j = 0; j < row.length; j++) {
                together += pairs(row[j]);
                ofLabel[j] += row[j];
            }
            inCluster += pairs(Arrays.stream(row).sum());
        }
        double inLabel = 0;
        for (int size : ofLabel) {
            inLabel += pairs(size);
        }
        double all = pairs(labels.length);
        double expected = all == 0 ? 0 : inLabel * (inCluster / all); // exact where either is all
        double most = (inLabel + inCluster) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double pairs(int count) {
        return 0.5 * count * (count - 1.0);
    }

    /** {@return how often each label is met in each cluster} */
    private static int[][] contingency(int[] labels, int[] clusters) {
        if (labels.length != clusters.length || labels.length == 0) {
            throw new InvalidInputException("there must be a label and a cluster for each sample, at least one: "
                    + labels.length + " and " + clusters.length);
        }
        int[][] count = new int[size(clusters)][size(labels)];
        for (int i = 0; i < labels.length; i++) {
            count[clusters[i]][labels[i]]++;
        }
        return count;
    }

    private static int size(int[] numbers) {
        int most = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0) {
                throw new InvalidInputException("labels and clusters are counted from 0: [" + i + "] = " + numbers[i]);
            }
            most = Math.max(most, numbers[i]);
        }
        return most + 1;
    }
}
