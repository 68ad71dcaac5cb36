package org.example.nmf;

import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.RegularizerContract;

class SaturatingTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new Saturating(0.3);
    }
}
