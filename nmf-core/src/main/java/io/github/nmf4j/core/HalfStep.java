package io.github.nmf4j.core;

import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Constraint.Ties;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The update of one factor: a pass over X, then block by block the surrogate that loss and penalties add to and the constraint
 * minimizes.
 *
 * <p>Where a penalty has a colouring, colour after colour is updated with the same statistics: the data term separates over
 * vectors, so they stay valid (mathematically, block coordinate descent over colours). A barrier stands between colours, and
 * results of a colour are written to a second buffer first, so that neighbours are read as they were.
 */
public final class HalfStep implements FactorUpdate {
    private static final int BLOCK = 256;

    /** Vectors of a task of {@link RatioUpdate}. */
    private static final int SPAN = 8 * BLOCK;

    private final Problem problem;
    private final FactorTerms terms;
    private final Statistics statistics;
    private final Statistics atDataLevel;
    private final DenseMatrix buffer;
    private final Workspace[] workspaces;
    private final Workers.Loop updates = new Workers.Loop();
    private final Workers.Loop reductions = new Workers.Loop();
    private final Workers.Loop values = new Workers.Loop();
    private final Workers.Loop repairs = new Workers.Loop();
    private final Workers.Loop slopes = new Workers.Loop();

    /** Where the loss acts alone and its minimizer is a ratio; else null. */
    private final RatioUpdate ratios;

    /** The data term's part of the surrogate is Burg's divergence instead of the loss's own majorizer. */
    private final boolean burg;

    HalfStep(Problem problem, FactorTerms terms) {
        this(problem, terms, false);
    }

    private HalfStep(Problem problem, FactorTerms terms, boolean burg) {
        this.burg = burg;
        this.problem = problem;
        this.terms = terms;
        boolean expanded = terms.factor() == Factor.W && problem.dictionary() != null;
        boolean uniform = problem.data().uniform();
        this.statistics = new Statistics(terms.rank(), terms.vectors(), uniform && !expanded);
        this.atDataLevel = expanded ? new Statistics(terms.rank(), problem.rows(), uniform) : statistics;
        this.buffer = terms.colours() == null ? null : DenseMatrix.zeros(terms.rank(), terms.vectors());
        this.workspaces = new Workspace[problem.workers().threads()];
        Loss loss = problem.data().loss();
        boolean alone = !burg && terms.acting().isEmpty() && terms.onlyFloor().isPresent();
        this.ratios = alone && loss.growth() + loss.decay() == 1
                ? new RatioUpdate(statistics, terms.onlyFloor().getAsDouble())
                : null;
    }

    /** {@return the update of a loss with P = 1 and N = x/y by Bregman steps, see {@link Bregman}} */
    static HalfStep bregman(Problem problem, FactorTerms terms) {
        return new HalfStep(problem, terms, true);
    }

    /** A block and the rows to minimize into, one of each a thread. */
    private final class Workspace {
        final Surrogate block = newBlock();
        final double[][] into = new double[terms.rank()][BLOCK];
        final double[] positive = new double[BLOCK];
        final double[] negative = new double[BLOCK];
    }

    private Surrogate newBlock() {
        return new Surrogate(
                terms.rank(),
                BLOCK,
                problem.data().loss().growth(),
                problem.data().loss().decay(),
                terms.floor());
    }

    private Workspace workspace(int worker) {
        if (workspaces[worker] == null) {
            workspaces[worker] = new Workspace();
        }
        return workspaces[worker];
    }

    @Override
    public double statistics(Iterate at, boolean value) {
        Factor factor = terms.factor();
        DenseMatrix fixed = problem.atDataLevel(at, factor.other());
        DenseMatrix moving = problem.atDataLevel(at, factor);
        double data = problem.data().pass(factor, fixed, moving, value, atDataLevel);
        if (atDataLevel != statistics) {
            throughDictionary();
        }
        return data;
    }

    /**
     * Reads X once, at a point, for a loss whose negative part is the data: F·X alone, of a factor without dictionary.
     *
     * @param at the point
     */
    void products(Iterate at) {
        Factor factor = terms.factor();
        problem.data()
                .negative(factor, problem.atDataLevel(at, factor.other()), problem.atDataLevel(at, factor), statistics);
    }

