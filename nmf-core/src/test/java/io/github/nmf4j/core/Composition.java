package io.github.nmf4j.core;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.regularizers.Ard;
import io.github.nmf4j.regularizers.Decorrelation;
import io.github.nmf4j.regularizers.ElasticNet;
import io.github.nmf4j.regularizers.GroupLasso;
import io.github.nmf4j.regularizers.L1;
import io.github.nmf4j.regularizers.Laplacian;
import io.github.nmf4j.regularizers.LogPenalty;
import io.github.nmf4j.regularizers.Lp;
import io.github.nmf4j.regularizers.MinimumVolume;
import io.github.nmf4j.regularizers.Ridge;
import io.github.nmf4j.regularizers.ScaleInvariantSparsity;
import io.github.nmf4j.regularizers.TemporalSmoothness;
import io.github.nmf4j.regularizers.TotalVariation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random problem: shapes, data with zeros, loss, weights, penalties and constraints that go together; all by a seed. */
final class Composition {
    private static final List<String> BACKENDS = Backends.usable();

    private final SplittableRandom random;
    private final boolean untied;
    private final boolean alike;
    final int rank;
    final int rows;
    final int atoms;
    final Shape image;
    final int columns;
    final Loss loss;
    final DenseMatrix x;
    final List<String> parts = new ArrayList<>();

    /** A user's loss, without any promise. */
    record Charbonnier(double delta) implements Loss {
        @Override
        public String name() {
            return "charbonnier";
        }

        @Override
        public double growth() {
            return 1;
        }

        @Override
        public double decay() {
            return 0;
        }

        @Override
        public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
            for (int i = 0; i < n; i++) {
                double weight = 1 / Math.hypot(x[i] - y[i], delta);
                negative[i] = weight * x[i];
                positive[i] = weight * y[i];
            }
        }

