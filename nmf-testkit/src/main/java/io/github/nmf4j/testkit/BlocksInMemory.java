package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Surrogate;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Blocks in a list, visited in order; what is written lands in one array a component. */
final class BlocksInMemory implements Blocks {
    private static final int GUARD = 3;
    private static final double SENTINEL = -77.5;

    private final int rank;
    private final List<Surrogate> blocks;
    private final double[][] values;

    /**
     * @param blocks of one factor, in order
     * @param values the factor, one array a component: what a writer finds, and where it writes
     */
    BlocksInMemory(List<Surrogate> blocks, double[][] values) {
        this.rank = values.length;
        this.blocks = blocks;
        this.values = values;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int vectors() {
        return values[0].length;
    }

    /** {@return the blocks, in order} */
    List<Surrogate> list() {
        return blocks;
    }

    @Override
    public <T> T reduce(Function<Surrogate, T> measure, BinaryOperator<T> merge) {
        T all = null;
        for (Surrogate block : blocks) {
            T one = measure.apply(block);
            all = all == null ? one : merge.apply(all, one);
        }
        return all;
    }

    @Override
    public void write(Writer writer) {
        for (Surrogate block : blocks) {
            double[][] into = new double[rank][block.count() + GUARD];
            for (int c = 0; c < rank; c++) {
                Arrays.fill(into[c], SENTINEL);
                for (int j = 0; j < block.count(); j++) {
                    into[c][j] = values[c][block.vector(j)];
                }
            }
            writer.write(block, into);
            for (int c = 0; c < rank; c++) {
                for (int j = 0; j < block.count(); j++) {
                    values[c][block.vector(j)] = into[c][j];
                }
                for (int j = block.count(); j < into[c].length; j++) {
                    if (into[c][j] != SENTINEL) {
                        throw new AssertionError("a constraint must write count() entries a component, not " + (j + 1));
                    }
                }
            }
        }
    }
}
