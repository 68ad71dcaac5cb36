package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.regularizers.L1;
import io.github.nmf4j.regularizers.Ridge;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When a run stops, what it reports, and what it leaves alone. */
class RunTest {
    private static final DenseMatrix X = EquivalenceTest.random(1, 20, 60, 0.3, 0.1);

    private static Nmf.Builder rank3() {
        return Nmf.builder().rank(3).start("random");
    }

    @Test
    void theTraceHasTheStartAndEveryIterationAndItsTermsAddUp() {
        Factorization fit = rank3().penalizeW(new L1().times(0.2))
                .penalizeH(new L1().times(0.1).plus(new Ridge().times(0.3)))
                .stopWhen(StoppingRule.afterIterations(7))
                .build()
                .fit(X);

        assertThat(fit.trace().terms()).containsExactly("kullback-leibler", "w:l1", "h:l1", "h:ridge");
        assertThat(fit.trace().rows()).extracting(Trace.Row::iteration).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(fit.toString()).contains("rows=8, last=Row[iteration=7,").doesNotContain("Row[iteration=0,");
        for (Trace.Row row : fit.trace().rows()) {
            double sum = 0;
            for (double term : row.terms()) {
                sum += term;
            }
            assertThat(row.objective()).isEqualTo(sum);
        }
        assertThat(fit.stop()).isEqualTo(StopReason.ITERATIONS);
        assertThat(fit.iterations()).isEqualTo(7);
        assertThat(fit.objective()).isEqualTo(fit.trace().last().objective());
    }

    @Test
    void aThinnedTraceKeepsFirstAndLastAndTheSameNumbers() {
        Factorization whole =
                rank3().stopWhen(StoppingRule.afterIterations(11)).build().fit(X);
        Factorization thin = rank3().traceEvery(4)
                .stopWhen(StoppingRule.afterIterations(11))
                .build()
                .fit(X);

        assertThat(thin.trace().rows()).extracting(Trace.Row::iteration).containsExactly(0, 4, 8, 11);
        for (Trace.Row row : thin.trace().rows()) {
            assertThat(row.objective())
                    .isEqualTo(whole.trace().rows().get(row.iteration()).objective());
        }
        assertThat(thin.w().toDense()).isEqualTo(whole.w().toDense());
    }

    @Test
    void aToleranceEndsTheRunAtTheFirstSmallDecrease() {
        Factorization fit = rank3().stopWhen(
                        StoppingRule.relativeDecreaseBelow(1e-3).orAfterIterations(5000))
                .build()
                .fit(X);
        List<Trace.Row> rows = fit.trace().rows();

        assertThat(fit.stop()).isEqualTo(StopReason.RELATIVE_DECREASE);
        for (int t = 1; t < rows.size(); t++) {
            double change = (rows.get(t - 1).objective() - rows.get(t).objective())
                    / rows.get(t).objective();
            assertThat(change < 1e-3).as("iteration %d", t).isEqualTo(t == rows.size() - 1);
        }
    }

    @Test
    void aCancelledRunReturnsWhatItHasAndAListenerSeesEachIteration() {
        List<Progress> seen = new ArrayList<>();
        int[] asked = {0};
        Factorization fit = rank3().onProgress(seen::add)
                .stopWhen(StoppingRule.afterIterations(100).orWhen(() -> asked[0]++ == 5))
                .build()
                .fit(X);

        assertThat(fit.stop()).isEqualTo(StopReason.CANCELLED);
        assertThat(fit.iterations()).isEqualTo(5);
        assertThat(seen).extracting(Progress::iteration).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(seen.get(3).objective()).isEqualTo(fit.trace().rows().get(3).objective());
        assertThat(seen.get(3).limit()).hasValue(100);
    }

    @Test
    void aFactorThatIsHeldStaysAndNewRowsFindTheirW() {
        Factorization fit =
                rank3().stopWhen(StoppingRule.afterIterations(200)).build().fit(X);
        Factorization again = Nmf.builder()
                .rank(3)
                .startH(fit.h())
                .hold(Factor.H)
                .stopWhen(StoppingRule.afterIterations(200))
                .build()
                .fit(X);

        assertThat(again.h().toDense()).isEqualTo(fit.h().toDense());
        assertThat(again.objective()).isLessThanOrEqualTo(fit.objective() * (1 + 1e-3));
    }

    @Test
    void resultsCannotBeWrittenAndDataIsNotTouched() {
        DenseMatrix x = X.copy();
        Factorization fit =
                rank3().stopWhen(StoppingRule.afterIterations(3)).build().fit(x);
        double before = fit.w().get(0, 0);
        fit.w().toDense().set(0, 0, -1);

        assertThat(fit.w()).isNotInstanceOf(DenseMatrix.class);
        assertThat(fit.w().get(0, 0)).isEqualTo(before);
        assertThat(x).isEqualTo(X);
    }

    @Test
    void oneInstanceFitsFromManyThreads() {
        Nmf nmf = rank3().penalizeH(new L1().times(0.1))
                .stopWhen(StoppingRule.afterIterations(5))
                .build();
        Matrix expected = nmf.fit(X).w().toDense();

        assertThat(Stream.generate(() -> X)
                        .limit(8)
                        .parallel()
                        .map(x -> nmf.fit(x).w().toDense()))
                .allMatch(expected::equals);
    }

    @Test
    void pluginsAreFoundByServiceAndTheUnknownSaysWhatWouldBringIt() {
        Plugins plugins = Plugins.load();

        assertThat(plugins.broken()).isEmpty();
        assertThat(plugins.all(LinearAlgebraBackend.class))
                .extracting(e -> e.name())
                .containsExactly("ejml", "ojalgo", "portable", "vector");
        assertThat(plugins.backend().name()).isEqualTo(Backends.usable().contains("vector") ? "vector" : "portable");
        assertThat(plugins.all(Regularizer.class))
                .allMatch(r -> r.parameters().stream().anyMatch(p -> p.name().equals("weight")));
        assertThatThrownBy(
                        () -> Plugins.load(ClassLoader.getPlatformClassLoader()).find(Regularizer.class, "laplacian"))
                .hasMessageContaining("io.github.nmf4j:nmf-regularizers on the class path would bring it");
    }
}
