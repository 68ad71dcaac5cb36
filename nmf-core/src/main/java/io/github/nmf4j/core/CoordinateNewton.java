package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.List;

/**
 * The update of one factor by Newton steps along its entries, vector after vector.
 *
 * <p>A vector needs its own entries of X and their model alone, so that the one look at X which gives the data term moves the
 * vectors as well: {@link #statistics} does all the work into a buffer, {@link #update} hands it over. Penalties are majorized
 * at the values before the sweep; where they have a colouring, colour after colour at the values so far.
 */
final class CoordinateNewton implements FactorUpdate {
    /** Vectors of a task, for which penalties and bounds are asked together. */
    private static final int BLOCK = 64;

    private final Problem problem;
    private final FactorTerms terms;
    private final HalfStep half;
    private final FixedRows fixed;
    private final DenseMatrix moved;
    private final DenseMatrix colourMoved;
    private final NewtonVector[] workers;
    private final Workers.Loop loop = new Workers.Loop();

    /**
     * @param problem which {@link Ccd} does not refuse
     * @param factor without a dictionary
     */
    CoordinateNewton(Problem problem, Factor factor) {
        this.problem = problem;
        this.terms = problem.terms(factor);
        this.half = problem.halfStep(factor);
        int others = factor == Factor.H ? problem.rows() : problem.columns();
        this.fixed = new FixedRows(terms.rank(), others, problem.data().visited(factor) != null);
        this.moved = DenseMatrix.zeros(terms.rank(), terms.vectors());
        this.colourMoved = terms.colours() == null ? null : DenseMatrix.zeros(terms.rank(), terms.vectors());
        this.workers = new NewtonVector[problem.workers().threads()];
    }

    /**
     * The factor that is held, in the order in which vectors read it.
     *
     * <p>Where stored entries are visited, the components of a vector lie together (vectors × rank), to be gathered; otherwise a
     * row a component, shared by all.
     */
    static final class FixedRows {
        final double[] together;
        final double[][] rows;
        final double[] sums;

        FixedRows(int rank, int vectors, boolean gathered) {
            together = gathered ? new double[rank * vectors] : null;
            rows = gathered ? null : new double[rank][vectors];
            sums = new double[rank];
        }

        void set(DenseMatrix values) {
            DataTerm.rowSums(values, sums);
            int rank = values.rows();
            for (int c = 0; c < rank; c++) {
                int from = values.offset() + c * values.stride();
                if (rows != null) {
                    System.arraycopy(values.data(), from, rows[c], 0, values.columns());
                    continue;
                }
                for (int i = 0; i < values.columns(); i++) {
                    together[i * rank + c] = values.data()[from + i];
                }
            }
        }
    }

    private NewtonVector worker(int number) {
        if (workers[number] == null) {
            workers[number] = new NewtonVector(problem, terms, fixed, BLOCK);
        }
        return workers[number];
    }

    @Override
    public double statistics(Iterate at, boolean value) {
        Factor factor = terms.factor();
        fixed.set(problem.atDataLevel(at, factor.other()));
        Acting penalties = at.acting(factor);
        FactorView other = FactorView.of(at.values(factor.other()), null);
        DenseMatrix before = at.values(factor);
        double data = problem.facts().constant() + problem.data().backgroundOfUnvisited();
        if (terms.colours() == null) {
            List<Regularizer.Term> here = penalties.at(FactorView.of(before, other));
            return data + move(null, terms.vectors(), before, here, moved);
        }
        moved.set(before);
        for (int[] colour : terms.colours()) {
            List<Regularizer.Term> here = penalties.at(FactorView.of(moved, other));
            data += move(colour, colour.length, moved, here, colourMoved);
            HalfStep.scatter(colour, colourMoved, moved);
        }
        return data;
    }

    /** {@return the data term of these vectors before they move} */
    private double move(
            int[] colour, int vectors, DenseMatrix from, List<Regularizer.Term> penalties, DenseMatrix into) {
        int blocks = (vectors + BLOCK - 1) / BLOCK;
        double[] data = new double[blocks];
        problem.workers().run(loop, blocks, (b, number) -> {
            NewtonVector vector = worker(number);
            Surrogate block = vector.block();
            int first = b * BLOCK;
            int count = Math.min(BLOCK, vectors - first);
            if (colour == null) {
                block.begin(first, count);
            } else {
                block.begin(colour, first, count);
            }
            for (int c = 0; c < terms.rank(); c++) {
                HalfStep.gather(block, from, c, block.at(c));
            }
            terms.bound(block);
            HalfStep.majorize(penalties, block, colour != null);
            for (int j = 0; j < count; j++) {
                data[b] += vector.move(j);
            }
            half.write(block, vector.into(), into);
        });
        double sum = 0;
        for (double part : data) {
            sum += part;
        }
        return sum;
    }

    @Override
    public void update(Iterate from, Iterate into) {
        Factor factor = terms.factor();
        into.values(factor).set(moved);
        half.adapt(from, into, FactorView.of(into.values(factor.other()), null));
    }
}
