package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.data.SpectralImage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimplexCostTest {
    @ParameterizedTest
    @CsvSource({"2, 0, true", "2, 1, false", "3, 0, true", "3, 0.5, false", "4, 2, true", "5, 1, true"})
    void theGradientIsThatOfTheValue(int rank, double kappa, boolean dictionary) {
        SpectralImage image = Problems.image(rank, rank);
        double[] off = Problems.whitened(image, dictionary, whitened -> {
            Subspace subspace = Subspace.of(whitened, rank, image.shape(), 0);
            Scores scores = Scores.of(
                    subspace, whitened.whitening().dose(), image.shape(), Dose.SAME, Smoothing.PLAIN, Problems.BACKEND);
            Points points = Points.of(scores.t(), scores.sigma());
            SimplexCost cost =
                    new SimplexCost(scores, subspace, whitened.basis().cone(), points, 30, kappa);
            double[] x = SimplexStart.around(points, scores.variances(), new SplittableRandom(1));
            for (int e = 0; e < x.length; e++) {
                x[e] *= 0.6; // some pixels outside, some corners impossible
            }
            double[] gradient = new double[x.length];
            double[] unread = new double[x.length];
            double value = cost.at(x, gradient);
            double[] terms = cost.terms();
            double worst = 0;
            for (int e = 0; e < x.length; e++) {
                double step = 1e-5 * scores.size();
                double at = x[e];
                x[e] = at + step;
                double up = cost.at(x, unread);
                x[e] = at - step;
                double down = cost.at(x, unread);
                x[e] = at;
                double slope = (up - down) / (2 * step);
                worst = Math.max(worst, Math.abs(slope - gradient[e]) / (1 + Math.abs(slope)));
            }
            return new double[] {worst, value - (terms[0] + terms[1] + terms[2]), terms[1]};
        });
        assertThat(off[0]).isLessThan(1e-5);
        assertThat(off[1]).isZero();
        assertThat(off[2]).as("pixels outside").isPositive();
    }

    @Test
    void aSimplexWithoutVolumeIsRefused() {
        assertThat(Barycentric.of(3, new double[] {0, 1, 2, 0, 1, 2}).degenerate())
                .isTrue();
        assertThat(Barycentric.of(3, new double[] {0, 1, 0, 0, 0, 1}).degenerate())
                .isFalse();
        assertThat(Barycentric.of(3, new double[] {0, 3, 0, 0, 0, 2}).logVolume())
                .isCloseTo(Math.log(6), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4", "6"})
    void startsHoldEveryPoint(int rank) {
        SplittableRandom random = new SplittableRandom(rank);
        double[] values = random.doubles(50L * (rank - 1), -3, 5).toArray();
        Points points = Points.each(DenseMatrix.wrap(rank - 1, 50, values));
        double[] variances = random.doubles(rank, 1, 4).toArray();
        assertHolds(points, SimplexStart.around(points, variances, random));
        assertHolds(points, SimplexStart.throughExtremes(points, variances, random));
    }

    private static void assertHolds(Points points, double[] corners) {
        int rank = points.dimensions() + 1;
        Barycentric simplex = Barycentric.of(rank, corners);
        double[] h = new double[points.count()];
        double least = 1;
        for (int a = 0; a < rank; a++) {
            simplex.coordinates(a, points, h);
            for (double value : h) {
                least = Math.min(least, value);
            }
        }
        assertThat(least).isCloseTo(0, within(1e-12)); // enlarged as far as needed, no farther
    }
}
