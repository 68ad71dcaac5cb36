package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Loss.Negative;
import io.github.nmf4j.api.Loss.OnZeros;
import io.github.nmf4j.api.Loss.Positive;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.util.Arrays;

/**
 * The entries that passes visit where they need not visit all, by column and by row of X, with weights and background beside
 * them.
 *
 * <p>Either these are all the observed ones (mostly missing data; any loss), or every other entry is an observed zero of
 * weight 1, whose share the loss has in closed form (mostly observed, mostly zero).
 */
final class Entries {
    /** An entry visited alone costs about as much as seven read from dense tiles. */
    private static final int DEARER = 7;

    private final Side byColumn;
    private final Side byRow;
    private final boolean all;

    /**
     * @param x compressed by moving vector; 0 where the weight is
     * @param weights beside the values of x; null if all are 1
     * @param background likewise; null if there is none
     */
    record Side(SparseMatrix x, double[] weights, double[] background) {
        Side transposed() {
            return new Side(x.transposed(), beside(weights), beside(background));
        }

        private double[] beside(double[] numbers) {
            return numbers == null
                    ? null
                    : SparseMatrix.ofCompressedRows(x.rows(), x.columns(), x.start(), x.index(), numbers)
                            .transposed()
                            .values();
        }
    }

    private Entries(Side byRow, boolean all) {
        this.byRow = byRow;
        this.byColumn = byRow.transposed();
        this.all = all;
    }

    /** {@return the entries by vector of a factor} */
    Side of(Factor moving) {
        return moving == Factor.W ? byRow : byColumn;
    }

    /** {@return whether entries that are not here are not observed; otherwise they are zeros of weight 1} */
    boolean all() {
        return all;
    }

    /**
     * {@return what to visit; null if all entries of X are to be read, because that is cheaper or the loss promises too little}
     *
     * @param observed how many entries are observed
     */
    static Entries of(Matrix x, Settings settings, boolean missing, double observed) {
        Matrix weights = settings.weights();
        Matrix background = settings.background();
        boolean inMemory = x instanceof DenseMatrix || x instanceof SparseMatrix || weights instanceof SparseMatrix;
        double most = Math.min((double) x.rows() * x.columns() / DEARER, Integer.MAX_VALUE - 8);
        if ((weights != null || missing) && inMemory && observed <= most) {
            return new Entries(new Collector(x, settings, true, (int) observed).collect(), true);
        }
        if (!ofStored(x, settings)) {
            return null;
        }
        SparseMatrix sparse = (SparseMatrix) x;
        if (weights == null && !missing && background == null) {
            return new Entries(new Side(sparse, null, null), false);
        }
        if (weights instanceof SparseMatrix || weights == null && sparse.stored() > most) {
            return null;
        }
        Side side = new Collector(x, settings, false, (int) most).collect();
        return side == null ? null : new Entries(side, false);
    }

    /** {@return whether sparse X is visited where it is stored, by rows and in a second copy by columns} */
    static boolean ofStored(Matrix x, Settings settings) {
        return x instanceof SparseMatrix && closedAtZeros(settings.loss(), settings.background() != null);
    }

    private static boolean closedAtZeros(Loss loss, boolean background) {
        if (background) {
            return loss.positive() == Positive.ONE
                    && loss.negative() != Negative.COMPUTED
                    && loss.onZeros() == OnZeros.LINEAR;
        }
        return loss.positive() != Positive.COMPUTED
                && loss.negative() != Negative.COMPUTED
                && loss.onZeros() != OnZeros.COMPUTED;
    }

    /** Row by row: observed entries, or those that are not zeros of weight 1. */
    private static final class Collector {
        private final Matrix x;
        private final Matrix weights;
        private final Matrix background;
        private final boolean missingIsNaN;
        private final boolean observedOnly;
        private final int most;
        private final int[] start;
        private int[] index = new int[1024];
        private double[] values = new double[1024];
        private double[] weight = new double[1024];
        private double[] line;
        private double[] weightsOfLine;
        private int count;
        private boolean full;

        Collector(Matrix x, Settings settings, boolean observedOnly, int most) {
            this.x = x;
            this.weights = settings.weights();
            this.background =
                    settings.background() == null ? null : Broadcast.to(settings.background(), x.rows(), x.columns());
            this.missingIsNaN = settings.missingIsNaN();
            this.observedOnly = observedOnly;
            this.most = most;
            this.start = new int[x.rows() + 1];
        }

        /** {@return the entries, null if they are too many} */
        Side collect() {
            for (int i = 0; i < x.rows() && !full; i++) {
                if (observedOnly && weights instanceof SparseMatrix of) {
                    stored(i, of, of.values());
                } else if (!observedOnly && weights == null && x instanceof SparseMatrix of) {
                    stored(i, of, null);
                } else {
                    row(i);
                }
                start[i + 1] = count;
            }
            return full ? null : side();
        }

        private void stored(int i, SparseMatrix candidates, double[] weightsOf) {
            for (int at = candidates.start()[i]; at < candidates.start()[i + 1]; at++) {
                int j = candidates.index()[at];
                double given = weightsOf == null ? 1.0 : weightsOf[at];
                offer(j, given == 0 ? 0.0 : x.get(i, j), given);
            }
        }

        private void row(int i) {
            int columns = x.columns();
            if (line == null) {
                line = new double[columns];
                weightsOfLine = new double[columns];
            }
            x.read(i, 0, 1, columns, line, 0, columns);
            if (weights == null) {
                Arrays.fill(weightsOfLine, 1.0);
            } else {
                weights.read(i, 0, 1, columns, weightsOfLine, 0, columns);
            }
            for (int j = 0; j < columns && !full; j++) {
                offer(j, line[j], weightsOfLine[j]);
            }
        }

        private void offer(int j, double value, double given) {
            double seen = missingIsNaN && value != value ? 0.0 : given;
            if (observedOnly ? seen == 0 : seen == 1 && value == 0) {
                return;
            }
            if (count == most) {
                full = true;
                return;
            }
            if (count == index.length) {
                int longer = (int) Math.min(most, 2L * count);
                index = Arrays.copyOf(index, longer);
                values = Arrays.copyOf(values, longer);
                weight = Arrays.copyOf(weight, longer);
            }
            index[count] = j;
            values[count] = seen == 0 ? 0.0 : value;
            weight[count++] = seen;
        }

        private Side side() {
            SparseMatrix visited = SparseMatrix.ofCompressedRows(x.rows(), x.columns(), start, index, values);
            boolean ones = true;
            for (int e = 0; e < count && ones; e++) {
                ones = weight[e] == 1;
            }
            return new Side(visited, ones ? null : weight, background == null ? null : backgroundOf(visited));
        }

        private double[] backgroundOf(SparseMatrix visited) {
            double[] beside = new double[count];
            for (int i = 0; i < x.rows(); i++) {
                for (int at = start[i]; at < start[i + 1]; at++) {
                    beside[at] = background.get(i, visited.index()[at]);
                }
            }
            return beside;
        }
    }
}
