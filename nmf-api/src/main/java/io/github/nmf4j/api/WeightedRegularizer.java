package io.github.nmf4j.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A penalty times a number, or times one number a component: what gives every penalty its parameter {@code weight}. */
final class WeightedRegularizer implements Regularizer {
    static final Parameter WEIGHT =
            new Parameter("weight", Parameter.Kind.NUMBERS, "1", "multiplies the penalty; a list has one a component");

    private final Regularizer of;
    private final double[] weight;

    private WeightedRegularizer(Regularizer of, double[] weight) {
        this.of = of;
        this.weight = weight;
    }

    static Regularizer of(Regularizer penalty, double... weight) {
        if (weight.length == 0) {
            throw new InvalidInputException(penalty.name() + ": weight needs at least one number");
        }
        for (int c = 0; c < weight.length; c++) {
            if (!(weight[c] >= 0 && weight[c] < Double.POSITIVE_INFINITY)) {
                throw new InvalidInputException(
                        penalty.name() + ": weight must be finite and non-negative: weight[" + c + "] = " + weight[c]);
            }
        }
        if (weight.length > 1 && !penalty.separatesComponents()) {
            throw new InvalidInputException(penalty.name() + " takes one weight, for it does not separate components: "
                    + weight.length + " weights");
        }
        return new WeightedRegularizer(penalty, weight.clone());
    }

    private double weight(int c) {
        return weight[weight.length == 1 ? 0 : c];
    }

    @Override
    public Regularizer times(double... factor) {
        int n = Math.max(weight.length, factor.length);
        if (Math.min(weight.length, factor.length) != 1 && weight.length != factor.length) {
            throw new InvalidInputException(
                    name() + ": weights must be as many as before, " + weight.length + ": " + factor.length);
        }
        double[] product = new double[n];
        for (int c = 0; c < n; c++) {
            product[c] = weight(c) * factor[factor.length == 1 ? 0 : c];
        }
        return of(of, product);
    }

    @Override
    public String name() {
        return of.name();
    }

    @Override
    public String summary() {
        return of.summary();
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(of.parameters());
        all.add(WEIGHT);
        return List.copyOf(all);
    }

    @Override
    public Regularizer with(Arguments values) {
        Regularizer configured = of.with(values.without(WEIGHT.name()));
        return of(configured, values.numbers(WEIGHT.name()).orElse(weight));
    }

    @Override
    public Arguments arguments() {
        return of.arguments().and(WEIGHT.name(), weight);
    }

    @Override
    public Reads reads() {
        return of.reads();
    }

    @Override
    public boolean convex() {
        return of.convex();
    }

    @Override
    public boolean majorizes() {
        return of.majorizes();
    }

    @Override
    public boolean separatesComponents() {
        return of.separatesComponents();
    }

    @Override
    public boolean interchangeable() {
        return of.interchangeable() && Arrays.stream(weight).allMatch(w -> w == weight[0]);
    }

    @Override
    public void check(int rank, int vectors) {
        if (weight.length != 1 && weight.length != rank) {
            throw new InvalidInputException(name() + ": weight needs one number or one a component, " + rank + ": "
                    + weight.length + " numbers");
        }
        of.check(rank, vectors);
    }

    @Override
    public Optional<int[]> colours(int vectors) {
        return of.colours(vectors);
    }

    @Override
    public Term at(FactorView now) {
        return weighted(of.at(now));
    }

    @Override
    public Term atOther(FactorView now) {
        return weighted(of.atOther(now));
    }

    private Term weighted(Term term) {
        return new Term() {
            @Override
            public void value(Surrogate block, double[] shares) {
                double[] plain = new double[shares.length];
                term.value(block, plain);
                for (int c = 0; c < plain.length; c++) {
                    shares[c] += weight(c) * plain[c];
                }
            }

            @Override
            public void majorize(Surrogate block) {
                Surrogate plain = block.blank();
                term.majorize(plain);
                block.add(plain, weight);
            }

            @Override
            public void majorizeAlone(Surrogate block) {
                Surrogate plain = block.blank();
                term.majorizeAlone(plain);
                block.add(plain, weight);
            }
        };
    }

    @Override
    public Regularizer after(FactorView before, FactorView now) {
        Regularizer next = of.after(before, now);
        return next == of ? this : new WeightedRegularizer(next, weight);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightedRegularizer that && that.of.equals(of) && Arrays.equals(that.weight, weight);
    }

    @Override
    public int hashCode() {
        return 31 * of.hashCode() + Arrays.hashCode(weight);
    }

    @Override
    public String toString() {
        return of + " times " + Arrays.toString(weight);
    }
}
