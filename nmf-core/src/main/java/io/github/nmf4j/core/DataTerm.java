package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Loss.Negative;
import io.github.nmf4j.api.Loss.OnZeros;
import io.github.nmf4j.api.Loss.Positive;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep.Kind;
import io.github.nmf4j.api.Tile;
import java.util.Arrays;

/**
 * The data term D(X ‖ Y): passes over X for either factor, and its value.
 *
 * <p>What a pass costs follows from the loss's promises. With P = y and N = x the model is never formed: the statistics are
 * F·X and (F·Fᵀ)·M, and the value comes from them. Sparse X is visited where it is stored or its weight is not 1, if N
 * vanishes with x and P and the value at zeros have closed forms. Where most entries are missing the others are visited,
 * whatever the loss. Everything else is read in dense tiles.
 */
final class DataTerm {
    /** Below this share of ‖X‖² the closed form of the Gram road has lost too many digits, and Y is formed after all. */
    private static final double CANCELLED = 1e-6;

    private static final int SPARSE_TILES = 64;
    private static final int MOST_SPARSE = 256;

    private final Loss loss;
    private final LinearAlgebraBackend backend;
    private final Elementary math;
    private final Matrix x;
    private final Entries entries;
    private final Matrix weights;
    private final Matrix background;
    private final boolean missing;
    private final double scale;
    private boolean guarded = true;
    private final double constant;
    private final double atZeroModel;
    private final double atModelOne;

    /** Σ of a background over all entries, where most of them are not visited. */
    private final double backgroundSum;

    private final Workers workers;
    private final Pass pass;
    private final int rank;
    private final Side ofW;
    private final Side ofH;

    /** Moving vectors cut into tiles of X, the panels of factor and statistics that belong to them, and a value each. */
    private record Tiling(Tile[] tiles, Panels panels, double[] values) {}

    /** One orientation of X: what its passes keep from one to the next. */
    private final class Side {
        final boolean transposed;
        final Entries.Side visited;
        final int movingVectors;
        /** As threads share the moving vectors. */
        final Tiling shared;

        /** As one thread takes them; the same where there are more or X is visited sparsely. */
        final Tiling alone;

        final Pass.Workspace[] workspaces = new Pass.Workspace[workers.threads()];
        /** By kind, without and with a value; a step keeps its buffers, and a half-step may need two in turn. */
        final LossStep[][] steps = new LossStep[2 * Kind.values().length][workers.threads()];

        final Workers.Loop[] loops = new Workers.Loop[steps.length];

        Pass.Packed packed;
        Kind kind;
        boolean wantsValue;
        /** Whether the pass made ratios and logarithms itself: all tiles of a kind are alike in that. */
        boolean fused;

        private Statistics unread;
        private Unvisited unvisited;

        Side(Factor moving) {
            transposed = moving == Factor.W;
            movingVectors = transposed ? x.rows() : x.columns();
            visited = entries == null ? null : entries.of(moving);
            int width = visited != null ? sparsePanel(movingVectors) : pass.panel(movingVectors, transposed);
            shared = cut(width);
            alone = visited == null && workers.threads() == 1
                    ? cut(pass.panelOfOneThread(movingVectors, transposed))
                    : shared;
            Arrays.setAll(loops, i -> new Workers.Loop());
        }

        private Tiling cut(int width) {
            int fixedVectors = transposed ? x.columns() : x.rows();
            Tile[] tiles = new Tile[(movingVectors + width - 1) / width];
            for (int panel = 0; panel < tiles.length; panel++) {
                int from = panel * width;
                int count = Math.min(width, movingVectors - from);
                tiles[panel] = visited != null
                        ? new Tile.Sparse(visited.x(), from, count)
                        : new Tile.Dense(x, transposed, 0, fixedVectors, from, count);
            }
            return new Tiling(tiles, new Panels(width), new double[tiles.length]);
        }

