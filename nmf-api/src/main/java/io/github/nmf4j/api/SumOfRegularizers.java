package io.github.nmf4j.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Penalties added up. The core takes {@link #terms()} apart, so that each has its own column in a trace. */
final class SumOfRegularizers implements Regularizer {
    private final List<Regularizer> terms;

    SumOfRegularizers(List<Regularizer> parts) {
        terms = parts.stream().flatMap(part -> part.terms().stream()).toList();
    }

    @Override
    public String name() {
        return "sum";
    }

    @Override
    public List<Regularizer> terms() {
        return terms;
    }

    @Override
    public Reads reads() {
        return terms.stream().map(Regularizer::reads).max(Enum::compareTo).orElse(Reads.ENTRY);
    }

    @Override
    public boolean convex() {
        return terms.stream().allMatch(Regularizer::convex);
    }

    @Override
    public boolean majorizes() {
        return terms.stream().allMatch(Regularizer::majorizes);
    }

    @Override
    public boolean separatesComponents() {
        return terms.stream().allMatch(Regularizer::separatesComponents);
    }

    @Override
    public boolean interchangeable() {
        return terms.stream().allMatch(Regularizer::interchangeable);
    }

    @Override
    public void check(int rank, int vectors) {
        terms.forEach(term -> term.check(rank, vectors));
    }

    @Override
    public Optional<int[]> colours(int vectors) {
        return Colours.common(terms, vectors);
    }

    @Override
    public Regularizer times(double... weight) {
        return new SumOfRegularizers(
                terms.stream().map(term -> term.times(weight)).toList());
    }

    @Override
    public Regularizer after(FactorView before, FactorView now) {
        return new SumOfRegularizers(
                terms.stream().map(term -> term.after(before, now)).toList());
    }

    @Override
    public Term at(FactorView now) {
        return sum(terms.stream().map(term -> term.at(now)).toList());
    }

    @Override
    public Term atOther(FactorView now) {
        return sum(terms.stream()
                .filter(term -> term.reads() == Reads.BOTH_FACTORS)
                .map(term -> term.atOther(now))
                .toList());
    }

    private static Term sum(List<Term> parts) {
        return new Term() {
            private void each(Consumer<Term> action) {
                parts.forEach(action);
            }

            @Override
            public void value(Surrogate block, double[] shares) {
                each(part -> part.value(block, shares));
            }

            @Override
            public void majorize(Surrogate block) {
                each(part -> part.majorize(block));
            }

            @Override
            public void majorizeAlone(Surrogate block) {
                each(part -> part.majorizeAlone(block));
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SumOfRegularizers that && that.terms.equals(terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return terms.toString();
    }
}