    /** {@return Σ F·N at the last point} */
    DenseMatrix negative() {
        return statistics.negative();
    }

    /** Multiplies the statistics of G·W by Gᵀ. */
    private void throughDictionary() {
        DenseMatrix g = problem.dictionary();
        problem.backend().multiply(Product.AB, atDataLevel.negative(), g, 0, statistics.negative());
        if (!atDataLevel.uniform()) {
            problem.backend().multiply(Product.AB, atDataLevel.positive(), g, 0, statistics.positive());
            return;
        }
        double[] sums = problem.dictionarySums();
        for (int c = 0; c < terms.rank(); c++) {
            for (int q = 0; q < sums.length; q++) {
                statistics.positive().set(c, q, atDataLevel.everywhere()[c] * sums[q]);
            }
        }
    }

    /** Minimizes the surrogate over the constraint's set. */
    @Override
    public void update(Iterate from, Iterate into) {
        Factor factor = terms.factor();
        Acting penalties = from.acting(factor);
        FactorView other = FactorView.of(into.values(factor.other()), null);
        if (terms.tying().ties() == Ties.VECTORS) {
            tied(from, into.values(factor), penalties, other);
        } else if (terms.colours() == null) {
            List<Regularizer.Term> at = penalties.at(FactorView.of(from.values(factor), other));
            each(updates, terms.vectors(), ratios == null ? BLOCK : SPAN, (w, first, count) -> {
                if (ratios == null
                        || !ratios.update(
                                from.values(factor), first, count, w.positive, w.negative, into.values(factor))) {
                    blocks(w, first, count, from.values(factor), at, into.values(factor));
                }
            });
        } else {
            for (int[] colour : terms.colours()) {
                coloured(colour, penalties, other, into.values(factor));
            }
        }
        adapt(from, into, other);
    }

    void adapt(Iterate from, Iterate into, FactorView other) {
        Factor factor = terms.factor();
        FactorView before = FactorView.of(from.values(factor), other);
        FactorView now = FactorView.of(into.values(factor), other);
        into.setPenalties(
                factor,
                from.penalties(factor).stream().map(p -> p.after(before, now)).toList());
    }

    private interface BlockTask {
        void run(Workspace workspace, int first, int count);
    }

    private void each(Workers.Loop loop, int vectors, BlockTask task) {
        each(loop, vectors, BLOCK, task);
    }

    private void each(Workers.Loop loop, int vectors, int size, BlockTask task) {
        problem.workers().run(loop, (vectors + size - 1) / size, (b, worker) -> {
            int first = b * size;
            task.run(workspace(worker), first, Math.min(size, vectors - first));
        });
    }

    private void blocks(
            Workspace w, int first, int count, DenseMatrix at, List<Regularizer.Term> penalties, DenseMatrix into) {
        for (int from = first; from < first + count; from += BLOCK) {
            w.block.begin(from, Math.min(BLOCK, first + count - from));
            minimize(w, at, penalties, false, into);
        }
    }

    private void coloured(int[] colour, Acting penalties, FactorView other, DenseMatrix values) {
        List<Regularizer.Term> at = penalties.at(FactorView.of(values, other));
        each(updates, colour.length, (w, first, count) -> {
            w.block.begin(colour, first, count);
            minimize(w, values, at, true, buffer);
        });
        scatter(colour, buffer, values);
    }

    /** Copies the vectors of a colour to the same places of another matrix. */
    static void scatter(int[] colour, DenseMatrix source, DenseMatrix target) {
        for (int c = 0; c < source.rows(); c++) {
            int from = source.offset() + c * source.stride();
            int to = target.offset() + c * target.stride();
            for (int j : colour) {
                target.data()[to + j] = source.data()[from + j];
            }
        }
    }

    private void minimize(
            Workspace w, DenseMatrix at, List<Regularizer.Term> penalties, boolean alone, DenseMatrix into) {
        Surrogate block = w.block;
        compose(w, block, at, penalties, alone);
        terms.tying().minimize(block, w.into);
        write(block, w.into, into);
    }

    /** Fills a begun block: current values, bounds, the loss's statistics, the penalties. */
    private void compose(
            Workspace w, Surrogate block, DenseMatrix at, List<Regularizer.Term> penalties, boolean alone) {
        bounded(block, at);
        if (burg) {
            composeBurg(w, block);
        } else {
            composeLoss(w, block);
        }
        majorize(penalties, block, alone);
    }

