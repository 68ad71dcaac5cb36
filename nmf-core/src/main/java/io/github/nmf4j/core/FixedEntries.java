package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Surrogate;
import java.util.List;

/**
 * Some entries of a factor are known and held, 0 included; the others are free.
 *
 * <p>The matrix has the shape of the factor as written: W is n × k (m × k with a dictionary), H is k × p. NaN marks a free
 * entry; so does −1, the mark that ESPM uses.
 */
@AutoService(Constraint.class)
public final class FixedEntries implements Constraint {
    private static final double FREE = -1;
    private static final Parameter VALUES = new Parameter(
            "values", Parameter.Kind.MATRIX, "", "a matrix of the factor's shape; NaN (or -1) marks a free entry");

    private final Matrix values;
    private final boolean byVector;

    /** The prototype, without values: to be configured before use. */
    public FixedEntries() {
        this(null, false);
    }

    /**
     * Holds the entries that are not marked free.
     *
     * @param values of the factor's shape as written; finite and ≥ 0, NaN or −1
     * @throws InvalidInputException if an entry is anything else
     */
    public FixedEntries(Matrix values) {
        this(checked(values), false);
    }

    private FixedEntries(Matrix values, boolean byVector) {
        this.values = values;
        this.byVector = byVector;
    }

    private static Matrix checked(Matrix values) {
        double[] row = new double[values.columns()];
        for (int i = 0; i < values.rows(); i++) {
            values.read(i, 0, 1, row.length, row, 0, row.length);
            for (int j = 0; j < row.length; j++) {
                if (row[j] < 0 && row[j] != FREE || Double.isInfinite(row[j])) {
                    throw new InvalidInputException(
                            "fixed: values must be finite and non-negative, or NaN or -1 where free:" + " values[" + i
                                    + ", " + j + "] = " + row[j]);
                }
            }
        }
        return values;
    }

    @Override
    public String name() {
        return "fixed";
    }

    @Override
    public String summary() {
        return "some entries held at given values";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(VALUES);
    }

    @Override
    public Constraint with(Arguments given) {
        given.checkedAgainst(name(), parameters());
        return given.matrix(VALUES.name())
                .<Constraint>map(matrix -> new FixedEntries(checked(matrix), byVector))
                .orElse(this);
    }

    @Override
    public Arguments arguments() {
        return values == null ? Arguments.NONE : Arguments.NONE.and(VALUES.name(), values);
    }

    @Override
    public Constraint on(Factor factor) {
        return new FixedEntries(values, factor == Factor.W);
    }

    @Override
    public void check(int rank, int vectors) {
        if (values == null) {
            throw new InvalidInputException("fixed needs values: a matrix of the factor's shape");
        }
        int rows = byVector ? vectors : rank;
        int columns = byVector ? rank : vectors;
        if (values.rows() != rows || values.columns() != columns) {
            throw new InvalidInputException("fixed: values must be " + rows + " x " + columns + " as the factor is: "
                    + values.rows() + " x " + values.columns());
        }
    }

    /** Fixed entries get equal bounds, also below the floor; a box that excludes one leaves an empty range behind. */
    @Override
    public boolean interchangeable() {
        return false;
    }

    @Override
    public void bound(Surrogate block) {
        for (int c = 0; c < block.rank(); c++) {
            for (int j = 0; j < block.count(); j++) {
                int vector = block.vector(j);
                double value = byVector ? values.get(vector, c) : values.get(c, vector);
                if (value >= 0) {
                    double[] lower = block.lower(c);
                    lower[j] = lower[j] <= block.floor() ? value : Math.max(lower[j], value);
                    double[] upper = block.upper(c);
                    upper[j] = Math.min(upper[j], value);
                }
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FixedEntries that
                && that.byVector == byVector
                && arguments().equals(that.arguments());
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(byVector);
    }
}
