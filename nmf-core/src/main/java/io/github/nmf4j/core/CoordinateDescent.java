package io.github.nmf4j.core;

import io.github.nmf4j.api.CoordinateSteps;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The update of one factor by sweeps over its components: min ½·hᵀAh − bᵀh + R(h) for every vector h, with A = F·Fᵀ and b a
 * column of F·X, entry after entry (Gillis &amp; Glineur 2012, Neural Computation 24(4), 1085–1105, equation 3.4).
 *
 * <p>Vectors are independent but for penalties. A penalty is majorized once a sweep, at the values before it: the surrogate is
 * separable, so that the sum of it and of the quadratic form, which every step minimizes exactly along one entry, bounds the
 * objective throughout. What a sweep under penalties finds goes to a second buffer first, so that neighbours are read as they
 * were.
 */
final class CoordinateDescent implements FactorUpdate {
    /** Another sweep pays while the last one moved the factor at least so far, of the first's distance; squared. */
    private static final double STILL_MOVING = 0.1 * 0.1;

    /** Share of the products' cost that sweeps may take. */
    private static final double SHARE = 0.5;

    /**
     * Times ‖X‖²/2: a component with a smaller diagonal in A stays, for its minimizer would be so large that its square
     * overflows; the update of the other factor may bring it back.
     */
    private static final double DEAD = 1e-290;

    private static final int BLOCK = PlainCoordinateSteps.WIDTH;

    /** Tiles of one task: enough work to be worth handing out. */
    private static final int TASK = 8;

    private final Workers.Loop sweeps = new Workers.Loop();
    private final Problem problem;
    private final FactorTerms terms;
    private final HalfStep pass;
    private final CrossProducts products;
    private final int rank;
    private final int mostSweeps;
    private final DenseMatrix gram;
    private final double[] inverse;
    private final double[] moved;
    private final DenseMatrix buffer;

    /** Asked for when first needed, for a backend may have to wait for its compiler. */
    private CoordinateSteps steps;

    private final Workspace[] workspaces;

    /**
     * @param problem with a loss on the Gram road
     * @param factor without a dictionary
     * @param mostSweeps at least 1
     */
    CoordinateDescent(Problem problem, Factor factor, int mostSweeps) {
        this(problem, factor, mostSweeps, CrossProducts.ofX(problem, problem.halfStep(factor)));
    }

    private CoordinateDescent(Problem problem, Factor factor, int mostSweeps, CrossProducts products) {
        this.problem = problem;
        this.products = products;
        this.terms = problem.terms(factor);
        this.pass = problem.halfStep(factor);
        this.rank = terms.rank();
        this.mostSweeps = Math.min(mostSweeps, affordable(problem, factor, products.cost()));
        this.gram = DenseMatrix.zeros(rank, rank);
        this.inverse = new double[rank];
        this.moved = new double[(terms.vectors() + BLOCK - 1) / BLOCK];
        this.buffer = terms.acting().isEmpty() ? null : DenseMatrix.zeros(rank, terms.vectors());
        this.workspaces = new Workspace[problem.workers().threads()];
    }

    /** Multiplications of a sweep, rank² a vector, against those of the products with X and with the other factor. */
    private static int affordable(Problem problem, Factor factor, double cost) {
        double rank = problem.rank();
        double vectors = problem.terms(factor).vectors();
        double fixed = factor == Factor.H ? problem.rows() : problem.columns();
        double products = cost + fixed * rank * rank;
        return 1 + (int) Math.min(Integer.MAX_VALUE - 1.0, SHARE * products / (vectors * rank * rank));
    }

    /** A tile and what a sweep over it needs, one of each a thread. */
    private final class Workspace {
        final CoordinateSteps.Workspace buffers = steps == null ? null : steps.workspace();
        final Surrogate block = new Surrogate(rank, BLOCK, 1, 0, terms.floor());
        final double[][] now = new double[rank][BLOCK];
        final double[] slope = new double[BLOCK];
        final double[] product = new double[BLOCK];
        final double[] next = new double[BLOCK];
        final double[] squares = new double[BLOCK];
    }

    private Workspace workspace(int worker) {
        if (workspaces[worker] == null) {
            workspaces[worker] = new Workspace();
        }
        return workspaces[worker];
    }

    @Override
    public Optional<FactorUpdate> on(SeenData seen) {
        return Optional.of(new CoordinateDescent(problem, terms.factor(), mostSweeps, seen.products(terms.factor())));
    }

    @Override
    public double statistics(Iterate at, boolean value) {
        double data = products.at(at, value);
        DenseMatrix fixed = problem.atDataLevel(at, terms.factor().other());
        problem.backend().multiply(Product.ABT, fixed, fixed, 0, gram);
        double dead = Math.max(Double.MIN_NORMAL, DEAD * problem.facts().atZeroModel());
        for (int c = 0; c < rank; c++) {
            inverse[c] = gram.get(c, c) > dead ? 1 / gram.get(c, c) : 0.0;
        }
        return data;
    }

    @Override
    public void update(Iterate from, Iterate into) {
        Factor factor = terms.factor();
        Acting penalties = from.acting(factor);
        FactorView other = FactorView.of(into.values(factor.other()), null);
        DenseMatrix values = into.values(factor);
        double first = sweep(values, penalties, other);
        double last = first;
        for (int s = 1; s < mostSweeps && last > STILL_MOVING * first; s++) {
            last = sweep(values, penalties, other);
        }
        pass.adapt(from, into, other);
    }