        @Override
        public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
            for (int i = 0; i < n; i++) {
                double t = x[i] - y[i];
                into[i] = t * t / (Math.hypot(t, delta) + delta);
            }
        }
    }

    Composition(long seed) {
        this(seed, null, false);
    }

    /** {@return a problem that HALS takes, of a loss that promises what it needs: nothing tied, all entries alike} */
    static Composition onGramRoad(long seed, Loss loss) {
        return new Composition(seed, loss, true);
    }

    /** {@return a problem of a loss, with weights and all, in which nothing is tied} */
    static Composition untied(long seed, Loss loss) {
        return new Composition(seed, loss, false);
    }

    private Composition(long seed, Loss given, boolean alike) {
        random = new SplittableRandom(seed);
        untied = given != null;
        this.alike = alike;
        rank = 1 + random.nextInt(5);
        rows = 1 + random.nextInt(30);
        image = new Shape(1 + random.nextInt(6), 1 + random.nextInt(7));
        columns = (int) image.pixels();
        atoms = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 0;
        loss = untied ? given : loss();
        x = data();
        parts.add(loss + " " + rows + " x " + columns + ", rank " + rank + (atoms > 0 ? ", atoms " + atoms : ""));
    }

    private Loss loss() {
        return switch (random.nextInt(15)) {
            case 0, 1 -> new KullbackLeibler();
            case 2 -> new Euclidean();
            case 3 -> new ItakuraSaito();
            case 4 -> new BetaDivergence(0.5);
            case 5 -> new BetaDivergence(1.5);
            case 6 -> new BetaDivergence(-0.7 + random.nextInt(3));
            case 7 -> new BetaDivergence(3);
            case 8 -> new Huber(0.7);
            case 9 -> new Cauchy(0.7);
            case 10 -> new NegativeBinomial(2);
            case 11 -> new BernoulliOdds();
            case 12 -> new Hellinger();
            case 13 -> new AlphaDivergence(List.of(-1.5, 0.3, 2.0).get(random.nextInt(3)));
            default -> new Charbonnier(0.7);
        };
    }

    private DenseMatrix data() {
        DenseMatrix data = DenseMatrix.zeros(rows, columns);
        double scale = Math.pow(10, random.nextInt(5) - 2);
        double zeros = loss.allowsZero() ? random.nextDouble() : 0;
        int emptyRow = loss.allowsZero() && random.nextInt(4) == 0 ? random.nextInt(rows) : -1;
        int emptyColumn = loss.allowsZero() && random.nextInt(4) == 0 ? random.nextInt(columns) : -1;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                boolean zero = random.nextDouble() < zeros || i == emptyRow || j == emptyColumn;
                double value = scale * (0.01 + random.nextDouble() * random.nextInt(1, 20));
                data.set(i, j, zero ? 0.0 : Math.min(value, loss.largest()));
            }
        }
        return data;
    }

    private DenseMatrix positive(int height, int width) {
        DenseMatrix matrix = DenseMatrix.zeros(height, width);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = 0.05 + random.nextDouble();
        }
        return matrix;
    }

    Nmf.Builder builder() {
        Nmf.Builder nmf =
                Nmf.builder().rank(rank).loss(loss).start(new RandomStart()).seed(random.nextLong());
        if (atoms > 0) {
            nmf.dictionary(positive(rows, atoms));
        }
        boolean tiedW = constrain(nmf, Factor.W);
        boolean tiedH = constrain(nmf, Factor.H);
        penalize(nmf);
        boolean scales = loss.largest() == Double.POSITIVE_INFINITY;
        if (!(tiedW && tiedH) && random.nextInt(3) == 0 && scales) {
            nmf.scaledBy(0.01 + random.nextDouble());
        }
        if (!alike) {
            mask(nmf);
        }
        return nmf.backend(BACKENDS.get(random.nextInt(BACKENDS.size()))).threads(1 + random.nextInt(2));
    }

    private void mask(Nmf.Builder nmf) {
        switch (random.nextInt(6)) {
            case 0 -> nmf.weights(weights());
            case 1 -> nmf.missingNaN();
            default -> {}
        }
        switch (random.nextInt(8)) {
            case 0 -> nmf.background(positive(rows, columns));
            case 1 -> nmf.background(DenseMatrix.of(new double[] {0.3}));
            case 2 -> nmf.background(positive(1, columns));
            default -> {}
        }
    }

    private DenseMatrix weights() {
        parts.add("weights");
        DenseMatrix weights = positive(rows, columns);
        for (int i = 0; i < weights.data().length; i++) {
            weights.data()[i] *= random.nextInt(3);
        }
        return weights;
    }

    private boolean constrain(Nmf.Builder nmf, Factor factor) {
        List<Constraint> all = new ArrayList<>();
        boolean tied = true;
        switch (untied ? 2 : random.nextInt(5)) {
            case 0 -> all.add(new UnitColumns());
            case 1 -> all.add(new UnitRows());
            default -> tied = false;
        }
        int vectors = factor == Factor.H ? columns : atoms > 0 ? atoms : rows;
        if (random.nextInt(4) == 0) {
            all.add(new Floor(1e-6));
        }
        double least = random.nextInt(2) * 1e-4;
        boolean boxed = random.nextInt(4) == 0;
        if (boxed) {
            all.add(new Box(least, 1.5));
        }
        if (random.nextInt(4) == 0) {
            DenseMatrix fixed =
                    factor == Factor.W ? DenseMatrix.zeros(vectors, rank) : DenseMatrix.zeros(rank, vectors);
            fixed.fill(Double.NaN);
            boolean room = rank > 1 && vectors > 1;
            fixed.set(0, 0, room && !boxed ? random.nextInt(2) * 0.3 : tied ? Double.NaN : 0.3);
            all.add(new FixedEntries(fixed));
        }
        if (factor == Factor.W) {
            nmf.constrainW(all.toArray(Constraint[]::new));
        } else {
            nmf.constrainH(all.toArray(Constraint[]::new));
        }
        all.forEach(c -> parts.add(factor + ":" + c.name()));
        return tied;
    }

    private void penalize(Nmf.Builder nmf) {
        Regularizer ofH = null;
        Regularizer ofW = null;
        for (int i = random.nextInt(3); i > 0; i--) {
            Regularizer next = penalty(true);
            ofH = ofH == null ? next : ofH.plus(next);
        }
        for (int i = random.nextInt(2); i > 0; i--) {
            ofW = penalty(false);
        }
        if (ofH != null) {
            nmf.penalizeH(ofH);
        }
        if (ofW != null) {
            nmf.penalizeW(ofW);
        }
        parts.add("penalties " + ofW + " " + ofH);
    }

    private Regularizer penalty(boolean onImage) {
        Regularizer penalty = switch (random.nextInt(onImage ? 18 : 14)) {
            case 0 -> new L1();
            case 1 -> new Ridge();
            case 2 -> new ElasticNet(0.3);
            case 3 -> new LogPenalty(0.5);
            case 4 -> new Lp(0.4, random.nextInt(2) * 0.01);
            case 5 -> new GroupLasso(GroupLasso.Over.VECTORS, 1e-3);
            case 6 -> new GroupLasso(GroupLasso.Over.COMPONENTS, 1e-3);
            case 7 -> new Decorrelation();
            case 8 -> new TemporalSmoothness();
            case 9 -> new MinimumVolume(0.3);
            case 10 -> new ScaleInvariantSparsity();
            case 11 -> new ScaleInvariantSparsity(ScaleInvariantSparsity.Form.LOG, 0.5);
            case 12 -> new Ard(Ard.Norm.L1, 0.5);
            case 13 -> new Ard(Ard.Norm.L2, 0.5);
            case 14 -> new Laplacian(image);
            case 15 ->
                new Laplacian(image).with(Arguments.NONE.and("shape", image).and("majorizer", "quadratic"));
            case 16 -> new Laplacian(graph());
            default -> new TotalVariation(image, 0.01);
        };
        boolean apart = penalty.separatesComponents() && random.nextBoolean();
        double[] weights = new double[apart ? rank : 1];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = random.nextInt(4) * random.nextDouble();
        }
        return penalty.times(weights);
    }

    private Matrix graph() {
        DenseMatrix graph = DenseMatrix.zeros(columns, columns);
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < i; j++) {
                double weight = random.nextInt(4) == 0 ? random.nextDouble() : 0;
                graph.set(i, j, weight);
                graph.set(j, i, weight);
            }
        }
        return graph;
    }

    Matrix storedData() {
        return random.nextInt(3) == 0 ? SparseMatrix.of(x) : x;
    }

    @Override
    public String toString() {
        return String.join("; ", parts);
    }
}