    private void composeLoss(Workspace w, Surrogate block) {
        for (int c = 0; c < terms.rank(); c++) {
            gather(block, statistics.negative(), c, w.negative);
            if (statistics.uniform()) {
                block.addLoss(c, null, statistics.everywhere()[c], w.negative);
            } else {
                gather(block, statistics.positive(), c, w.positive);
                block.addLoss(c, w.positive, 0.0, w.negative);
            }
        }
    }

    /** (P − N + S/h̄)·h − S·log h; without a dictionary S, the data of the vector, is Σ h̄·N over its components. */
    private void composeBurg(Workspace w, Surrogate block) {
        int n = block.count();
        double[] sum = w.positive;
        Arrays.fill(sum, 0, n, atDataLevel == statistics ? 0.0 : problem.facts().sum());
        for (int c = 0; c < terms.rank() && atDataLevel == statistics; c++) {
            gather(block, statistics.negative(), c, w.negative);
            double[] h = block.at(c);
            for (int j = 0; j < n; j++) {
                sum[j] += h[j] * w.negative[j];
            }
        }
        for (int c = 0; c < terms.rank(); c++) {
            gather(block, statistics.negative(), c, w.negative);
            double[] h = block.at(c);
            double[] linear = block.linear(c);
            double[] log = block.log(c);
            for (int j = 0; j < n; j++) {
                linear[j] += positive(c, block.vector(j)) - w.negative[j] + (sum[j] > 0 ? sum[j] / h[j] : 0.0);
                log[j] += sum[j];
            }
        }
    }

    /** Adds the penalties to a block; {@code alone} where no neighbour moves with its vectors. */
    static void majorize(List<Regularizer.Term> penalties, Surrogate block, boolean alone) {
        for (int i = 0; i < penalties.size(); i++) { // an iterator for every block would grow with X
            if (alone) {
                penalties.get(i).majorizeAlone(block);
            } else {
                penalties.get(i).majorize(block);
            }
        }
    }

    static void gather(Surrogate block, DenseMatrix from, int c, double[] into) {
        int at = from.offset() + c * from.stride();
        if (block.consecutive()) {
            System.arraycopy(from.data(), at + block.vector(0), into, 0, block.count());
            return;
        }
        double[] data = from.data();
        for (int j = 0; j < block.count(); j++) {
            into[j] = data[at + block.vector(j)];
        }
    }

    void write(Surrogate block, double[][] values, DenseMatrix into) {
        double[] data = into.data();
        for (int c = 0; c < values.length; c++) {
            int at = into.offset() + c * into.stride();
            if (block.consecutive()) {
                System.arraycopy(values[c], 0, data, at + block.vector(0), block.count());
            } else {
                for (int j = 0; j < block.count(); j++) {
                    data[at + block.vector(j)] = values[c][j];
                }
            }
            double sum = CoordinateDescent.sum(block.count(), values[c]);
            if (!(Math.abs(sum) < Double.POSITIVE_INFINITY)) {
                throw unbounded(block, c, values[c]);
            }
        }
    }

    private InvalidInputException unbounded(Surrogate block, int c, double[] values) {
        int j = 0;
        while (j < block.count() - 1 && Math.abs(values[j]) < Double.POSITIVE_INFINITY) {
            j++;
        }
        List<String> names = new ArrayList<>(List.of(problem.data().loss().name()));
        terms.acting().all().forEach(p -> names.add(p.name()));
        return new InvalidInputException("an update must stay finite: component " + c + " of vector " + block.vector(j)
                + " of " + terms.name() + " becomes " + values[j] + " under " + String.join(" + ", names)
                + "; the objective falls without end there (bound the factor, or add a penalty that grows), or the numbers"
                + " exceed double precision (scale the data)");
    }

    /** All blocks at once, for constraints whose multipliers depend on sums over every block. */
    private final class AllBlocks implements Blocks {
        private final List<Surrogate> blocks = new ArrayList<>();
        private final DenseMatrix into;

        AllBlocks(DenseMatrix into) {
            this.into = into;
            for (int first = 0; first < terms.vectors(); first += BLOCK) {
                Surrogate block = newBlock();
                block.begin(first, Math.min(BLOCK, terms.vectors() - first));
                blocks.add(block);
            }
        }

