package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SparseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Data, factors, steps and statistics of one pass, and the naive loop to compare with. */
abstract class PassProbe extends ElementaryLaws {
    static final int[] RANKS = {1, 2, 3, 4, 5, 6, 7, 8, 17, 18};

    /** An entry of x, before it is scaled, that few have. */
    private static final double RARE = 9;

    /** What N and P of a step depend on besides x and y. */
    enum Places {
        /** On the place. */
        MATTER,
        /** On nothing, and P is often exactly 1. */
        IGNORED,
        /** On nothing, and P is 1. */
        ONE,
        /** On nothing, and P is 1 but for few entries, so that spans with and without them come together. */
        MOSTLY_ONE
    }

    /** {@return kinds of steps for which places matter, and those for which they do not} */
    static Stream<Arguments> steps() {
        return Arrays.stream(SpanStep.Kind.values())
                .flatMap(kind -> Arrays.stream(Places.values())
                        .filter(places -> kind == SpanStep.Kind.BOTH
                                || places == Places.MATTER
                                || places == Places.IGNORED && kind == SpanStep.Kind.NEGATIVE)
                        .map(places -> Arguments.of(kind, places)));
    }

    /** A step whose N and P depend on everything it is told, and which spoils what it may overwrite. */
    static final class Step implements SpanStep {
        private final Kind kind;
        private final Places places;
        private boolean fused;
        private double logarithms;

        Step(Kind kind) {
            this(kind, Places.MATTER);
        }

        Step(Kind kind, Places places) {
            this.kind = kind;
            this.places = places;
        }

        static Step of(Arguments arguments) {
            return new Step((Kind) arguments.get()[0], (Places) arguments.get()[1]);
        }

        @Override
        public boolean local() {
            return places != Places.MATTER;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        void begin() {
            fused = false;
            logarithms = 0;
        }

        @Override
        public void logarithms(double sum) {
            if (kind != Kind.RATIO_AND_LOG) {
                fail("a sum of logarithms is given to a step of kind " + kind);
            }
            fused = true;
            logarithms += sum;
        }

        double negative(int fixed, int moving, double x, double y) {
            return switch (kind) {
                case DATA -> x;
                case RATIO, RATIO_AND_LOG -> x / y;
                case NEGATIVE, BOTH -> weight(fixed, moving) * x / (y + 1);
            };
        }

        double positive(int fixed, int moving, double x, double y) {
            boolean one = switch (places) {
                case MATTER -> false;
                case IGNORED -> x < 3;
                case ONE -> true;
                case MOSTLY_ONE -> x != RARE;
            };
            return one ? 1 : weight(fixed, moving) * y;
        }

        private double weight(int fixed, int moving) {
            return local() ? 1 : 1 + (31 * fixed + 17 * moving) % 7 / 7.0;
        }

        @Override
        public void dense(
                int fixed,
                int moving,
                Along along,
                int n,
                double[] x,
                double[] y,
                double[] negative,
                double[] positive) {
            if (along == Along.ANYWHERE && !local()) {
                fail("a step that is not local is told places");
            }
            if (along == Along.MOVING) {
                entries(n, x, y, negative, positive, i -> fixed, i -> moving + i);
            } else {
                entries(n, x, y, negative, positive, i -> fixed + i, i -> moving);
            }
        }

        @Override
        public void sparse(
                int moving,
                int[] fixed,
                int from,
                int n,
                double[] x,
                double[] y,
                double[] negative,
                double[] positive) {
            entries(n, x, y, negative, positive, i -> fixed[from + i], i -> moving);
        }

        private interface Place {
            int of(int i);
        }

        private void entries(
                int n, double[] x, double[] y, double[] negative, double[] positive, Place fixed, Place moving) {
            if (kind == Kind.DATA) {
                fail("a step of kind DATA is not asked for entries");
            }
            for (int i = 0; i < n; i++) {
                negative[i] = negative(fixed.of(i), moving.of(i), x[i], y[i]);
                if (kind == Kind.BOTH) {
                    positive[i] = positive(fixed.of(i), moving.of(i), x[i], y[i]);
                }
            }
            Arrays.fill(x, 0, n, Double.NaN);
            Arrays.fill(y, 0, n, Double.NaN);
        }
    }

    /** Data (fixed × moving) and factors of one pass; {@code stored} says which entries of x a sparse tile visits. */
    static final class Problem {
        final int rank;
        final double[][] x;
        final boolean[][] stored;
        final double[][] f;
        final double[][] m;

        Problem(int rank, int fixed, int moving, double scale, double density) {
            Random random = new Random(rank + 100L * fixed + moving);
            this.rank = rank;
            x = new double[fixed][moving];
            stored = new boolean[fixed][moving];
            for (int i = 0; i < fixed; i++) {
                for (int j = 0; j < moving; j++) {
                    stored[i][j] = j % 5 != 3 && random.nextDouble() < density; // every fifth vector is empty
                    double entry = (131 * i + 7 * j) % 997 == 0 ? RARE : random.nextInt(4); // some stored zeros
                    x[i][j] = stored[i][j] ? entry * scale * scale : 0;
                }
            }
            f = positive(rank, fixed, scale, random);
            m = positive(rank, moving, scale, random);
        }

        int fixed() {
            return f[0].length;
        }