        /**
         * {@return the tiles of the pass prepared for: those of one thread only where bits do not depend on the tiles}
         *
         * <p>A value is summed tile by tile, and whether Σ F·P with P = 1 needs no adding is asked a tile at a time.
         */
        Tiling tilingOfPass() {
            return wantsValue || kind == Kind.BOTH ? shared : alone;
        }

        /** Sparse tiles cost the same at any width: enough of them that threads finish together. */
        private int sparsePanel(int vectors) {
            return Math.min(MOST_SPARSE, (vectors + SPARSE_TILES - 1) / SPARSE_TILES);
        }

        void prepare(Kind newKind, boolean value) {
            kind = newKind;
            wantsValue = value;
        }

        Unvisited unvisited() {
            if (unvisited == null) {
                unvisited = new Unvisited(visited, loss.positive(), rank);
            }
            return unvisited;
        }

        private int what() {
            return 2 * kind.ordinal() + (wantsValue ? 1 : 0);
        }

        Workers.Loop loop() {
            return loops[what()];
        }

        /** {@return room for statistics that a pass made for the value alone comes with} */
        Statistics unread() {
            if (unread == null) {
                unread = new Statistics(rank, movingVectors, true);
            }
            return unread;
        }

        LossStep step(int worker) {
            if (workspaces[worker] == null) {
                workspaces[worker] = pass.workspace();
            }
            LossStep[] alike = steps[what()];
            if (alike[worker] == null) {
                alike[worker] = new LossStep(DataTerm.this, kind, wantsValue, transposed, visited);
            }
            return alike[worker];
        }
    }

    /**
     * @param settings loss, backend, weights, background and the rest
     * @param facts sums over the data
     * @param workers threads to share panels
     */
    DataTerm(Settings settings, DataFacts facts, Workers workers) {
        this.loss = settings.loss();
        this.backend = settings.backend();
        this.math = backend.elementary();
        this.x = facts.x();
        this.entries = facts.entries();
        this.weights = settings.weights();
        this.background = Broadcast.to(settings.background(), x.rows(), x.columns());
        this.missing = facts.missing();
        this.scale = facts.scale();
        this.constant = facts.constant();
        this.atZeroModel = facts.atZeroModel();
        this.atModelOne = facts.atModelOne();
        this.backgroundSum = background == null || visitsAllObserved() ? 0.0 : sum(background);
        this.workers = workers;
        this.rank = settings.rank();
        this.pass = backend.pass(rank);
        this.ofW = new Side(Factor.W);
        this.ofH = new Side(Factor.H);
    }

