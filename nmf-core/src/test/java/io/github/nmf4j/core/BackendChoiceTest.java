package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import org.junit.jupiter.api.Test;

class BackendChoiceTest {
    private static final double AN_HOUR = 3600;
    private static final double NOTHING = 0;

    @Test
    void littleWorkIsNotWorthAWarmUp() {
        assertThat(BackendChoice.of(Plugins.load(), NOTHING).name()).isEqualTo("portable");
    }

    @Test
    void muchWorkTakesTheFirstByPriorityThatCanBeUsed() {
        Plugins plugins = Plugins.load();
        assertThat(BackendChoice.of(plugins, AN_HOUR).name())
                .isEqualTo(plugins.backend().name())
                .isEqualTo(Backends.usable().contains("vector") ? "vector" : "portable");
    }

    @Test
    void workGrowsWithTheDataTheRankAndTheIterations() {
        StoppingRule ten = StoppingRule.afterIterations(10);
        double seconds = BackendChoice.seconds(DenseMatrix.zeros(20, 30), 3, ten);
        assertThat(BackendChoice.seconds(DenseMatrix.zeros(20, 60), 3, ten)).isEqualTo(2 * seconds);
        assertThat(BackendChoice.seconds(DenseMatrix.zeros(20, 30), 30, ten)).isGreaterThan(seconds);
        assertThat(BackendChoice.seconds(DenseMatrix.zeros(20, 30), 3, StoppingRule.afterIterations(0)))
                .isZero();
    }

    /** A fit that nobody chose a backend for says which one it took. */
    @Test
    void aSmallFitRunsOnPlainCode() {
        DenseMatrix x = EquivalenceTest.random(1, 6, 7, 0, 0.1);
        assertThat(Nmf.builder()
                        .rank(2)
                        .stopWhen(StoppingRule.afterIterations(2))
                        .build()
                        .fit(x)
                        .backend())
                .isEqualTo("portable");
    }
}
