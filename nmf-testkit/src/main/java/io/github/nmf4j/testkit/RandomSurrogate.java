package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A surrogate of a whole factor with known coefficients, of any shape a fit can meet, to be handed to a constraint as often
 * as wanted: minimizing rewrites planes.
 *
 * <p>Its own arithmetic of φ shares nothing with {@link Surrogate}.
 */
final class RandomSurrogate {
    private static final double STANDARD_FLOOR = 1e-14;

    /** Growth and decay of the losses behind it; with 0 and 1 there are no power terms. */
    private static final double[][] EXPONENTS = {{0, 1}, {1, 0}, {1, 1}, {0, 2}, {0.5, 0.5}, {2, 0}, {0, 0.5}};

    final int rank;
    final int vectors;
    final double floor;
    final double[][] at;
    private final double growth;
    private final double decay;
    private final double[][] linear;
    private final double[][] quadratic;
    private final double[][] log;
    private final double[][] rising;
    private final double[][] falling;
    private final double[][] lower;
    private final double[][] upper;
    private final Constraint constraint;
    private boolean curved;
    private boolean logged;
    private boolean powers;

    RandomSurrogate(Constraint constraint, int rank, int vectors, RandomGenerator random) {
        this.constraint = constraint;
        this.rank = rank;
        this.vectors = vectors;
        floor = constraint.floor().orElse(STANDARD_FLOOR);
        double[] exponents = EXPONENTS[random.nextInt(EXPONENTS.length)];
        growth = exponents[0];
        decay = exponents[1];
        linear = new double[rank][vectors];
        quadratic = new double[rank][vectors];
        log = new double[rank][vectors];
        rising = new double[rank][vectors];
        falling = new double[rank][vectors];
        lower = filled(0);
        upper = filled(Double.POSITIVE_INFINITY);
        at = feasible(random);
        if (random.nextBoolean()) {
            restrict(random);
        }
        draw(random);
    }

    private double[][] filled(double value) {
        double[][] filled = new double[rank][vectors];
        for (double[] row : filled) {
            Arrays.fill(row, value);
        }
        return filled;
    }

    /** {@return positive numbers over sixteen decades, or nearly equal ones} */
    double[][] positive(RandomGenerator random) {
        double spread = random.nextBoolean() ? 8 : 0.5;
        double[][] h = new double[rank][vectors];
        for (double[] row : h) {
            for (int j = 0; j < vectors; j++) {
                row[j] = Draw.decades(random, -spread, spread);
            }
        }
        return h;
    }

    /** {@return a point of the set, made by repairing a random one} */
    double[][] feasible(RandomGenerator random) {
        double[][] h = positive(random);
        constraint.repair(bounded(vectors, h));
        return h;
    }

    /** Bounds of some other constraint, which {@link #at} keeps; one entry of each vector and component stays free. */
    private void restrict(RandomGenerator random) {
        for (int c = 0; c < rank; c++) {
            for (int j = 0; j < vectors; j++) {
                boolean free = Math.floorMod(c - j, rank) == 0 || Math.floorMod(c - j, vectors) == 0;
                if (!free && Draw.chance(random, 0.2)) {
                    lower[c][j] = at[c][j] * random.nextDouble();
                }
                if (!free && Draw.chance(random, 0.2)) {
                    upper[c][j] = at[c][j] * (1 + random.nextDouble());
                }
                if (!free && Draw.chance(random, 0.1)) {
                    lower[c][j] = at[c][j];
                    upper[c][j] = at[c][j];
                }
            }
        }
    }

    private void draw(RandomGenerator random) {
        double spread = random.nextBoolean() ? 8 : 1;
        powers = growth != 0 && growth != 1 || decay != 0 && decay != 1;
        curved = growth == 1 || random.nextBoolean();
        logged = decay == 1 || random.nextBoolean();
        BlocksInMemory bounds = bounded(vectors, filled(0));
        Surrogate bound = bounds.list().get(0);
        boolean tied = constraint.ties() != Constraint.Ties.NOTHING;
        for (int j = 0; j < vectors; j++) {
            boolean noData = Draw.chance(random, 0.15);
            for (int c = 0; c < rank; c++) {
                boolean straight = Draw.chance(random, 0.1);
                boolean dead = Draw.chance(random, 0.03);
                if (dead) {
                    continue;
                }
                linear[c][j] = Draw.decades(random, -spread, spread) * (random.nextBoolean() ? 1 : -1);
                if (!straight) {
                    quadratic[c][j] = curved ? Draw.decades(random, -spread, spread) : 0;
                    rising[c][j] = growth != 0 && growth != 1 ? Draw.decades(random, -spread, spread) : 0;
                    log[c][j] = logged && !noData ? Draw.decades(random, -spread, spread) : 0;
                    falling[c][j] = decay != 0 && decay != 1 && !noData ? Draw.decades(random, -spread, spread) : 0;
                }
                boolean held = tied || bound.upper(c, j) < Double.POSITIVE_INFINITY;
                if (!held && quadratic[c][j] == 0 && rising[c][j] == 0) {
                    linear[c][j] = Math.abs(linear[c][j]);
                }
            }
        }
    }