    private static double sum(Matrix matrix) {
        double[] row = new double[matrix.columns()];
        double total = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.read(i, 0, 1, row.length, row, 0, row.length);
            total += Arrays.stream(row).sum();
        }
        return total;
    }

    Loss loss() {
        return loss;
    }

    Elementary math() {
        return math;
    }

    Matrix weights() {
        return weights;
    }

    Matrix background() {
        return background;
    }

    boolean missing() {
        return missing;
    }

    double scale() {
        return scale;
    }

    /** Says whether the model may be exactly 0 somewhere, so that x/y needs a look at y. */
    void guard(boolean mayVanish) {
        guarded = mayVanish;
    }

    boolean guarded() {
        return guarded;
    }

    /** {@return what passes of a factor visit; null where they read dense tiles} */
    Entries.Side visited(Factor moving) {
        return entries == null ? null : entries.of(moving);
    }

    /** {@return what a known background adds to the data term where no one looks, for losses linear there} */
    double backgroundOfUnvisited() {
        return scale * backgroundSum;
    }

    /** {@return whether entries that a pass does not visit are not observed} */
    boolean visitsAllObserved() {
        return entries == null || entries.all();
    }

    /** {@return whether some weights differ from 1, or from each other through missing entries} */
    private boolean masked() {
        if (entries != null) {
            return entries.all() || ofH.visited.weights() != null;
        }
        return weights != null || missing;
    }

    /** {@return whether Σ F·P is the same for all vectors} */
    boolean uniform() {
        return !masked() && loss.positive() == Positive.ONE;
    }

    private boolean positiveByPass() {
        return masked()
                || loss.positive() == Positive.COMPUTED
                || loss.positive() == Positive.MODEL && background != null;
    }

    /** {@return whether the loss promises an update by F·X and F·Fᵀ alone} */
    boolean promisesGram() {
        return loss.positive() == Positive.MODEL && loss.negative() == Negative.DATA;
    }

    /** {@return whether X is seen through F·X and F·Fᵀ alone} */
    boolean gram() {
        return !positiveByPass() && promisesGram();
    }

    /** {@return the entries of X that a pass reads} */
    double stored() {
        return entries == null
                ? (double) x.rows() * x.columns()
                : entries.of(Factor.W).x().stored();
    }

    private Kind kind(boolean value) {
        if (positiveByPass()) {
            return Kind.BOTH;
        }
        if (loss.negative() == Negative.DATA && (gram() || !value)) {
            return Kind.DATA;
        }
        if (loss.negative() == Negative.RATIO && background == null && !guarded) {
            if (!value) {
                return Kind.RATIO;
            }
            if (loss.positive() == Positive.ONE) {
                return Kind.RATIO_AND_LOG;
            }
        }
        return Kind.NEGATIVE;
    }

    /**
     * {@return D at the two factors, NaN if not wanted}
     *
     * @param moving whose statistics are wanted
     * @param fixed the other factor, rank × its vectors; W with the dictionary multiplied in
     * @param current the moving factor at data level, rank × its vectors
     * @param value whether D is wanted
     * @param into receives the statistics
     */
    double pass(Factor moving, DenseMatrix fixed, DenseMatrix current, boolean value, Statistics into) {
        Side side = moving == Factor.W ? ofW : ofH;
        double sum = statistics(side, kind(value), value, fixed, current, into);
        if (into.uniform()) {
            rowSums(fixed, into.everywhere());
        } else if (!positiveByPass()) {
            gramTimes(fixed, current, into.positive());
        } else if (!visitsAllObserved()) {
            addUnvisited(side, fixed, current, into.positive());
        }
        if (!value) {
            return Double.NaN;
        }
        if (gram()) {
            double closed = gramValue(current, into);
            if (closed > CANCELLED * atZeroModel || entries != null) {
                return Math.max(closed, 0.0) + constant;
            }
            return statistics(side, Kind.NEGATIVE, true, fixed, current, side.unread()) + constant;
        }
        if (side.fused) {
            return sum + modelSum(fixed, current) + atModelOne + constant;
        }
        return sum + (visitsAllObserved() ? 0.0 : zeros(fixed, current) + scale * backgroundSum) + constant;
    }

    private void gramTimes(DenseMatrix fixed, DenseMatrix current, DenseMatrix into) {
        DenseMatrix gram = DenseMatrix.zeros(rank, rank);
        backend.multiply(Product.ABT, fixed, fixed, 0, gram);
        backend.multiply(Product.AB, gram, current, 0, into);
    }

    /** Makes Σ (w − 1)·F·P into Σ w·F·P: adds what all entries would have at weight 1. */
    private void addUnvisited(Side side, DenseMatrix fixed, DenseMatrix current, DenseMatrix positive) {
        Unvisited rest = side.unvisited();
        if (loss.positive() == Positive.ONE) {
            double[] sums = new double[rank];
            rowSums(fixed, sums);
            for (int c = 0; c < rank; c++) {
                Arrays.fill(rest.all().data(), c * side.movingVectors, (c + 1) * side.movingVectors, sums[c]);
            }
        } else {
            gramTimes(fixed, current, rest.all());
        }
        workers.run(rest.loop(), side.shared.tiles.length, (panel, worker) -> {
            Tile tile = side.shared.tiles[panel];
            rest.add(tile.moving(), tile.movingCount(), fixed, current, positive);
        });
    }

    /** As {@link #pass} for Σ F·N alone. */
    void negative(Factor moving, DenseMatrix fixed, DenseMatrix current, Statistics into) {
        statistics(moving == Factor.W ? ofW : ofH, kind(false), false, fixed, current, into);
    }

    private double statistics(
            Side side, Kind kind, boolean value, DenseMatrix fixed, DenseMatrix current, Statistics into) {
        side.prepare(kind, value && kind != Kind.DATA);
        into.negative().fill(0.0);
        if (kind == Kind.BOTH) {
            into.positive().fill(0.0);
        }
        Tiling tiling = side.tilingOfPass();
        side.packed = pass.pack(fixed, tiling.tiles[0], side.packed);
        DenseMatrix[] moving = tiling.panels.of(current);
        DenseMatrix[] negative = tiling.panels.of(into.negative());
        DenseMatrix[] positive = kind == Kind.BOTH ? tiling.panels.of(into.positive()) : null;
        workers.run(side.loop(), tiling.tiles.length, (panel, worker) -> {
            LossStep step = side.step(worker);
            step.begin();
            pass.tile(
                    tiling.tiles[panel],
                    side.packed,
                    moving[panel],
                    step,
                    negative[panel],
                    positive == null ? null : positive[panel],
                    side.workspaces[worker]);
            tiling.values[panel] = step.value();
            if (panel == 0) {
                side.fused = step.fused();
            }
        });
        if (scale != 1 && kind != Kind.NEGATIVE && kind != Kind.BOTH) {
            into.negative().scale(scale);
        }
        double sum = 0;
        for (double part : tiling.values) {
            sum += part;
        }
        return sum;
    }

    /** Sums over the vectors, a component each. */
    static void rowSums(DenseMatrix fixed, double[] into) {
        double[] data = fixed.data();
        for (int c = 0; c < into.length; c++) {
            int at = fixed.offset() + c * fixed.stride();
            double sum = 0;
            for (int i = 0; i < fixed.columns(); i++) {
                sum += data[at + i];
            }
            into[c] = sum;
        }
    }

    /** Σ d(x, 0) − ⟨F·X, M⟩ + ½⟨F·Fᵀ·M, M⟩. */
    private double gramValue(DenseMatrix current, Statistics statistics) {
        return atZeroModel - dot(statistics.negative(), current) + 0.5 * dot(statistics.positive(), current);
    }

    static double dot(DenseMatrix a, DenseMatrix b) {
        double total = 0;
        for (int c = 0; c < a.rows(); c++) {
            int p = a.offset() + c * a.stride();
            int q = b.offset() + c * b.stride();
            double sum = 0;
            for (int j = 0; j < a.columns(); j++) {
                sum += a.data()[p + j] * b.data()[q + j];
            }
            total += sum;
        }
        return total;
    }

    /** Σ y over all entries. */
    private double modelSum(DenseMatrix fixed, DenseMatrix current) {
        double[] a = new double[rank];
        double[] b = new double[rank];
        rowSums(fixed, a);
        rowSums(current, b);
        double sum = 0;
        for (int c = 0; c < rank; c++) {
            sum += a[c] * b[c];
        }
        return sum;
    }

    /** Σ over all entries of what the value is at x = 0, in closed form. */
    private double zeros(DenseMatrix fixed, DenseMatrix current) {
        if (loss.onZeros() == OnZeros.LINEAR) {
            return modelSum(fixed, current);
        }
        DenseMatrix a = DenseMatrix.zeros(rank, rank);
        DenseMatrix b = DenseMatrix.zeros(rank, rank);
        backend.multiply(Product.ABT, fixed, fixed, 0, a);
        backend.multiply(Product.ABT, current, current, 0, b);
        return 0.5 * dot(a, b);
    }
}
