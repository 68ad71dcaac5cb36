package org.example.nmf;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.List;

/** Σ h/(h + half): close to the number of entries that are well above {@code half}. */
public record Saturating(double half) implements Regularizer {
    public Saturating() {
        this(0.1);
    }

    public Saturating {
        if (!(half > 0 && half < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("saturating: half must be finite and above 0: " + half);
        }
    }

    @Override
    public String name() {
        return "saturating";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter("half", Parameter.Kind.NUMBER, "0.1", "where an entry costs 1/2, in units of the factor"));
    }

    @Override
    public Regularizer with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new Saturating(values.number("half", 0.1));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and("half", half);
    }

    @Override
    public Reads reads() {
        return Reads.ENTRY;
    }

    @Override
    public boolean convex() {
        return false;
    }

    @Override
    public Term at(FactorView now) {
        return new Term() {
            @Override
            public void value(Surrogate block, double[] shares) {
                for (int c = 0; c < block.rank(); c++) {
                    double[] h = block.at(c);
                    double sum = 0;
                    for (int j = 0; j < block.count(); j++) {
                        sum += h[j] / (h[j] + half);
                    }
                    shares[c] += sum;
                }
            }

            @Override
            public void majorize(Surrogate block) {
                for (int c = 0; c < block.rank(); c++) {
                    double[] h = block.at(c);
                    double[] l = block.linear(c);
                    for (int j = 0; j < block.count(); j++) {
                        double d = h[j] + half;
                        l[j] += half / (d * d);
                    }
                }
            }
        };
    }
}
