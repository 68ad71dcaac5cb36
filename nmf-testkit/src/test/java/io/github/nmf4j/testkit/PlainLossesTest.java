package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Loss;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract lets correct losses of every kind pass. */
@Tag("slow")
class PlainLossesTest {
    @Nested
    class KullbackLeibler extends LossContract {
        @Override
        protected Loss loss() {
            return SHARED;
        }

        private static final Loss SHARED = new PlainKullbackLeibler();
    }

    @Nested
    class Euclidean extends LossContract {
        private static final Loss SHARED = new PlainEuclidean();

        @Override
        protected Loss loss() {
            return SHARED;
        }
    }

    @Nested
    class ItakuraSaito extends LossContract {
        private static final Loss SHARED = new PlainItakuraSaito();

        @Override
        protected Loss loss() {
            return SHARED;
        }
    }

    @Nested
    class Huber extends LossContract {
        @Override
        protected Loss loss() {
            return new PlainHuber(0.5);
        }
    }

    @Nested
    class WideHuber extends LossContract {
        @Override
        protected Loss loss() {
            return new PlainHuber(1e3);
        }
    }
}
