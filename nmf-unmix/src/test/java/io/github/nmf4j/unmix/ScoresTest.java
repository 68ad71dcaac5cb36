package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.data.SpectralImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoresTest {
    private static Scores scores(SpectralImage image, Smoothing smoothing) {
        return Problems.whitened(
                image,
                true,
                whitened -> Scores.of(
                        Subspace.of(whitened, 4, image.shape(), 0),
                        whitened.whitening().dose(),
                        image.shape(),
                        Dose.SAME,
                        smoothing,
                        Problems.BACKEND));
    }

    /** A simplex found around scores that were smoothed in one way is where another fit begins. */
    @ParameterizedTest
    @EnumSource(Smoothing.class)
    void cornersAreReadAsTheyAreWritten(Smoothing smoothing) {
        Scores scores = scores(Problems.image(4, 4), smoothing);
        double[] x = new double[12];
        for (int e = 0; e < x.length; e++) {
            x[e] = Math.sin(3 * e + 1);
        }
        DenseMatrix points = DenseMatrix.zeros(4, 4);
        double[] corner = new double[4];
        for (int a = 0; a < 4; a++) {
            scores.corner(x, a, corner);
            for (int r = 0; r < 4; r++) {
                points.set(r, a, corner[r]);
            }
        }
        double[] read = scores.coordinates(points);
        for (int e = 0; e < x.length; e++) {
            assertThat(Math.abs(read[e] - x[e])).isLessThan(1e-12);
        }
    }
}
