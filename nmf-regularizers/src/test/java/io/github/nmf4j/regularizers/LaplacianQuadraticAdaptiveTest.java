package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class LaplacianQuadraticAdaptiveTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new Laplacian(new Shape(4, 3)).majorizedBy(Laplacian.Majorizer.QUADRATIC, Step.adaptive());
    }

    @Override
    protected Regularizer prototype() {
        return new Laplacian();
    }
}
