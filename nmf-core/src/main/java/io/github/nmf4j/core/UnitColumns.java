package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Factor;

/** Every column of the factor as written sums to a number: of H, the components of a vector; of W, the vectors of one. */
@AutoService(Constraint.class)
public final class UnitColumns extends UnitSum {
    /** Columns sum to 1, to be placed on a factor. */
    public UnitColumns() {
        this(1, Ties.COMPONENTS);
    }

    private UnitColumns(double sum, Ties ties) {
        super("unit-columns", sum, ties);
    }

    @Override
    public String summary() {
        return "entries of each column of the factor add up to the sum, as proportions do";
    }

    @Override
    public Constraint with(Arguments values) {
        return new UnitColumns(given(values), ties());
    }

    @Override
    public Constraint on(Factor factor) {
        return new UnitColumns(sum(), factor == Factor.H ? Ties.COMPONENTS : Ties.VECTORS);
    }
}
