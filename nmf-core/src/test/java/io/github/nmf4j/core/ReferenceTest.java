package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.Surrogate;
import io.github.nmf4j.regularizers.Laplacian;
import io.github.nmf4j.regularizers.LogPenalty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Iterates of ESPM 1.1.3 (double precision, NumPy 1.24), one folder a configuration: objective, W and H after 1 and 50
 * iterations. Tolerances are those its README recommends: another order of summation moves results by 1e-14, and 1e-10 on
 * the objective and 1e-9 on the factors leave room for fifty iterations of that.
 */
class ReferenceTest {
    private static final double OBJECTIVE = 1e-10;
    private static final double FACTORS = 1e-9;
    /** The reference's root of the quadratic loses digits where its coefficient is small. */
    private static final double ADAPTIVE_QUADRATIC = 1e-6;

    static Stream<ArgumentSet> configurations() {
        return Backends.usable().stream()
                .flatMap(backend -> Stream.of(
                                "a_kl_noG",
                                "b_kl_G",
                                "c_kl_G_simplexH",
                                "c2_kl_G_simplexH_raw",
                                "c3_kl_noG_simplexH",
                                "d_kl_G_simplexW",
                                "d2_kl_noG_simplexW",
                                "e_logreg",
                                "e2_logreg_eps",
                                "f_logreg_vector",
                                "g_lapl_log",
                                "h_lapl_l2",
                                "h2_lapl_l2_free",
                                "i0_full",
                                "i_full_linesearch",
                                "i2_l2_linesearch",
                                "j_bmd_noG",
                                "j2_bmd_G",
                                "j3_bmd_full",
                                "k2_frobenius_mu",
                                "m_projgrad",
                                "m2_projgrad_linesearch",
                                "n_lapl_noshape",
                                "q_stop_rel",
                                "q2_stop_change")
                        .map(name -> org.junit.jupiter.params.provider.Arguments.argumentSet(
                                name + " on " + backend, name, backend)));
    }

    private static Path small() {
        return ReferenceFiles.folder().resolve("small");
    }

    private record Configuration(Properties of, String name) {
        String get(String key) {
            return of.getProperty(key);
        }

        boolean is(String key) {
            return Boolean.parseBoolean(get(key));
        }

        double number(String key) {
            return Double.parseDouble(get(key));
        }

        int iterations() {
            return Integer.parseInt(get("iterations"));
        }

        DenseMatrix file(String key) throws IOException {
            return ReferenceFiles.npy(small().resolve(get(key)));
        }

        double scale() {
            return is("normalize") ? number("norm_factor") : 1;
        }
    }

    private static Configuration configuration(String name) throws IOException {
        return new Configuration(ReferenceFiles.properties(small().resolve(name).resolve("config.properties")), name);
    }

    private static Matrix times(DenseMatrix matrix, double factor) {
        DenseMatrix product = matrix.copy();
        for (int i = 0; i < product.data().length; i++) {
            product.data()[i] *= factor;
        }
        return product;
    }

    private static Nmf.Builder builder(Configuration c, int iterations) throws IOException {
        return builder(c, StoppingRule.afterIterations(iterations), new NoAcceleration());
    }

    private static Nmf.Builder builder(Configuration c, StoppingRule stop, Acceleration acceleration)
            throws IOException {
        Nmf.Builder nmf = Nmf.builder()
                .solver(solver(c))
                .acceleration(acceleration)
                .rank(3)
                .loss(c.is("l2") ? new Euclidean() : new KullbackLeibler())
                .startW(times(c.file("W0"), 1 / c.scale()))
                .startH(c.file("H0"))
                .stopWhen(stop);
        if (!c.get("G").equals("identity")) {
            nmf.dictionary(c.file("G"));
        }
        if (c.is("normalize")) {
            nmf.normalized();
        }
        constrain(c, nmf);
        penalize(c, nmf);
        return nmf;
    }

