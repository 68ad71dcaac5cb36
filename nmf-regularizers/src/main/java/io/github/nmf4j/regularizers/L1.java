package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;

/**
 * Sum of the entries, Σ h: favours entries at the lower bound.
 *
 * <p>It moves scale before it sparsifies: with W on unit columns, Σ H is fixed by the data under Kullback–Leibler, and on a
 * simplex it is a constant. There {@link LogPenalty} is what one wants.
 */
@AutoService(Regularizer.class)
public record L1() implements Regularizer {
    @Override
    public String name() {
        return "l1";
    }

    @Override
    public String summary() {
        return "sparsity: the sum of the entries";
    }

    @Override
    public Reads reads() {
        return Reads.ENTRY;
    }

    @Override
    public boolean convex() {
        return true;
    }

    @Override
    public Term at(FactorView now) {
        return new LinearQuadraticTerm(1.0, 0.0);
    }
}
