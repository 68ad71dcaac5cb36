package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Factor;

/** Every row of the factor as written sums to a number: of W, the components of a vector; of H, the vectors of one. */
@AutoService(Constraint.class)
public final class UnitRows extends UnitSum {
    /** Rows sum to 1, to be placed on a factor. */
    public UnitRows() {
        this(1, Ties.COMPONENTS);
    }

    private UnitRows(double sum, Ties ties) {
        super("unit-rows", sum, ties);
    }

    @Override
    public String summary() {
        return "entries of each row of the factor add up to the sum";
    }

    @Override
    public Constraint with(Arguments values) {
        return new UnitRows(given(values), ties());
    }

    @Override
    public Constraint on(Factor factor) {
        return new UnitRows(sum(), factor == Factor.W ? Ties.COMPONENTS : Ties.VECTORS);
    }
}
