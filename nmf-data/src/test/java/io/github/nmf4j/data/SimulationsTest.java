package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationsTest {
    private static double[] columnSums(Matrix matrix) {
        double[] sums = new double[matrix.columns()];
        double[] row = new double[matrix.columns()];
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.read(i, 0, 1, row.length, row, 0, row.length);
            for (int j = 0; j < row.length; j++) {
                sums[j] += row[j];
            }
        }
        return sums;
    }

    private static DenseMatrix product(DenseMatrix a, DenseMatrix b) {
        DenseMatrix product = DenseMatrix.zeros(a.rows(), b.columns());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.columns(); j++) {
                for (int q = 0; q < a.columns(); q++) {
                    product.set(i, j, product.get(i, j) + a.get(i, q) * b.get(q, j));
                }
            }
        }
        return product;
    }

    /** Counts minus means, squared and divided by the means, have mean one; their sum has mean zero. */
    private static void assertPoisson(Matrix x, DenseMatrix mean) {
        double difference = 0;
        double scaled = 0;
        double total = 0;
        double spread = 0;
        int entries = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                double m = mean.get(i, j);
                double d = x.get(i, j) - m;
                difference += d;
                total += m;
                if (m > 0.05) { // rarer counts would need more of them for a bound
                    scaled += d * d / m;
                    spread += 2 + 1 / m;
                    entries++;
                }
            }
        }
        assertThat(difference).isBetween(-5 * Math.sqrt(total), 5 * Math.sqrt(total));
        assertThat(scaled).isBetween(entries - 5 * Math.sqrt(spread), entries + 5 * Math.sqrt(spread));
    }

    @Test
    void spectralImageHasTheSizesAndTheTruthItSays() {
        SpectralImage image = SpectralImage.builder().seed(42).simulate();
        assertThat(image.x().rows()).isEqualTo(200);
        assertThat(image.x().columns()).isEqualTo(10_000);
        assertThat(image.dictionary().columns()).isEqualTo(15);
        assertThat(image.shape()).isEqualTo(new Shape(100, 100));
        for (double s : columnSums(image.dictionary())) {
            assertThat(s).isBetween(1 - 1e-12, 1 + 1e-12);
        }
        for (double s : columnSums(image.h())) {
            assertThat(s).isBetween(1 - 1e-12, 1 + 1e-12);
        }
        for (double s : columnSums(image.spectra())) {
            assertThat(s).isBetween(150.0, 600.0);
        }
        for (double v : image.h().data()) {
            assertThat(v).isBetween(0.0, 1.0);
        }
        for (double v : image.w().data()) {
            assertThat(v).isPositive();
        }
        double[] product = product(image.dictionary(), image.w()).data();
        for (int e = 0; e < product.length; e++) {
            assertThat(image.spectra().data()[e]).isBetween(product[e] * (1 - 1e-14), product[e] * (1 + 1e-14));
        }
        assertPoisson(image.x(), product(image.spectra(), image.h()));
        assertThat(image.x()).hasToString("UnsignedShorts 200 x 10000");
    }

    /** Every phase is nearly pure somewhere, and neighbours are alike. */
    @Test
    void mapsAreSmoothAndEveryPhaseHasItsPlace() {
        for (int rank = 1; rank <= 6; rank++) {
            DenseMatrix h = SpectralImage.builder()
                    .rank(rank)
                    .channels(10)
                    .seed(rank)
                    .simulate()
                    .h();
            double steps = 0;
            for (int r = 0; r < rank; r++) {
                double most = 0;
                for (int j = 0; j < 10_000; j++) {
                    most = Math.max(most, h.get(r, j));
                    steps += j % 100 == 0 ? 0 : Math.abs(h.get(r, j) - h.get(r, j - 1));
                }
                assertThat(most).as("rank %d, phase %d", rank, r).isGreaterThan(0.9);
            }
            assertThat(steps / rank / 9_900).isLessThan(0.02);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 1, 1x1, 0", "5, 3, 7, 2x9, 1e6", "40, 4, 2, 20x1, 1e5"})
    void oddSpectralImagesAreImagesToo(int channels, int atoms, int rank, String shape, double photons) {
        SpectralImage image = SpectralImage.builder()
                .channels(channels)
                .atoms(atoms)
                .rank(rank)
                .shape(Shape.parse(shape))
                .photons(photons)
                .seed(7)
                .simulate();
        for (double s : columnSums(image.h())) {
            assertThat(s).isBetween(1 - 1e-12, 1 + 1e-12);
        }
        assertPoisson(image.x(), product(image.spectra(), image.h()));
    }

    /** Two wedges that are not quite opposite leave a corner of the image to neither. */
    @Test
    void everyPixelHasAPhase() {
        for (Maps maps : Maps.values()) {
            for (int seed = 0; seed < 40; seed++) {
                DenseMatrix h = DenseMatrix.zeros(2, 400);
                maps.draw(new Draws(seed), new Shape(20, 20), h);
                for (double s : columnSums(h)) {
                    assertThat(s).as("%s, seed %d", maps, seed).isBetween(1 - 1e-12, 1 + 1e-12);
                }
            }
        }
    }

    @Test
    void clustersHaveUnitDeviationsAndLieAroundTheirCentres() {
        Clusters clusters =
                Clusters.builder().samples(2000).features(60).noise(0.2).seed(5).simulate();
        DenseMatrix x = clusters.x();
        double[] means = columnSums(x);
        for (int j = 0; j < 60; j++) {
            double squares = 0;
            for (int i = 0; i < 2000; i++) {
                double d = x.get(i, j) - means[j] / 2000;
                squares += d * d;
            }
            assertThat(Math.sqrt(squares / 2000)).isBetween(1 - 1e-12, 1 + 1e-12);
        }
        int[] sizes = new int[5];
        int nearest = 0;
        double relative = 0;
        for (int i = 0; i < 2000; i++) {
            sizes[clusters.labels()[i]]++;
            double least = Double.POSITIVE_INFINITY;
            int best = -1;
            for (int c = 0; c < 5; c++) {
                double distance = 0;
                for (int j = 0; j < 60; j++) {
                    double d = x.get(i, j) - clusters.centres().get(c, j);
                    distance += d * d;
                }
                if (distance < least) {
                    least = distance;
                    best = c;
                }
            }
            nearest += best == clusters.labels()[i] ? 1 : 0;
            for (int j = 0; j < 60; j++) {
                assertThat(x.get(i, j)).isNotNegative();
                double d = x.get(i, j) / clusters.centres().get(clusters.labels()[i], j) - 1;
                relative += d * d;
            }
        }
        assertThat(nearest).isGreaterThan(1990);
        for (int size : sizes) {
            assertThat(size).isBetween(300, 500);
        }
        assertThat(Math.sqrt(relative / 120_000)).isBetween(0.198, 0.202);
    }

    @Test
    void clustersWithoutNoiseAreTheirCentres() {
        Clusters clusters =
                Clusters.builder().samples(30).features(4).clusters(1).noise(0).simulate();
        for (int i = 0; i < 30; i++) {
            assertThat(clusters.x().slice(i, 0, 1, 4)).isEqualTo(clusters.centres());
        }
    }

    @Test
    void topicsAreSparseCountsAroundTheirFactors() {
        Topics topics = Topics.builder()
                .documents(400)
                .words(300)
                .topics(4)
                .length(50)
                .seed(3)
                .simulate();
        assertThat(topics.x().stored()).isLessThan(400 * 300 / 4);
        for (double count : topics.x().values()) {
            assertThat(count).isPositive().isEqualTo(Math.rint(count));
        }
        for (double s : columnSums(topics.h().transposed())) {
            assertThat(s).isBetween(1 - 1e-12, 1 + 1e-12);
        }
        for (double s : columnSums(topics.w().transposed())) {
            assertThat(s).isBetween(50 - 1e-10, 50 + 1e-10);
        }
        assertPoisson(topics.x(), product(topics.w(), topics.h()));
    }

    @Test
    void aSeedIsAllThatMatters() {
        for (long seed = 1; seed <= 2; seed++) {
            assertThat(image(seed)).isEqualTo(image(seed)).isNotEqualTo(image(seed + 1));
            assertThat(clusters(seed)).isEqualTo(clusters(seed)).isNotEqualTo(clusters(seed + 1));
            assertThat(topics(seed)).isEqualTo(topics(seed)).isNotEqualTo(topics(seed + 1));
        }
    }

    private static DenseMatrix image(long seed) {
        return SpectralImage.builder()
                .channels(30)
                .shape(new Shape(9, 11))
                .seed(seed)
                .simulate()
                .x()
                .toDense();
    }

    private static DenseMatrix clusters(long seed) {
        return Clusters.builder().samples(20).features(9).seed(seed).simulate().x();
    }

    private static DenseMatrix topics(long seed) {
        return Topics.builder()
                .documents(30)
                .words(40)
                .seed(seed)
                .simulate()
                .x()
                .toDense();
    }

    /** Computed once on JDK 17; another JDK or machine that differs breaks what a seed promises. */
    @Test
    void bitsAreTheSameOnEveryMachine() {
        assertThat(image(1).hashCode()).isEqualTo(IMAGE);
        assertThat(clusters(1).hashCode()).isEqualTo(CLUSTERS);
        assertThat(topics(1).hashCode()).isEqualTo(TOPICS);
    }

    private static final int IMAGE = 1265248197;
    private static final int CLUSTERS = -958214183;
    private static final int TOPICS = 542042058;

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void settingsAreRefusedWhereTheyAreMade(int value) {
        assertThatThrownBy(() -> SpectralImage.builder().rank(value))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("rank must be at least 1: " + value);
        assertThatThrownBy(() -> Topics.builder().mixing(value))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("mixing must be a number from 0.001 to 1000000.0: " + (double) value);
        assertThatThrownBy(() -> Clusters.builder().noise(Double.NaN))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("noise must be a number from 0.0 to 1000.0: NaN");
        assertThatThrownBy(() ->
                        SpectralImage.builder().shape(new Shape(30_000, 30_000)).simulate())
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("a simulated matrix must have at most 2147483639 entries: 200 x 900000000");
    }
}
