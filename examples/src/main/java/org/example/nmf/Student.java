package org.example.nmf;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Parameter;
import java.util.List;

/** −log of Student's t at x − y: (f + 1)/2 · log(1 + (x − y)²/(f·s²)) with f degrees of freedom and scale s. */
public record Student(double freedom, double scale) implements Loss {
    public Student() {
        this(4, 1);
    }

    public Student {
        if (!(freedom > 0 && freedom < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("student: freedom must be finite and above 0: " + freedom);
        }
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("student: scale must be finite and above 0: " + scale);
        }
    }

    @Override
    public String name() {
        return "student";
    }

    @Override
    public String summary() {
        return "errors with outliers: -log of Student's t at x - y";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter("freedom", Parameter.Kind.NUMBER, "4", "degrees of freedom; fewer forgive outliers more"),
                new Parameter("scale", Parameter.Kind.NUMBER, "1", "size of an ordinary error, in units of the data"));
    }

    @Override
    public Loss with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new Student(values.number("freedom", 4), values.number("scale", 1));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and("freedom", freedom).and("scale", scale);
    }

    @Override
    public double growth() {
        return 1;
    }

    @Override
    public double decay() {
        return 0;
    }

    @Override
    public Negative negative() {
        return Negative.ZERO_AT_ZERO;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        double fs = freedom * scale * scale;
        for (int i = 0; i < n; i++) {
            double t = x[i] - y[i];
            double weight = (freedom + 1) / (fs + t * t);
            negative[i] = weight * x[i];
            positive[i] = weight * y[i];
        }
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        double fs = freedom * scale * scale;
        for (int i = 0; i < n; i++) {
            double t = x[i] - y[i];
            into[i] = 1 + t * t / fs;
        }
        math.log(n, into, into);
        for (int i = 0; i < n; i++) {
            double t = x[i] - y[i];
            double z = t * t / fs;
            double rounded = 1 + z;
            double log = rounded == 1 ? z : into[i] * (z / (rounded - 1)); // log(1 + z) to the last digits
            into[i] = 0.5 * (freedom + 1) * log;
        }
    }
}
