package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartsTest {
    private static Factorization start(String name, Matrix x, int rank, Nmf.Builder builder) {
        return builder.rank(rank)
                .start(name)
                .stopWhen(StoppingRule.afterIterations(0))
                .build()
                .fit(x);
    }

    /** Up to one number per component and factor: starts are scaled to the data's sum, the reference's are not. */
    private static void assertParallel(Matrix found, Matrix expected, boolean byColumn, double tolerance) {
        int components = byColumn ? expected.columns() : expected.rows();
        int vectors = byColumn ? expected.rows() : expected.columns();
        double factor = 0;
        for (int c = 0; c < components; c++) {
            double a = 0;
            double b = 0;
            double largest = 0;
            for (int j = 0; j < vectors; j++) {
                a += byColumn ? found.get(j, c) : found.get(c, j);
                double value = byColumn ? expected.get(j, c) : expected.get(c, j);
                b += value;
                largest = Math.max(largest, value);
            }
            factor = c == 0 ? a / b : factor;
            for (int j = 0; j < vectors; j++) {
                double value = byColumn ? expected.get(j, c) : expected.get(c, j);
                assertThat(byColumn ? found.get(j, c) : found.get(c, j))
                        .as("component %d, vector %d", c, j)
                        .isCloseTo(factor * value, within(tolerance * factor * largest));
            }
        }
    }

    /** From an exact singular value decomposition of the normalised data, entries below 1e-6 set to zero. */
    @Test
    void nndsvdAgreesWithTheReference() throws IOException {
        Path small = ReferenceFiles.folder().resolve("small");
        DenseMatrix x = ReferenceFiles.npy(small.resolve("X.npy"));
        DenseMatrix w = ReferenceFiles.npy(small.resolve("init/nndsvd_plain_W.npy"));
        DenseMatrix h = ReferenceFiles.npy(small.resolve("init/nndsvd_plain_H.npy"));
        for (Matrix stored : List.of(x, SparseMatrix.of(x))) {
            for (String backend : Backends.usable()) {
                Factorization fit =
                        start("nndsvd", stored, 3, Nmf.builder().normalized().backend(backend));
                assertParallel(fit.w(), w, true, 1e-9);
                assertParallel(fit.h(), h, false, 1e-9);
            }
        }
    }

    /** Where the short side is long, the iterated random subspace finds the same leading vectors. */
    @Test
    void iteratedSubspaceAgreesWithTheExactDecomposition() {
        DenseMatrix left = EquivalenceTest.random(1, 300, 6, 0.5, 0);
        DenseMatrix right = EquivalenceTest.random(2, 6, 400, 0.5, 0);
        DenseMatrix x = DenseMatrix.zeros(300, 400);
        new PortableBackend().multiply(LinearAlgebraBackend.Product.AB, left, right, 0, x);
        Factorization all = start("nndsvd", x, 4, Nmf.builder());
        // The leading pair of a positive matrix is positive: its product with X must be a multiple of the other.
        double[] image = new double[400];
        double scale = 0;
        for (int j = 0; j < 400; j++) {
            for (int i = 0; i < 300; i++) {
                image[j] += all.w().get(i, 0) * x.get(i, j);
            }
            scale += image[j];
        }
        double sum = 0;
        for (int j = 0; j < 400; j++) {
            sum += all.h().get(0, j);
        }
        for (int j = 0; j < 400; j++) {
            assertThat(image[j] / scale).isCloseTo(all.h().get(0, j) / sum, within(1e-12));
        }
    }

    static final List<String> ALL =
            List.of("random", "random-acol", "nndsvd", "nndsvda", "nndsvdar", "nndsvd-fill", "spa", "kmeans");

    static List<String> all() {
        return ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void startsHaveTheSumOfTheDataAndNoZeros(String name) {
        DenseMatrix x = EquivalenceTest.random(3, 40, 300, 0.5, 0.1);
        Factorization fit = start(name, x, 5, Nmf.builder());
        double model = 0;
        double data = 0;
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 300; j++) {
                data += x.get(i, j);
                for (int c = 0; c < 5; c++) {
                    model += fit.w().get(i, c) * fit.h().get(c, j);
                    assertThat(fit.h().get(c, j)).isGreaterThanOrEqualTo(1e-14);
                }
            }
        }
        assertThat(model).isCloseTo(data, within(1e-9 * data));
    }

    /** The scalar is the best one: both a little more and a little less cost more. */
    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 0.5, 1, 1.5, 2, 3})
    void startsHaveTheScaleThatFitsTheLoss(double beta) {
        DenseMatrix x = EquivalenceTest.random(3, 40, 30, 0, 0.3);
        Factorization fit = start("random", x, 3, Nmf.builder().loss(new BetaDivergence(beta)));
        for (double factor : new double[] {0.99, 1.01}) {
            DenseMatrix h = fit.h().toDense();
            h.scale(factor);
            Factorization moved = Nmf.builder()
                    .rank(3)
                    .loss(new BetaDivergence(beta))
                    .startW(fit.w())
                    .startH(h)
                    .stopWhen(StoppingRule.afterIterations(0))
                    .build()
                    .fit(x);
            assertThat(moved.objective()).as("times %s", factor).isGreaterThan(fit.objective());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void startsDoNotDependOnStorageOrThreads(String name) {
        DenseMatrix x = EquivalenceTest.random(5, 60, 300, 0.9, 0.0);
        Factorization dense = start(name, x, 3, Nmf.builder());
        Factorization sparse = start(name, SparseMatrix.of(x), 3, Nmf.builder());
        Factorization threaded = start(name, x, 3, Nmf.builder().threads(3));

        assertThat(threaded.w().toDense()).isEqualTo(dense.w().toDense());
        assertThat(threaded.h().toDense()).isEqualTo(dense.h().toDense());
        assertThat(sparse.objective()).isCloseTo(dense.objective(), within(1e-9 * dense.objective()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void startsThatVaryDependOnTheSeed(String name) {
        DenseMatrix x = EquivalenceTest.random(5, 30, 50, 0.5, 0.1);
        boolean varies = Plugins.load().find(Start.class, name).varies();
        DenseMatrix one = start(name, x, 3, Nmf.builder().seed(1)).w().toDense();
        DenseMatrix two = start(name, x, 3, Nmf.builder().seed(2)).w().toDense();
        if (varies) {
            assertThat(one).isNotEqualTo(two);
        } else {
            assertThat(one).isEqualTo(two);
        }
    }

    /** Each component has columns of its own, at various doses. */
    private static DenseMatrix separable(DenseMatrix spectra, int columns) {
        DenseMatrix h = EquivalenceTest.random(12, spectra.columns(), columns, 0, 0.1);
        for (int c = 0; c < h.rows(); c++) {
            for (int a = 0; a < h.rows(); a++) {
                h.set(a, 7 * c + 3, a == c ? 0.5 + c : 0.0);
            }
        }
        DenseMatrix x = DenseMatrix.zeros(spectra.rows(), columns);
        new PortableBackend().multiply(LinearAlgebraBackend.Product.AB, spectra, h, 0, x);
        return x;
    }

    private static double nearest(Matrix w, DenseMatrix spectra, int a) {
        double best = 0;
        for (int c = 0; c < w.columns(); c++) {
            double dot = 0;
            double left = 0;
            double right = 0;
            for (int i = 0; i < w.rows(); i++) {
                dot += w.get(i, c) * spectra.get(i, a);
                left += w.get(i, c) * w.get(i, c);
                right += spectra.get(i, a) * spectra.get(i, a);
            }
            best = Math.max(best, dot / Math.sqrt(left * right));
        }
        return best;
    }

    @Test
    void successiveProjectionFindsThePureColumns() {
        DenseMatrix spectra = EquivalenceTest.random(11, 25, 4, 0, 0.1);
        Factorization fit = start("spa", separable(spectra, 60), 4, Nmf.builder());
        for (int a = 0; a < 4; a++) {
            assertThat(nearest(fit.w(), spectra, a)).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void sphericalMeansFindTheDirectionsOfClusters() {
        DenseMatrix spectra = EquivalenceTest.random(13, 25, 4, 0.5, 0.0);
        DenseMatrix x = EquivalenceTest.random(14, 25, 80, 0, 0.0);
        for (int j = 0; j < 80; j++) {
            for (int i = 0; i < 25; i++) {
                x.set(i, j, (1 + j % 5) * spectra.get(i, j % 4) + 0.02 * x.get(i, j));
            }
        }
        Factorization fit = start("kmeans", x, 4, Nmf.builder());
        for (int a = 0; a < 4; a++) {
            assertThat(nearest(fit.w(), spectra, a)).isGreaterThan(0.99);
        }
    }

    /** More components than X has columns, or directions: those without data of their own are random, not dead. */
    @ParameterizedTest
    @ValueSource(strings = {"nndsvd-fill", "spa", "kmeans", "random-acol"})
    void componentsBeyondTheDataAreAlive(String name) {
        DenseMatrix x = EquivalenceTest.random(15, 12, 3, 0, 0.1);
        Factorization fit = start(name, x, 5, Nmf.builder());
        for (int c = 0; c < 5; c++) {
            for (int j = 0; j < 3; j++) {
                assertThat(fit.h().get(c, j)).isGreaterThan(1e-6);
            }
        }
    }

    @Test
    void nndsvdaFillsZerosWithTheMeanAndNndsvdarWithLess() {
        DenseMatrix x = EquivalenceTest.random(4, 40, 300, 0.8, 0.1);
        double plain = smallest(start("nndsvd", x, 4, Nmf.builder()).h());
        double mean = smallest(start("nndsvda", x, 4, Nmf.builder()).h());
        double less = smallest(start("nndsvdar", x, 4, Nmf.builder()).h());

        assertThat(plain).isEqualTo(1e-14);
        assertThat(less).isGreaterThan(plain).isLessThan(mean);
    }

    private static double smallest(Matrix h) {
        double least = Double.POSITIVE_INFINITY;
        for (double value : h.toDense().data()) {
            least = Math.min(least, value);
        }
        return least;
    }

    /** With a dictionary that spans the data the start already lies in its cone. */
    @Test
    void aDictionaryStartIsNonNegativeLeastSquares() {
        DenseMatrix g = EquivalenceTest.random(5, 30, 4, 0.3, 0.1);
        DenseMatrix w = EquivalenceTest.random(6, 4, 2, 0, 0.1);
        DenseMatrix h = EquivalenceTest.random(7, 2, 200, 0.4, 0.1);
        PortableBackend backend = new PortableBackend();
        DenseMatrix spectra = DenseMatrix.zeros(30, 2);
        DenseMatrix x = DenseMatrix.zeros(30, 200);
        backend.multiply(LinearAlgebraBackend.Product.AB, g, w, 0, spectra);
        backend.multiply(LinearAlgebraBackend.Product.AB, spectra, h, 0, x);
        Factorization through = start("nndsvdar", x, 2, Nmf.builder().dictionary(g));
        Factorization random = start("random", x, 2, Nmf.builder().dictionary(g));

        assertThat(through.w().rows()).isEqualTo(4);
        assertThat(through.objective()).isLessThan(0.5 * random.objective());
    }

    @Test
    void aGivenStartIsUsedAsItIs() {
        DenseMatrix x = EquivalenceTest.random(8, 10, 20, 0.3, 0.1);
        DenseMatrix w = EquivalenceTest.random(9, 10, 3, 0, 0.1);
        DenseMatrix h = EquivalenceTest.random(10, 3, 20, 0, 0.1);
        Factorization fit = Nmf.builder()
                .rank(3)
                .startW(w)
                .startH(h)
                .stopWhen(StoppingRule.afterIterations(0))
                .build()
                .fit(x);

        assertThat(fit.w().toDense()).isEqualTo(w);
        assertThat(fit.h().toDense()).isEqualTo(h);
        assertThat(fit.trace().rows()).hasSize(1);
        assertThat(fit.iterations()).isZero();
    }
}
