package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClustersTest {
    /** Figure 16.4 of Manning, Raghavan and Schütze: seventeen samples in three clusters, purity (5 + 4 + 3) / 17. */
    private static final int[] LABELS = {0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 2, 0, 0, 2, 2, 2};

    private static final int[] CLUSTERS = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2};

    @Test
    void purityIsThatOfTheTextbook() {
        assertThat(Clusters.purity(LABELS, CLUSTERS)).isCloseTo(12.0 / 17, within(1e-15));
    }

    /** The numbers are those of adjusted_rand_score of scikit-learn 1.2.1. */
    @Test
    void adjustedRandHasKnownValues() {
        assertThat(Clusters.adjustedRand(LABELS, CLUSTERS)).isCloseTo(0.242914979757085, within(1e-15));
        assertThat(Clusters.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 2}))
                .isCloseTo(0.5714285714285714, within(1e-15));
        assertThat(Clusters.adjustedRand(new int[] {0, 0, 0, 1, 1, 1}, new int[] {0, 0, 1, 1, 2, 2}))
                .isCloseTo(0.24242424242424243, within(1e-15));
        assertThat(Clusters.adjustedRand(new int[] {0, 1, 0, 1}, new int[] {0, 0, 1, 1}))
                .isCloseTo(-0.5, within(1e-15));
    }

    /** The definition, pair by pair, for the mean over all ways to deal the same sizes of clusters, by sampling. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void adjustedRandIsZeroOnAverageAndLooksPastNumbers(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] dealt = CLUSTERS.clone();
        double sum = 0;
        int deals = 4000;
        for (int deal = 0; deal < deals; deal++) {
            for (int i = dealt.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int kept = dealt[i];
                dealt[i] = dealt[j];
                dealt[j] = kept;
            }
            sum += Clusters.adjustedRand(LABELS, dealt);
        }
        // the standard deviation of one deal is about 0.1
        assertThat(sum / deals).as("seed " + seed).isCloseTo(0, within(0.01));
        int[] renumbered = new int[dealt.length];
        for (int i = 0; i < dealt.length; i++) {
            renumbered[i] = 7 - 2 * dealt[i];
        }
        assertThat(Clusters.adjustedRand(renumbered, LABELS)).isEqualTo(Clusters.adjustedRand(LABELS, dealt));
    }

    @Test
    void onePartitionOfOneClusterSaysNothing() {
        int[] one = {0, 0, 0, 0};
        int[] each = {0, 1, 2, 3};
        assertThat(Clusters.adjustedRand(one, one)).isEqualTo(1);
        assertThat(Clusters.adjustedRand(each, new int[] {3, 2, 1, 0})).isEqualTo(1);
        assertThat(Clusters.adjustedRand(one, each)).isZero();
        assertThat(Clusters.adjustedRand(new int[] {5}, new int[] {0})).isEqualTo(1);
        assertThat(Clusters.purity(one, one)).isEqualTo(1);
        assertThat(Clusters.purity(one, each)).isEqualTo(1);
        assertThat(Clusters.purity(each, one)).isEqualTo(0.25);
    }

    @Test
    void samplesBelongToWhatContributesMost() {
        DenseMatrix w = DenseMatrix.of(new double[] {1, 5}, new double[] {1, 5}, new double[] {1, 50});
        DenseMatrix h = DenseMatrix.of(new double[] {10, 0}, new double[] {0, 1});
        assertThat(Clusters.strongest(w, h)).containsExactly(0, 0, 1);
        assertThat(Measures.purity(new int[] {0, 0, 1}, w, h)).isEqualTo(1);
        assertThat(Measures.purity(new int[] {0, 1, 1}, w, h)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(Clusters.strongest(DenseMatrix.zeros(2, 2), h)).containsExactly(0, 0);
        assertThat(Clusters.strongest(w.slice(0, 0, 3, 1), h.slice(0, 0, 1, 2))).containsExactly(0, 0, 0);
    }

    @Test
    void whatIsNoPartitionIsRefused() {
        assertThatThrownBy(() -> Clusters.purity(new int[0], new int[0]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("there must be a label and a cluster for each sample, at least one: 0 and 0");
        assertThatThrownBy(() -> Clusters.adjustedRand(new int[3], new int[2]))
                .hasMessage("there must be a label and a cluster for each sample, at least one: 3 and 2");
        assertThatThrownBy(() -> Clusters.purity(new int[] {0, -1}, new int[2]))
                .hasMessage("labels and clusters are counted from 0: [1] = -1");
        assertThatThrownBy(() -> Clusters.strongest(DenseMatrix.zeros(2, 2), DenseMatrix.zeros(3, 2)))
                .hasMessage("there must be a row of h for each of 2 components: it has 3");
    }
}
