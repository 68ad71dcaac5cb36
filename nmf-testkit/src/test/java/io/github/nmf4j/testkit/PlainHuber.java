package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Parameter;
import java.util.List;

/** t²/2 for |t| ≤ width, then straight; t = x − y. */
record PlainHuber(double width) implements Loss {
    private static final String WIDTH = "width";

    PlainHuber {
        if (!(width > 0)) {
            throw new InvalidInputException("width must be > 0: " + width);
        }
    }

    @Override
    public String name() {
        return "plain-huber";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(WIDTH, Parameter.Kind.NUMBER, "1", "where it becomes straight, in units of the data"));
    }

    @Override
    public Loss with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new PlainHuber(values.number(WIDTH, 1));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(WIDTH, width);
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
    public boolean convex() {
        return true;
    }

    @Override
    public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
        for (int i = 0; i < n; i++) {
            double weight = Math.min(1, width / Math.abs(x[i] - y[i]));
            negative[i] = weight * x[i];
            positive[i] = weight * y[i];
        }
    }

    @Override
    public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
        for (int i = 0; i < n; i++) {
            double t = Math.abs(x[i] - y[i]);
            into[i] = t <= width ? 0.5 * t * t : width * (t - 0.5 * width);
        }
    }
}
