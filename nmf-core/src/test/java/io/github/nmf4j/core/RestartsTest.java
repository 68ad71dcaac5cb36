package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.core.Restarts.Run;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private final DenseMatrix x = EquivalenceTest.random(41, 40, 50, 0.5, 0.0);

    private static Nmf.Builder fit() {
        return Nmf.builder().rank(4).seed(7).stopWhen(StoppingRule.afterIterations(20));
    }

    @Test
    void eachRunIsThatOfItsSeedWhateverTheThreads() {
        Restarts alone = fit().start("random").build().fit(x, 4);
        Restarts together = fit().start("random").threads(3).build().fit(x, 4);

        assertThat(alone.runs()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            Run run = alone.runs().get(i);
            Factorization single = Nmf.builder()
                    .rank(4)
                    .seed(7 + i)
                    .start("random")
                    .stopWhen(StoppingRule.afterIterations(20))
                    .build()
                    .fit(x);
            assertThat(run.seed()).isEqualTo(7 + i);
            assertThat(run.fit().w().toDense()).isEqualTo(single.w().toDense());
            assertThat(together.runs().get(i).fit().h().toDense())
                    .isEqualTo(single.h().toDense());
            assertThat(run.fit().objective())
                    .isGreaterThanOrEqualTo(alone.best().fit().objective());
        }
    }

    @Test
    void similarityIsOneForTheBestAndLessForOthers() {
        Restarts restarts = fit().build().fit(x, 5);
        for (Run run : restarts.runs()) {
            if (run == restarts.best()) {
                assertThat(run.similarity()).isCloseTo(1, within(1e-12));
            } else {
                assertThat(run.similarity()).isBetween(0.1, 0.9999);
            }
        }
    }

    @Test
    void runsThatHadNotBegunWhenTheUserEndedThemAreLeftOut() {
        AtomicBoolean ended = new AtomicBoolean();
        Restarts restarts = Nmf.builder()
                .rank(2)
                .stopWhen(StoppingRule.afterIterations(1000).orWhen(ended::get))
                .onProgress(at -> ended.set(at.iteration() >= 3))
                .build()
                .fit(x, 6);
        assertThat(restarts.runs()).hasSize(1);
        assertThat(restarts.best().fit().stop()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void startsThatDoNotDifferAreRefused() {
        assertThatThrownBy(() -> fit().start("nndsvd").build().fit(x, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "restarts need a start that depends on the seed: nndsvd does not; use random or random-acol");
        assertThatThrownBy(() -> fit().build().fit(x, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("restarts must be at least 1: 0");
    }
}