        @Override
        public int rank() {
            return terms.rank();
        }

        @Override
        public int vectors() {
            return terms.vectors();
        }

        @Override
        public <T> T reduce(Function<Surrogate, T> measure, BinaryOperator<T> merge) {
            List<T> results = new ArrayList<>(Collections.nCopies(blocks.size(), null));
            problem.workers()
                    .run(reductions, blocks.size(), (b, worker) -> results.set(b, measure.apply(blocks.get(b))));
            T merged = results.get(0);
            for (int b = 1; b < blocks.size(); b++) {
                merged = merge.apply(merged, results.get(b));
            }
            return merged;
        }

        /** In block order: a writer may carry something from one block to the next. */
        @Override
        public void write(Writer writer) {
            Workspace w = workspace(0);
            for (Surrogate block : blocks) {
                for (int c = 0; c < terms.rank(); c++) {
                    System.arraycopy(block.at(c), 0, w.into[c], 0, block.count());
                }
                writer.write(block, w.into);
                HalfStep.this.write(block, w.into, into);
            }
        }
    }

    private void tied(Iterate from, DenseMatrix into, Acting penalties, FactorView other) {
        DenseMatrix at = from.values(terms.factor());
        List<Regularizer.Term> termsAt = penalties.at(FactorView.of(at, other));
        AllBlocks all = new AllBlocks(into);
        problem.workers()
                .run(
                        updates,
                        all.blocks.size(),
                        (b, worker) -> compose(workspace(worker), all.blocks.get(b), at, termsAt, false));
        terms.tying().minimize(all);
    }

    /** Moves a point's factor into its set, after refusing an empty one. */
    void repair(Iterate at) {
        DenseMatrix values = at.values(terms.factor());
        AllBlocks all = new AllBlocks(values);
        for (Surrogate block : all.blocks) {
            bounded(block, values);
            terms.requireOrderedBounds(block);
        }
        Constraint tying = terms.tying();
        tying.requireFeasible(all);
        tying.repair(all);
    }

    /** {@return Σ y·N / Σ y·P at the point of the last statistics, y the factors' product} */
    double ratio(Iterate at) {
        DenseMatrix values = at.values(terms.factor());
        double negative = 0;
        double positive = 0;
        for (int c = 0; c < terms.rank(); c++) {
            for (int j = 0; j < terms.vectors(); j++) {
                negative += values.get(c, j) * statistics.negative().get(c, j);
                positive += values.get(c, j) * positive(c, j);
            }
        }
        return negative / positive;
    }

    /** {@return Σ F·P of an entry at the last point} */
    double positive(int c, int vector) {
        return statistics.uniform()
                ? statistics.everywhere()[c]
                : statistics.positive().get(c, vector);
    }

    /** Writes the gradient at the point of the last statistics, rank × vectors. */
    void slopes(Iterate at, DenseMatrix into) {
        DenseMatrix values = at.values(terms.factor());
        List<Regularizer.Term> penalties = at.acting(terms.factor()).at(at.view(terms.factor()));
        each(slopes, terms.vectors(), (w, first, count) -> {
            w.block.begin(first, count);
            compose(w, w.block, values, penalties, false);
            for (int c = 0; c < terms.rank(); c++) {
                w.block.slope(c, w.into[c]);
                stillZeros(count, w.block.at(c), w.into[c]);
                System.arraycopy(w.into[c], 0, into.data(), c * terms.vectors() + first, count);
            }
        });
    }

    /** A fixed zero has no ratio, and no say. */
    private static void stillZeros(int n, double[] h, double[] slope) {
        for (int j = 0; j < n; j++) {
            slope[j] = h[j] == 0 ? 0.0 : slope[j];
        }
    }

    /** {@return the maximum of ⟨slopes, values − z⟩ over the z that the constraint allows} */
    double linearGain(DenseMatrix values, DenseMatrix slopes) {
        DenseMatrix vertex = DenseMatrix.zeros(terms.rank(), terms.vectors());
        minimizeModel(values, slopes, 0.0, vertex);
        double gain = 0;
        for (int c = 0; c < terms.rank(); c++) {
            for (int j = 0; j < terms.vectors(); j++) {
                gain += slopes.get(c, j) * (values.get(c, j) - vertex.get(c, j));
            }
        }
        return gain;
    }