    private static Solver solver(Configuration c) {
        return switch (c.get("algo")) {
            case "bmd" -> new Bregman();
            case "projected_gradient" -> {
                String[] curvatures = c.get("gamma").split(",");
                yield new ProjectedGradient(
                        Double.parseDouble(curvatures[0]), Double.parseDouble(curvatures[1]), c.is("linesearch"));
            }
            default -> new MajorizeMinimize();
        };
    }

    /** Both end because the objective fell by less than the tolerance, relative to that of the start. */
    @ParameterizedTest
    @ValueSource(strings = {"q_stop_rel", "q2_stop_change"})
    void theStopOfTheReferenceFiresWhereItDidThere(String name) throws IOException {
        Configuration c = configuration(name);
        StoppingRule stop = StoppingRule.afterIterations(1000).orChangeBelow(c.number("tol"));
        Factorization fit = builder(c, stop, new NoAcceleration()).build().fit(c.file("X"));

        assertThat(fit.stop()).isEqualTo(StopReason.CHANGE);
        assertThat(fit.iterations()).isEqualTo(c.iterations());
    }

    /** Each iteration's largest relative change of an entry is that of the reference: the rule fires just above it. */
    @Test
    void changesOfTheFactorsAreThoseOfTheReference() throws IOException {
        Configuration c = configuration("q2_stop_change");
        double tolerance = c.number("tol");
        List<double[]> expected = ReferenceFiles.csv(small().resolve(c.name).resolve("trace.csv"));
        Acceleration watch = new Acceleration() {
            @Override
            public String name() {
                return "watch";
            }

            @Override
            public Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem) {
                Iterate now = start;
                Iterate next = start.copy();
                for (int i = 1; sweep.run(now, next, gate); i++) {
                    assertThat(Monitor.change(now.values(Factor.W), next.values(Factor.W), tolerance))
                            .isCloseTo(expected.get(i)[6], within(1e-9 * expected.get(i)[6]));
                    assertThat(Monitor.change(now.values(Factor.H), next.values(Factor.H), tolerance))
                            .isCloseTo(expected.get(i)[7], within(1e-9 * expected.get(i)[7]));
                    Iterate free = now;
                    now = next;
                    next = free;
                }
                return now;
            }
        };
        builder(c, StoppingRule.afterIterations(25), watch).build().fit(c.file("X"));
    }

    private static void constrain(Configuration c, Nmf.Builder nmf) throws IOException {
        Stream.Builder<io.github.nmf4j.api.Constraint> ofH = Stream.builder();
        Stream.Builder<io.github.nmf4j.api.Constraint> ofW = Stream.builder();
        if (c.is("simplex_H")) {
            ofH.add(new UnitColumns());
        }
        if (c.is("simplex_W")) {
            ofW.add(new UnitColumns());
        }
        if (!"none".equals(c.of.getProperty("fixed_H", "none"))) {
            ofH.add(new FixedEntries(c.file("fixed_H")));
        }
        if (!"none".equals(c.of.getProperty("fixed_W", "none"))) {
            ofW.add(new FixedEntries(unscaled(c.file("fixed_W"), c.scale())));
        }
        nmf.constrainH(ofH.build().toArray(io.github.nmf4j.api.Constraint[]::new));
        nmf.constrainW(ofW.build().toArray(io.github.nmf4j.api.Constraint[]::new));
    }

    /** The marks of free entries stay. */
    private static DenseMatrix unscaled(DenseMatrix fixed, double scale) {
        for (int i = 0; i < fixed.data().length; i++) {
            fixed.data()[i] = fixed.data()[i] < 0 ? Double.NaN : fixed.data()[i] / scale;
        }
        return fixed;
    }

    private static void penalize(Configuration c, Nmf.Builder nmf) {
        Regularizer penalty = penalty(c);
        if (penalty != null) {
            nmf.penalizeH(penalty);
        }
    }

    private static Regularizer penalty(Configuration c) {
        double[] mu = Arrays.stream(c.get("mu").split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        Regularizer penalty = null;
        if (Arrays.stream(mu).anyMatch(m -> m > 0)) {
            penalty = new LogPenalty(c.number("epsilon_reg")).times(mu);
        }
        double lambda = c.number("lambda_L");
        if (lambda > 0) {
            Regularizer smooth = c.get("shape_2d").equals("none") ? new IdentityByLog() : laplacian(c);
            smooth = smooth.times(lambda);
            penalty = penalty == null ? smooth : penalty.plus(smooth);
        }
        return penalty;
    }

    private static Regularizer laplacian(Configuration c) {
        String[] sides = c.get("shape_2d").split(",");
        Shape shape = new Shape(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        return new Laplacian(shape)
                .with(Arguments.NONE
                        .and("shape", shape)
                        .and("majorizer", c.get("algo").equals("l2_surrogate") ? "quadratic" : "log")
                        .and("step", c.is("linesearch") ? "adaptive" : "8"));
    }

    /** ½Σh² by the log surrogate: what the reference does with a Laplacian weight and no image. */
    private record IdentityByLog() implements Regularizer {
        private static final double STEP = 8;

        @Override
        public String name() {
            return "identity";
        }

        @Override
        public Reads reads() {
            return Reads.FACTOR;
        }

        @Override
        public boolean convex() {
            return true;
        }

        @Override
        public boolean majorizes() {
            return false;
        }

        @Override
        public Term at(FactorView now) {
            double[] largest = new double[now.rank()];
            for (int c = 0; c < now.rank(); c++) {
                for (int j = 0; j < now.vectors(); j++) {
                    largest[c] = Math.max(largest[c], now.get(c, j));
                }
            }
            return new Term() {
                @Override
                public void value(Surrogate block, double[] shares) {
                    for (int c = 0; c < block.rank(); c++) {
                        for (int j = 0; j < block.count(); j++) {
                            shares[c] += 0.5 * block.at(c)[j] * block.at(c)[j];
                        }
                    }
                }

                @Override
                public void majorize(Surrogate block) {
                    for (int c = 0; c < block.rank(); c++) {
                        double[] h = block.at(c);
                        double[] linear = block.linear(c);
                        double[] log = block.log(c);
                        for (int j = 0; j < block.count(); j++) {
                            linear[j] += STEP * largest[c] + h[j];
                            log[j] += STEP * largest[c] * h[j];
                        }
                    }
                }
            };
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void agreesAfterOneAndAfterAllIterations(String name, String backend) throws IOException {
        Configuration c = configuration(name);
        boolean adaptive = name.equals("i2_l2_linesearch");
        for (int iterations : new int[] {1, c.iterations()}) {
            Factorization fit = builder(c, iterations).backend(backend).build().fit(c.file("X"));

            assertThat(fit.scale()).isCloseTo(c.scale(), within(1e-15));
            compareTraces(c, fit, adaptive ? ADAPTIVE_QUADRATIC : OBJECTIVE, 0);
            Path folder = small().resolve(name);
            double tolerance = adaptive ? ADAPTIVE_QUADRATIC : FACTORS;
            DenseMatrix w = ReferenceFiles.npy(folder.resolve("W" + iterations + ".npy"));
            assertClose("W", times(fit.w().toDense(), fit.scale()), w, tolerance);
            DenseMatrix h = ReferenceFiles.npy(folder.resolve("H" + iterations + ".npy"));
            assertClose("H", fit.h(), h, tolerance);
        }
    }

    /**
     * The reference starts with fixed entries that do not hold yet and updates the other factor once with them; ours hold from
     * the start, so the comparison begins after that first iteration.
     */
    @ParameterizedTest
    @ValueSource(strings = {"l_fixed_W", "l3_fixed_both"})
    void agreesWithFixedEntriesOnceTheyHold(String name) throws IOException {
        Configuration c = configuration(name);
        Path folder = small().resolve(name);
        c.of.setProperty("W0", name + "/W1.npy");
        c.of.setProperty("H0", name + "/H1.npy");
        for (String backend : Backends.usable()) {
            Factorization fit = builder(c, 49).backend(backend).build().fit(c.file("X"));

            compareTraces(c, fit, OBJECTIVE, 1);
            DenseMatrix w = ReferenceFiles.npy(folder.resolve("W50.npy"));
            assertClose("W", times(fit.w().toDense(), fit.scale()), w, FACTORS);
            assertClose("H", fit.h(), ReferenceFiles.npy(folder.resolve("H50.npy")), FACTORS);
        }
    }

    private static void compareTraces(Configuration c, Factorization fit, double tolerance, int done)
            throws IOException {
        List<double[]> expected = ReferenceFiles.csv(small().resolve(c.name).resolve("trace.csv"));
        DenseMatrix x = c.file("X");
        double entries = (double) x.rows() * x.columns();
        for (Trace.Row row : fit.trace().rows()) {
            double total = expected.get(row.iteration() + done)[1];
            assertThat(row.objective() / entries)
                    .as("objective after %d iterations", row.iteration())
                    .isCloseTo(total, within(tolerance * Math.abs(total)));
        }
    }

    private static void assertClose(String name, Matrix found, Matrix expected, double tolerance) {
        double largest = 0;
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                largest = Math.max(largest, expected.get(i, j));
            }
        }
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                assertThat(found.get(i, j))
                        .as("%s[%d, %d]", name, i, j)
                        .isCloseTo(expected.get(i, j), within(tolerance * largest));
            }
        }
    }

    /** The reference sets fixed entries after the multiplier, so that its columns no longer sum to 1; ours do both. */
    @Test
    void fixedEntriesStayInsideTheSimplex() throws IOException {
        Configuration c = configuration("l2_fixed_H");
        DenseMatrix fixed = c.file("fixed_H");
        Factorization fit = builder(c, 50).build().fit(c.file("X"));

        for (int j = 0; j < fixed.columns(); j++) {
            double sum = 0;
            for (int a = 0; a < fixed.rows(); a++) {
                sum += fit.h().get(a, j);
                if (fixed.get(a, j) >= 0) {
                    assertThat(fit.h().get(a, j)).isEqualTo(fixed.get(a, j));
                }
            }
            assertThat(sum).as("column %d", j).isCloseTo(1, within(1e-14));
        }
        assertDescends(fit);
    }

    /** Empty lines need no replacement by a small number: a column without counts goes to one component whole. */
    @Test
    void emptyLinesKeepTheConstraint() throws IOException {
        Configuration c = configuration("o_zero_lines");
        DenseMatrix x = c.file("X");
        Factorization fit = builder(c, 50).build().fit(x);

        for (int j = 0; j < x.columns(); j++) {
            double sum = 0;
            double largest = 0;
            double counts = 0;
            for (int a = 0; a < 3; a++) {
                sum += fit.h().get(a, j);
                largest = Math.max(largest, fit.h().get(a, j));
            }
            for (int i = 0; i < x.rows(); i++) {
                counts += x.get(i, j);
            }
            assertThat(sum).as("column %d", j).isCloseTo(1, within(1e-14));
            if (counts == 0) {
                assertThat(largest).as("largest entry of empty column %d", j).isCloseTo(1, within(1e-12));
            }
        }
        assertDescends(fit);
    }

    /** The reference mixes a Kullback–Leibler step for H with a Euclidean objective there; ours is Euclidean throughout. */
    @Test
    void euclideanLossIsEuclideanInBothHalfSteps() throws IOException {
        Configuration asIs = configuration("k_l2_as_is");
        Factorization fit = builder(asIs, 50).build().fit(asIs.file("X"));
        Configuration right = configuration("k2_frobenius_mu");
        List<double[]> expected =
                ReferenceFiles.csv(small().resolve("k2_frobenius_mu").resolve("trace.csv"));

        assertThat(asIs.get("W0")).isEqualTo(right.get("W0"));
        double entries = fit.w().rows() == 0 ? 1 : 60.0 * 320;
        assertThat(fit.objective() / entries).isCloseTo(expected.get(50)[1], within(1e-10 * expected.get(50)[1]));
        assertDescends(fit);
    }

    private static void assertDescends(Factorization fit) {
        double last = Double.POSITIVE_INFINITY;
        for (Trace.Row row : fit.trace().rows()) {
            assertThat(row.objective()).isLessThanOrEqualTo(last * (1 + 1e-12));
            last = row.objective();
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("io.github.nmf4j.core.Backends#usable")
    void agreesWithTheToyProblemAtFullSize(String backend) throws IOException {
        int iterations = backend.equals("portable") ? 200 : 40;
        Path folder = ReferenceFiles.folder().resolve("toy-full");
        double scale = 0.0067968027839704202;
        Regularizer smooth = new Laplacian(new Shape(100, 100))
                .with(Arguments.NONE
                        .and("shape", new Shape(100, 100))
                        .and("majorizer", "log")
                        .and("step", "8"));
        Factorization fit = Nmf.builder()
                .solver("mm")
                .acceleration("none")
                .rank(3)
                .dictionary(ReferenceFiles.npy(folder.resolve("G.npy")))
                .startW(times(ReferenceFiles.npy(folder.resolve("W0.npy")), 1 / scale))
                .startH(ReferenceFiles.npy(folder.resolve("H0.npy")))
                .normalized()
                .constrainH(new UnitColumns())
                .penalizeH(smooth.times(2).plus(new LogPenalty(1).times(0.05)))
                .backend(backend)
                .threads(2)
                .stopWhen(StoppingRule.afterIterations(iterations))
                .build()
                .fit(ReferenceFiles.npy(folder.resolve("X.npy")));
        assertThat(fit.iterations()).isEqualTo(iterations);

        List<double[]> tight = ReferenceFiles.csv(folder.resolve("trace_notebook_200_tight.csv"));
        List<double[]> loose = ReferenceFiles.csv(folder.resolve("trace_notebook_200.csv"));
        for (Trace.Row row : fit.trace().rows()) {
            double mean = row.objective() / (200.0 * 10000);
            double exact = tight.get(row.iteration())[1];
            assertThat(mean).isCloseTo(exact, within(1e-9 * exact));
            assertThat(mean).isCloseTo(loose.get(row.iteration())[1], within(1e-6 * exact));
        }
    }

    @Tag("slow")
    @Test
    void agreesWithAMeasuredSpectrumImage() throws IOException {
        Path folder = ReferenceFiles.folder().resolve("edx-88");
        DenseMatrix x = ReferenceFiles.npy(folder.resolve("counts.npy.gz"));
        double total = Arrays.stream(x.data()).sum();
        double scale = 3 / (total / x.columns());
        Shape shape = new Shape(80, 80);
        Factorization fit = Nmf.builder()
                .solver("mm")
                .acceleration("none")
                .rank(3)
                .startW(times(ReferenceFiles.npy(folder.resolve("W0.npy")), 1 / scale))
                .startH(ReferenceFiles.npy(folder.resolve("H0.npy")))
                .normalized()
                .constrainH(new UnitColumns())
                .penalizeH(new Laplacian(shape)
                        .with(Arguments.NONE
                                .and("shape", shape)
                                .and("majorizer", "log")
                                .and("step", "8"))
                        .times(100))
                .threads(2)
                .stopWhen(StoppingRule.afterIterations(60))
                .build()
                .fit(io.github.nmf4j.api.SparseMatrix.of(x));

        List<double[]> expected = ReferenceFiles.csv(folder.resolve("trace_lambda100.csv"));
        for (Trace.Row row : fit.trace().rows()) {
            double value = expected.get(row.iteration())[1];
            assertThat(row.objective() / ((double) x.rows() * x.columns())).isCloseTo(value, within(1e-6 * value));
        }
    }
}
