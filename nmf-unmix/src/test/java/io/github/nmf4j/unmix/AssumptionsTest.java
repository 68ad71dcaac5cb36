package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.data.SpectralImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is assumed of an image, counts of one dose with pure pixels, where it does not hold: noticed, and allowed for on request. */
class AssumptionsTest {
    private final SpectralImage image = Problems.image(3, 21);

    private Unmixing.Builder unmixing() {
        return Unmixing.builder().rank(3).dictionary(image.dictionary());
    }

    private static DenseMatrix scaled(Matrix x, double gain) {
        DenseMatrix scaled = x.toDense();
        scaled.scale(gain);
        return scaled;
    }

    private static double largestAngle(Matrix a, Matrix b) {
        int[] matched = Measures.matchByAngle(a, b);
        double most = 0;
        for (int c = 0; c < matched.length; c++) {
            most = Math.max(most, Measures.angle(Measures.column(a, matched[c]), Measures.column(b, c)));
        }
        return most;
    }

    @Test
    void theNoiseOfCountsIsKnownAsSuch() {
        assertThat(unmixing().build().of(image.x(), image.shape()).diagnosis().gain())
                .isCloseTo(1, within(0.01));
        assertThat(Unmixing.builder()
                        .rank(3)
                        .build()
                        .of(image.x(), image.shape())
                        .diagnosis()
                        .gain())
                .isCloseTo(1, within(0.01));
    }

    /** By a power of two nothing is rounded. */
    @Test
    void aGainThatIsGivenChangesTheUnitAlone() {
        Unmixed counted = unmixing().build().of(image.x(), image.shape());
        Unmixed given = unmixing().gain(0.25).build().of(scaled(image.x(), 0.25), image.shape());
        assertThat(Problems.largestDifference(given.h().toDense(), counted.h().toDense()))
                .isLessThan(1e-9);
        assertThat(given.diagnosis().photons().get(0))
                .isCloseTo(counted.diagnosis().photons().get(0), within(1e-6));
        assertThat(given.diagnosis().remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.013, 1, 3, 250.5})
    void aGainIsMeasuredByTheNoise(double gain) {
        Unmixed counted = unmixing().build().of(image.x(), image.shape());
        Unmixed measured = unmixing().estimateGain().build().of(scaled(image.x(), gain), image.shape());
        assertThat(measured.diagnosis().gain() / gain).isCloseTo(1, within(0.01));
        assertThat(largestAngle(counted.spectra(), measured.spectra())).isLessThan(0.1);
        assertThat(Problems.largestDifference(
                        measured.h().toDense(), counted.h().toDense()))
                .isLessThan(0.02);
    }

    @Test
    void scaledCountsThatAreWholeNumbersAreNoticed() {
        Unmixed found = unmixing().build().of(scaled(image.x(), 3), image.shape());
        assertThat(found.diagnosis().remarks())
                .anyMatch(remark -> remark.matches("the noise is (2\\.9|3\\.?0?)\\d* times that of counts: .*"));
    }

    @Test
    void gainsAreNumbersAboveZeroAndSaidOnce() {
        assertThatThrownBy(() -> unmixing().gain(0)).hasMessage("a gain must be finite and above 0: 0.0");
        assertThatThrownBy(() -> unmixing().gain(Double.NaN)).hasMessage("a gain must be finite and above 0: NaN");
        assertThatThrownBy(() -> unmixing().gain(2).estimateGain()).hasMessage("gain is set twice");
        DenseMatrix x = scaled(image.x(), 0.5);
        x.set(2, 7, Double.NaN);
        assertThatThrownBy(() -> unmixing().gain(0.5).build().of(x, image.shape()))
                .hasMessage("unmixing needs finite numbers of 0 or more: x[2, 7] = NaN");
    }

    /** A dose that grows from a half to one and a half across the image. */
    @Test
    void aVaryingDoseIsNoticedAndAllowedFor() {
        DenseMatrix sent = image.h().copy();
        double[] dose = new double[sent.columns()];
        for (int j = 0; j < dose.length; j++) {
            dose[j] = 0.5 + (j % image.shape().width() + 0.5) / image.shape().width();
            sent.slice(0, j, sent.rows(), 1).scale(dose[j]);
        }
        Matrix x = SpectralImage.counts(image.spectra(), sent, 5);
        assertThat(unmixing().build().of(x, image.shape()).diagnosis().remarks())
                .anyMatch(remark -> remark.startsWith("pixels leave the plane of the components"));

        Unmixing varying = unmixing().varyingDose().build();
        Unmixed found = varying.of(x, image.shape());
        assertThat(largestAngle(image.spectra(), found.spectra())).isLessThan(4);
        DenseMatrix shares = shares(image);
        double[][] measures = Toy.against(image.spectra(), shares, found);
        assertThat(Arrays.stream(measures[1]).min().orElseThrow()).isGreaterThan(0.95);
        assertThat(found.diagnosis().remarks()).noneMatch(remark -> remark.startsWith("pixels leave"));
        double[] photons =
                found.diagnosis().photons().stream().mapToDouble(v -> v).toArray();
        assertThat(photons[1]).isCloseTo(photons[0], within(0.02 * photons[0]));
        assertThat(photons[2]).isCloseTo(photons[0], within(0.02 * photons[0]));
        Matrix known = varying.maps(x, image.shape(), image.spectra());
        for (int c = 0; c < 3; c++) {
            assertThat(Measures.r2(Measures.row(shares, c), Measures.row(known, c)))
                    .isGreaterThan(0.95);
        }
        double before = found.dose().get(0, 0);
        assertThat(found.dose().get(0, image.shape().width() - 1)).isGreaterThan(1.5 * before);
    }

    /** {@return the share of each phase in the photons of a pixel} */
    private static DenseMatrix shares(SpectralImage image) {
        DenseMatrix shares = image.h().copy();
        for (int c = 0; c < shares.rows(); c++) {
            double sent = Arrays.stream(Measures.column(image.spectra(), c)).sum();
            shares.slice(c, 0, 1, shares.columns()).scale(sent);
        }
        for (int j = 0; j < shares.columns(); j++) {
            double sum = Arrays.stream(Measures.column(shares, j)).sum();
            shares.slice(0, j, shares.rows(), 1).scale(1 / sum);
        }
        return shares;
    }

    /** Two thirds of a phase become another: no pixel tells that its purest ones are mixtures, but the atoms do. */
    @Test
    void aMapThatNeverExceedsAThirdIsNoticed() {
        DenseMatrix h = image.h().copy();
        for (int j = 0; j < h.columns(); j++) {
            double moved = h.get(1, j) * 2 / 3;
            h.set(1, j, h.get(1, j) - moved);
            h.set(0, j, h.get(0, j) + moved);
        }
        Unmixed found = unmixing().build().of(SpectralImage.counts(image.spectra(), h, 6), image.shape());
        assertThat(found.diagnosis().room().stream().mapToDouble(v -> v).max().orElseThrow())
                .isGreaterThan(1);
        assertThat(found.diagnosis().remarks()).anyMatch(remark -> remark.contains("may be a mixture"));
    }
}