        int moving() {
            return m[0].length;
        }

        /** The data as a matrix of rows = fixed vectors, or transposed; view with gaps or stored entries alone. */
        Matrix matrix(boolean transposed, boolean sparse) {
            DenseMatrix dense = matrix(transposed, Layout.STRIDED);
            return sparse ? SparseMatrix.of(dense) : dense;
        }

        DenseMatrix matrix(boolean transposed, Layout layout) {
            double[][] rows = transposed ? transpose(x, fixed(), moving()) : x;
            int[] shape = transposed ? new int[] {moving(), fixed()} : new int[] {fixed(), moving()};
            return new Placed(rows, shape, layout, Double.NaN).view;
        }

        /** Stored entries by moving vector. */
        SparseMatrix byMovingVector() {
            List<int[]> places = new ArrayList<>();
            for (int j = 0; j < moving(); j++) {
                for (int i = 0; i < fixed(); i++) {
                    if (stored[i][j]) {
                        places.add(new int[] {j, i});
                    }
                }
            }
            return SparseMatrix.ofEntries(
                    moving(),
                    fixed(),
                    places.stream().mapToInt(p -> p[0]).toArray(),
                    places.stream().mapToInt(p -> p[1]).toArray(),
                    places.stream().mapToDouble(p -> x[p[1]][p[0]]).toArray());
        }
    }

    /** Statistics with marked surroundings, started at a value that must be added to. */
    static final class Statistics {
        static final double START = 0.75;
        final Placed negative;
        final Placed positive;

        Statistics(Problem problem, Step step) {
            double[][] start = new double[problem.rank][problem.moving()];
            Arrays.stream(start).forEach(row -> Arrays.fill(row, START));
            int[] shape = {problem.rank, problem.moving()};
            step.begin();
            negative = new Placed(start, shape, Layout.STRIDED, MARK);
            positive = step.kind() == SpanStep.Kind.BOTH ? new Placed(start, shape, Layout.STRIDED, MARK) : null;
        }

        DenseMatrix negative(int moving, int count) {
            return negative.view.slice(0, moving, negative.view.rows(), count);
        }

        DenseMatrix positive(int moving, int count) {
            return positive == null ? null : positive.view.slice(0, moving, positive.view.rows(), count);
        }

        /** The naive loop, over tiles' fixed vectors [fixedFrom, fixedTo) and moving ones [movingFrom, movingTo). */
        void check(
                Problem p,
                Step step,
                boolean sparse,
                int fixedFrom,
                int fixedTo,
                int movingFrom,
                int movingTo,
                String label) {
            negative.assertSurroundingsUntouched(label + ", negative");
            if (positive != null) {
                positive.assertSurroundingsUntouched(label + ", positive");
            }
            double logarithms = 0;
            double magnitude = 0;
            for (int i = fixedFrom; i < fixedTo && step.fused; i++) {
                for (int j = movingFrom; j < movingTo; j++) {
                    if (p.x[i][j] > 0 && (!sparse || p.stored[i][j])) {
                        double y = 0;
                        for (int l = 0; l < p.rank; l++) {
                            y += p.f[l][i] * p.m[l][j];
                        }
                        logarithms += p.x[i][j] * Math.log(y);
                        magnitude += p.x[i][j] * (1 + Math.abs(Math.log(y)));
                    }
                }
            }
            assertEquals(logarithms, step.logarithms, 1e-13 * magnitude, label + ", logarithms");
            for (int c = 0; c < p.rank; c++) {
                for (int j = 0; j < p.moving(); j++) {
                    double n = START;
                    double q = START;
                    for (int i = fixedFrom; i < fixedTo && movingFrom <= j && j < movingTo; i++) {
                        if (sparse && !p.stored[i][j]) {
                            continue;
                        }
                        double y = 0;
                        for (int l = 0; l < p.rank; l++) {
                            y += p.f[l][i] * p.m[l][j];
                        }
                        n += p.f[c][i] * step.negative(i, j, p.x[i][j], y);
                        q += p.f[c][i] * step.positive(i, j, p.x[i][j], y);
                    }
                    double relative = 4 * (fixedTo - fixedFrom + p.rank + 32) * EPS; // all terms are positive
                    assertNear(n, negative.view.get(c, j), relative * n, label + ", negative", c, j);
                    if (positive != null) {
                        assertNear(q, positive.view.get(c, j), relative * q, label + ", positive", c, j);
                    }
                }
            }
        }
    }

    static DenseMatrix fixed(Problem p) {
        return new Placed(p.f, new int[] {p.rank, p.fixed()}, Layout.STRIDED, Double.NaN).view;
    }

    static DenseMatrix moving(Problem p) {
        return new Placed(p.m, new int[] {p.rank, p.moving()}, Layout.STRIDED, Double.NaN).view;
    }

    private static double[][] positive(int rows, int columns, double scale, Random random) {
        double[][] entries = new double[rows][columns];
        for (double[] row : entries) {
            Arrays.setAll(row, j -> scale * (0.1 + random.nextDouble()));
        }
        return entries;
    }

    private static double[][] transpose(double[][] entries, int rows, int columns) {
        double[][] flipped = new double[columns][rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                flipped[j][i] = entries[i][j];
            }
        }
        return flipped;
    }
}
