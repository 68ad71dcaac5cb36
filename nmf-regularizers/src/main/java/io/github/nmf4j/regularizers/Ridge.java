package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;

/** Half the sum of squares of the entries, ½ Σ h²: favours small entries over few. */
@AutoService(Regularizer.class)
public record Ridge() implements Regularizer {
    @Override
    public String name() {
        return "ridge";
    }

    @Override
    public String summary() {
        return "small entries: half the sum of squares";
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
        return new LinearQuadraticTerm(0.0, 1.0);
    }
}
