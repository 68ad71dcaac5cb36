package org.example.nmf;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.testkit.ConstraintContract;
import java.util.Arrays;

class SumAtMostTest extends ConstraintContract {
    @Override
    protected Constraint constraint() {
        return new SumAtMost();
    }

    @Override
    protected double violation(double[] tied) {
        return Math.max(0, Arrays.stream(tied).sum() - 1);
    }
}