    /** {@return the squared distance between the factor before and after} */
    private double sweep(DenseMatrix values, Acting penalties, FactorView other) {
        if (terms.colours() == null) {
            return sweep(null, terms.vectors(), values, penalties, other);
        }
        double distance = 0;
        for (int[] colour : terms.colours()) {
            distance += sweep(colour, colour.length, values, penalties, other);
        }
        return distance;
    }

    /** Sweeps over the vectors of a colour; over all of them if it is null. */
    private double sweep(int[] colour, int vectors, DenseMatrix values, Acting penalties, FactorView other) {
        List<Regularizer.Term> at = penalties.at(FactorView.of(values, other));
        DenseMatrix target = at.isEmpty() ? values : buffer;
        int tiles = (vectors + BLOCK - 1) / BLOCK;
        if (at.isEmpty() && steps == null) {
            steps = problem.backend().coordinateSteps(rank).orElseGet(() -> new PlainCoordinateSteps(rank));
            Arrays.fill(workspaces, null);
        }
        OptionalDouble floor = terms.onlyFloor();
        boolean plain = at.isEmpty() && colour == null && floor.isPresent();
        Arrays.fill(moved, 0.0);
        problem.workers().run(sweeps, (tiles + TASK - 1) / TASK, (task, worker) -> {
            Workspace w = workspace(worker);
            if (plain) {
                int first = task * TASK * BLOCK;
                int count = Math.min(TASK * BLOCK, vectors - first);
                moved[task * TASK] = sweep(w, values, first, count, floor.getAsDouble());
                return;
            }
            for (int tile = task * TASK; tile < Math.min(tiles, (task + 1) * TASK); tile++) {
                int first = tile * BLOCK;
                int count = Math.min(BLOCK, vectors - first);
                if (colour == null) {
                    w.block.begin(first, count);
                } else {
                    w.block.begin(colour, first, count);
                }
                moved[tile] = sweep(w, values, at, colour != null, target);
            }
        });
        if (target == buffer) {
            copy(colour, values);
        }
        double distance = 0;
        for (int tile = 0; tile < tiles; tile++) {
            distance += moved[tile];
        }
        return distance;
    }

    private void copy(int[] colour, DenseMatrix values) {
        if (colour == null) {
            values.set(buffer);
        } else {
            HalfStep.scatter(colour, buffer, values);
        }
    }

    /** Sweeps over consecutive vectors that nothing but one floor bounds. */
    private double sweep(Workspace w, DenseMatrix values, int first, int count, double floor) {
        double distance = steps.sweep(gram, inverse, products.values(), values, first, count, floor, w.buffers);
        if (!(distance < Double.POSITIVE_INFINITY)) {
            for (int from = first; from < first + count; from += BLOCK) {
                w.block.begin(from, Math.min(BLOCK, first + count - from));
                gather(w, values);
                pass.write(w.block, w.now, values); // refuses what is not finite
            }
        }
        return distance;
    }

    /** Sweeps over a begun block. */
    private double sweep(
            Workspace w, DenseMatrix values, List<Regularizer.Term> penalties, boolean alone, DenseMatrix target) {
        Surrogate block = w.block;
        int n = block.count();
        terms.bound(block);
        if (target == values && block.floorOnly() && block.consecutive()) {
            return sweep(w, values, block.vector(0), n, block.floor());
        }
        gather(w, values);
        Arrays.fill(w.squares, 0, n, 0.0);
        penalize(w, penalties, alone);
        for (int c = 0; c < rank; c++) {
            Combine.set(n, w.slope, w.now, rank, gram.data(), c * gram.stride());
            HalfStep.gather(block, products.values(), c, w.product);
            minimize(w, c);
        }
        pass.write(block, w.now, target);
        return sum(n, w.squares);
    }

    private void gather(Workspace w, DenseMatrix values) {
        for (int c = 0; c < rank; c++) {
            HalfStep.gather(w.block, values, c, w.now[c]);
        }
    }

    /** Fills the block with the penalties' majorizers at the values before the sweep. */
    private void penalize(Workspace w, List<Regularizer.Term> penalties, boolean alone) {
        for (int c = 0; c < rank; c++) {
            System.arraycopy(w.now[c], 0, w.block.at(c), 0, w.block.count());
        }
        HalfStep.majorize(penalties, w.block, alone);
    }

    /** Eight partial sums: one chain of additions would take a third of a sweep at rank 3, four of them a tenth. */
    static double sum(int n, double[] values) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int j = 0;
        for (; j + 8 <= n; j += 8) {
            s0 += values[j];
            s1 += values[j + 1];
            s2 += values[j + 2];
            s3 += values[j + 3];
            s4 += values[j + 4];
            s5 += values[j + 5];
            s6 += values[j + 6];
            s7 += values[j + 7];
        }
        for (; j < n; j++) {
            s0 += values[j];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** The exact step of one component, with the penalties' coefficients and the bounds that stand in the block. */
    private void minimize(Workspace w, int c) {
        int n = w.block.count();
        double[] h = w.now[c];
        double[] l = w.block.linear(c);
        double[] q = w.block.quadratic(c);
        if (inverse[c] > 0) {
            double curvature = gram.get(c, c);
            for (int j = 0; j < n; j++) {
                l[j] += w.slope[j] - w.product[j] - curvature * h[j];
                q[j] += curvature;
            }
        }
        w.block.minimizer(c, null, w.next, null);
        for (int j = 0; j < n; j++) {
            double d = w.next[j] - h[j];
            w.squares[j] += d * d;
            h[j] = w.next[j];
        }
    }
}