    /** Minimizes ⟨slopes, z⟩ + ½·curvature·‖z − values‖² over the z that the constraint allows. */
    void minimizeModel(DenseMatrix values, DenseMatrix slopes, double curvature, DenseMatrix into) {
        AllBlocks all = new AllBlocks(into);
        for (Surrogate block : all.blocks) {
            bounded(block, values);
            for (int c = 0; c < terms.rank(); c++) {
                double[] linear = block.linear(c);
                gather(block, slopes, c, linear);
                if (curvature > 0) {
                    double[] h = block.at(c);
                    double[] quadratic = block.quadratic(c);
                    for (int j = 0; j < block.count(); j++) {
                        linear[j] -= curvature * h[j];
                        quadratic[j] += curvature;
                    }
                }
            }
        }
        terms.tying().minimize(all);
    }

    /** {@return the largest curvature of a majorizer of the data term at the point of the last statistics} */
    double largestCurvature(Iterate at) {
        Loss loss = problem.loss();
        double most = 0;
        for (int c = 0; c < terms.rank(); c++) {
            for (int j = 0; j < terms.vectors(); j++) {
                double h = at.values(terms.factor()).get(c, j);
                double slopes = loss.growth() * positive(c, j)
                        + loss.decay() * statistics.negative().get(c, j);
                most = h > 0 ? Math.max(most, slopes / h) : most;
            }
        }
        return Math.max(most, Double.MIN_NORMAL);
    }

    /** Shows block after block with current values and bounds. */
    void eachBounded(DenseMatrix values, Consumer<Surrogate> reader) {
        Workspace w = workspace(0);
        for (int first = 0; first < terms.vectors(); first += BLOCK) {
            w.block.begin(first, Math.min(BLOCK, terms.vectors() - first));
            bounded(w.block, values);
            reader.accept(w.block);
        }
    }

    /** Moves an extrapolated factor back into its set, which is known not to be empty. */
    void restore(Iterate at) {
        DenseMatrix values = at.values(terms.factor());
        if (terms.tying().ties() == Ties.VECTORS) {
            AllBlocks all = new AllBlocks(values);
            for (Surrogate block : all.blocks) {
                bounded(block, values);
            }
            terms.tying().repair(all);
            return;
        }
        each(repairs, terms.vectors(), (w, first, count) -> {
            w.block.begin(first, count);
            bounded(w.block, values);
            for (int c = 0; c < terms.rank(); c++) {
                System.arraycopy(w.block.at(c), 0, w.into[c], 0, count);
            }
            terms.tying().repair(w.block, w.into);
            write(w.block, w.into, values);
        });
    }

    /** Fills a begun block with current values and bounds. */
    private void bounded(Surrogate block, DenseMatrix at) {
        for (int c = 0; c < terms.rank(); c++) {
            gather(block, at, c, block.at(c));
        }
        terms.bound(block);
    }

    /** {@return the value of each penalty at a point, shares of blocks added in order} */
    double[] penaltyValues(Iterate at) {
        List<Regularizer> penalties = at.penalties(terms.factor());
        double[] values = new double[penalties.size()];
        if (values.length == 0) {
            return values;
        }
        DenseMatrix current = at.values(terms.factor());
        FactorView view = at.view(terms.factor());
        List<Regularizer.Term> parts = penalties.stream().map(p -> p.at(view)).toList();
        int blocks = (terms.vectors() + BLOCK - 1) / BLOCK;
        double[][] shares = new double[blocks][values.length];
        each(this.values, terms.vectors(), (w, first, count) -> {
            w.block.begin(first, count);
            for (int c = 0; c < terms.rank(); c++) {
                gather(w.block, current, c, w.block.at(c));
            }
            for (int i = 0; i < values.length; i++) {
                double[] byComponent = new double[terms.rank()];
                parts.get(i).value(w.block, byComponent);
                shares[first / BLOCK][i] = Arrays.stream(byComponent).sum();
            }
        });
        for (double[] share : shares) {
            for (int i = 0; i < values.length; i++) {
                values[i] += share[i];
            }
        }
        return values;
    }
}
