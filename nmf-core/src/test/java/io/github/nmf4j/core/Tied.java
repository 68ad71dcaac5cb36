package io.github.nmf4j.core;

import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** One group of entries that add up to 1: the components of a vector, or the vectors of a component, two a block. */
record Tied(Entry... entries) {
    private static final int BLOCK = 2;
    private static final double FLOOR = 1e-14;

    /** ½q·h² + l·h − c·log h between bounds, at a current value. */
    record Entry(double quadratic, double linear, double log, double lo, double hi, double at) {
        static Entry between(double lo, double hi, double at) {
            return new Entry(0, 0, 0, lo, hi, at);
        }
    }

    static Constraint overComponents() {
        return new UnitColumns().on(Factor.H);
    }

    static Constraint overVectors() {
        return new UnitRows().on(Factor.H);
    }

    static List<Constraint> both() {
        return List.of(overComponents(), overVectors());
    }

    /** {@return the minimizer, in the order of the entries} */
    double[] minimized(Constraint constraint) {
        Laid laid = laid(constraint);
        constraint.minimize(laid);
        return laid.values();
    }

    /** {@return the current values, repaired} */
    double[] repaired(Constraint constraint) {
        Laid laid = laid(constraint);
        constraint.requireFeasible(laid);
        constraint.repair(laid);
        return laid.values();
    }

    private Laid laid(Constraint constraint) {
        boolean components = constraint.ties() == Constraint.Ties.COMPONENTS;
        int size = components ? 1 : BLOCK;
        List<Surrogate> blocks = new ArrayList<>();
        for (int first = 0; first < (components ? 1 : entries.length); first += size) {
            Surrogate block = new Surrogate(components ? entries.length : 1, size, 0, 1, FLOOR);
            block.begin(first, Math.min(size, (components ? 1 : entries.length) - first));
            blocks.add(block);
        }
        Laid laid = new Laid(blocks, components, entries.length);
        for (int i = 0; i < entries.length; i++) {
            fill(laid.blockOf(i), laid.component(i), laid.position(i), entries[i]);
        }
        return laid;
    }

    private static void fill(Surrogate block, int c, int j, Entry entry) {
        block.at(c)[j] = entry.at;
        block.linear(c)[j] = entry.linear;
        if (entry.quadratic > 0) {
            block.quadratic(c)[j] = entry.quadratic;
        }
        if (entry.log > 0) {
            block.log(c)[j] = entry.log;
        }
        if (entry.lo > FLOOR) {
            block.lower(c)[j] = entry.lo;
        }
        if (entry.hi < Double.POSITIVE_INFINITY) {
            block.upper(c)[j] = entry.hi;
        }
    }

    /** Entries in blocks. */
    private static final class Laid implements Blocks {
        private final List<Surrogate> blocks;
        private final boolean components;
        private final double[] values;

        Laid(List<Surrogate> blocks, boolean components, int entries) {
            this.blocks = blocks;
            this.components = components;
            values = new double[entries];
        }

        double[] values() {
            return values;
        }

        Surrogate blockOf(int i) {
            return blocks.get(components ? 0 : i / BLOCK);
        }

        int component(int i) {
            return components ? i : 0;
        }

        int position(int i) {
            return components ? 0 : i % BLOCK;
        }

        @Override
        public int rank() {
            return components ? values.length : 1;
        }

        @Override
        public int vectors() {
            return components ? 1 : values.length;
        }

        @Override
        public <T> T reduce(Function<Surrogate, T> measure, BinaryOperator<T> merge) {
            return blocks.stream().map(measure).reduce(merge).orElseThrow();
        }

        @Override
        public void write(Writer writer) {
            for (Surrogate block : blocks) {
                double[][] into = new double[rank()][];
                for (int c = 0; c < rank(); c++) {
                    into[c] = block.at(c).clone();
                }
                writer.write(block, into);
                for (int i = 0; i < values.length; i++) {
                    if (blockOf(i) == block) {
                        values[i] = into[component(i)][position(i)];
                    }
                }
            }
        }
    }
}