    /**
     * {@return empty surrogates with their bounds, at the values given}
     *
     * @param size vectors a block
     * @param values of the factor; what is written lands here
     */
    BlocksInMemory bounded(int size, double[][] values) {
        return bounded(size, values, values);
    }

    private BlocksInMemory bounded(int size, double[][] where, double[][] values) {
        List<Surrogate> blocks = new ArrayList<>();
        for (int from = 0; from < vectors; from += size) {
            Surrogate block = new Surrogate(rank, size + 1, growth, decay, floor);
            block.begin(from, Math.min(size, vectors - from));
            blocks.add(narrowed(block, where));
        }
        return new BlocksInMemory(blocks, values);
    }

    /** {@return surrogates in consecutive blocks; what is written lands in the array given} */
    BlocksInMemory blocks(int size, double[][] values) {
        BlocksInMemory blocks = bounded(size, at, values);
        blocks.list().forEach(this::fill);
        return blocks;
    }

    /** {@return the vectors in two colours, every other one; what is written lands in the array given} */
    BlocksInMemory colours(double[][] values) {
        List<Surrogate> blocks = new ArrayList<>();
        for (int colour = 0; colour < Math.min(2, vectors); colour++) {
            int first = colour;
            int[] picked = java.util.stream.IntStream.range(0, vectors)
                    .filter(j -> j % 2 == first)
                    .toArray();
            Surrogate block = new Surrogate(rank, picked.length, growth, decay, floor);
            block.begin(picked, 0, picked.length);
            fill(narrowed(block, at));
            blocks.add(block);
        }
        return new BlocksInMemory(blocks, values);
    }

    private Surrogate narrowed(Surrogate block, double[][] where) {
        for (int c = 0; c < rank; c++) {
            for (int j = 0; j < block.count(); j++) {
                block.at(c)[j] = where[c][block.vector(j)];
                if (lower[c][block.vector(j)] > 0) {
                    block.lower(c)[j] = Math.max(block.lower(c, j), lower[c][block.vector(j)]);
                }
                if (upper[c][block.vector(j)] < Double.POSITIVE_INFINITY) {
                    block.upper(c)[j] = Math.min(block.upper(c, j), upper[c][block.vector(j)]);
                }
            }
        }
        constraint.bound(block);
        return block;
    }

    private void fill(Surrogate block) {
        for (int c = 0; c < rank; c++) {
            double[] u = new double[block.count()];
            double[] v = new double[block.count()];
            for (int j = 0; j < block.count(); j++) {
                int vector = block.vector(j);
                block.linear(c)[j] += linear[c][vector];
                if (curved) {
                    block.quadratic(c)[j] += quadratic[c][vector];
                }
                if (logged) {
                    block.log(c)[j] += log[c][vector];
                }
                u[j] = rising[c][vector];
                v[j] = falling[c][vector];
            }
            if (powers) {
                block.addLoss(c, u, 0, v);
            }
        }
    }

    /** The sum of some φ(h + d) − φ(h), and of the absolute values of its terms. */
    static final class Gain {
        double sum;
        double terms;

        private void add(double term) {
            sum += term;
            terms += Math.abs(term);
        }
    }

    /**
     * Adds φ(h + d) − φ(h) of one entry, term by term without cancellation.
     *
     * @param c component
     * @param j vector
     * @param h where, &gt; 0
     * @param d the move, &gt; −h
     * @param into the sum to add to
     */
    void addGain(int c, int j, double h, double d, Gain into) {
        if (d == 0) {
            return;
        }
        double grown = Math.log1p(d / h);
        into.add(linear[c][j] * d);
        if (quadratic[c][j] > 0) {
            into.add(quadratic[c][j] * d * (h + 0.5 * d));
        }
        if (log[c][j] > 0) {
            into.add(-log[c][j] * grown);
        }
        double h0 = at[c][j];
        if (rising[c][j] > 0) {
            double s = growth + 1;
            into.add(rising[c][j] * h0 * Math.pow(h / h0, s) * Math.expm1(s * grown) / s);
        }
        if (falling[c][j] > 0) {
            double s = 1 - decay;
            into.add(-falling[c][j] * h0 * Math.pow(h / h0, s) * Math.expm1(s * grown) / s);
        }
    }

    /** {@return the coefficients of one entry, for a message} */
    String show(int c, int j) {
        return "q = " + quadratic[c][j] + ", l = " + linear[c][j] + ", c = " + log[c][j] + ", u = " + rising[c][j]
                + " (growth " + growth + "), v = " + falling[c][j] + " (decay " + decay + "), at " + at[c][j];
    }
}
