package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.data.SpectralImage;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whitening, basis, products, subspace, points and the test of determination, each by what it promises. */
class StepsTest {
    private final SpectralImage image = Problems.image(3, 2);

    @Test
    void theDoseHasMeanOneAndFollowsTheCounts() {
        double[] dose = Problems.whitened(image, true, w -> w.whitening().dose());
        assertThat(Arrays.stream(dose).average().orElseThrow()).isCloseTo(1, within(1e-12));
        double[] sums = new double[dose.length];
        double total = 0;
        for (int j = 0; j < sums.length; j++) {
            for (int i = 0; i < image.x().rows(); i++) {
                sums[j] += image.x().get(i, j);
            }
            total += sums[j];
        }
        double error = 0;
        for (int j = 0; j < sums.length; j++) {
            error += Math.abs(dose[j] * total / sums.length - sums[j]) / Math.sqrt(sums[j]);
        }
        assertThat(error / sums.length).isBetween(0.4, 1.2); // its noise, whose mean size is 0.8 deviations
    }

    /** Twice the eigenvectors of the Gram matrix: orthonormal to rounding even for atoms that nearly coincide. */
    @Test
    void theBasisIsOrthonormalAndHoldsTheAtoms() {
        DenseMatrix g = image.dictionary().copy();
        for (int i = 0; i < g.rows(); i++) {
            g.set(i, 1, g.get(i, 0) + 1e-4 * g.get(i, 1));
            g.set(i, 2, g.get(i, 0));
        }
        double[] deviation = new SplittableRandom(1).doubles(g.rows(), 0.5, 2).toArray();
        Basis basis = Basis.of(g, deviation, Problems.BACKEND);
        assertThat(basis.size()).isEqualTo(11);
        DenseMatrix q = basis.vectors().copy();
        for (int i = 0; i < q.rows(); i++) {
            q.slice(i, 0, 1, q.columns()).scale(deviation[i]);
        }
        DenseMatrix gram = DenseMatrix.zeros(11, 11);
        Problems.BACKEND.multiply(Product.ATB, q, q, 0, gram);
        for (int i = 0; i < 11; i++) {
            gram.set(i, i, gram.get(i, i) - 1);
        }
        assertThat(Problems.largestDifference(gram, DenseMatrix.zeros(11, 11))).isLessThan(1e-12);
        double[] y = Arrays.copyOf(new SplittableRandom(2).doubles(11, -1, 1).toArray(), 11);
        double[] w = new double[12];
        double[] residual = new double[11];
        basis.cone().nearest(y, w, residual);
        DenseMatrix nearest = basis.coordinates(combined(g, w), Problems.BACKEND);
        for (int r = 0; r < 11; r++) {
            assertThat(nearest.get(r, 0)).isCloseTo(y[r] - residual[r], within(1e-9));
        }
    }

    private static DenseMatrix combined(DenseMatrix g, double[] w) {
        DenseMatrix sum = DenseMatrix.zeros(g.rows(), 1);
        Problems.BACKEND.multiply(Product.AB, g, DenseMatrix.wrap(w.length, 1, w), 0, sum);
        return sum;
    }

    @Test
    void productsAreThoseOfTheWhitenedImage() {
        for (boolean dictionary : new boolean[] {true, false}) {
            double off = Problems.whitened(image, dictionary, whitened -> {
                DenseMatrix c = whitened.all();
                SplittableRandom random = new SplittableRandom(4);
                DenseMatrix v = DenseMatrix.wrap(
                        c.rows(), 2, random.doubles(2L * c.rows(), -1, 1).toArray());
                DenseMatrix expected = DenseMatrix.zeros(2, c.columns());
                Problems.BACKEND.multiply(Product.ATB, v, c, 0, expected);
                double worst = Problems.largestDifference(whitened.times(v), expected);
                DenseMatrix back = DenseMatrix.zeros(c.rows(), 2);
                Problems.BACKEND.multiply(Product.ABT, c, expected, 0, back);
                double scale = Problems.largestDifference(back, DenseMatrix.zeros(c.rows(), 2));
                return Math.max(
                        worst, Problems.largestDifference(whitened.timesTransposed(expected.copy()), back) / scale);
            });
            assertThat(off).isLessThan(1e-11);
        }
    }

    @Test
    void theSubspaceIsTheSameHoweverItIsFound() {
        Problems.whitened(image, true, whitened -> {
            Subspace direct = Subspace.direct(whitened, 3, image.shape());
            Subspace iterated = Subspace.iterated(whitened, 3, 6, image.shape(), 7);
            for (int a = 0; a < 3; a++) {
                assertThat(iterated.values()[a]).isCloseTo(direct.values()[a], within(1e-8 * direct.values()[a]));
            }
            assertThat(Problems.largestDifference(iterated.vectors(), direct.vectors()))
                    .isLessThan(1e-4);
            assertThat(iterated.gap()).isCloseTo(direct.gap(), within(0.05 * direct.gap()));
            return null;
        });
    }

    @Test
    void pointsOnAGridStandForThePixelsNearThem() {
        DenseMatrix t =
                DenseMatrix.of(new double[] {0.31, 0.29, -0.9, 0.3, -0.91}, new double[] {-2, -2.01, 5, 0, 5.02});
        Points points = Points.of(t, 0.3);
        assertThat(points.weight()).containsExactly(2, 2, 1);
        assertThat(points.coordinate(0)[0]).isCloseTo(-0.9, within(1e-12));
        assertThat(points.coordinate(1)[0]).isCloseTo(5, within(1e-12));
        assertThat(points.coordinate(0)[1]).isCloseTo(0.3, within(1e-12));
        assertThat(points.coordinate(1)[1]).isCloseTo(-2, within(1e-12));
        assertThat(points.total()).isEqualTo(5);
        assertThat(Points.of(DenseMatrix.zeros(3, 4), 1).count()).isEqualTo(4);
    }

    /** Pixels along every side hold a triangle; where those of one side sit in its middle, that side can pivot. */
    @Test
    void aFacetTouchedInOnePlaceIsNotHeld() {
        double[] corners = {0, 1, 0, 0, 0, 1};
        int each = 50;
        DenseMatrix held = DenseMatrix.zeros(2, 3 * each);
        DenseMatrix pivoting = DenseMatrix.zeros(2, 3 * each);
        for (int i = 0; i < each; i++) {
            double s = (i + 0.5) / each;
            held.set(0, i, s); // the side opposite corner 2
            held.set(1, each + i, s); // opposite corner 1
            held.set(0, 2 * each + i, s); // opposite corner 0
            held.set(1, 2 * each + i, 1 - s);
        }
        pivoting.set(held);
        pivoting.slice(0, 0, 2, 2 * each).scale(0.8); // away from the corners, which touch it as well
        for (int i = 0; i < each; i++) {
            double s = 0.5 + 0.02 * (i - 0.5 * each) / each;
            pivoting.set(0, 2 * each + i, s);
            pivoting.set(1, 2 * each + i, 1 - s);
        }
        Barycentric triangle = Barycentric.of(3, corners);
        Determination yes = Determination.of(triangle, Points.each(held), 0.01, Problems.BACKEND);
        Determination no = Determination.of(triangle, Points.each(pivoting), 0.01, Problems.BACKEND);
        assertThat(yes.held()).isTrue();
        // An even spread along a side: its two coordinates have variance 1/12 each, opposite to each other.
        assertThat(yes.support()[0]).isCloseTo(Math.sqrt(1.0 / 12), within(0.02));
        assertThat(no.held()).isFalse();
        assertThat(no.support()[0]).isLessThan(0.03);
        assertThat(no.support()[1]).isGreaterThan(0.2);
    }

    @Test
    void emptyPixelsAreFilledFromTheirNeighboursWhereCountsAreMany() {
        Shape shape = new Shape(3, 4);
        double[] counts = {40, 20, 40, 40, 40, 0, 0, 40, 40, 60, 40, 40};
        EmptyPixels empty = EmptyPixels.of(counts, shape);
        assertThat(empty.count()).isEqualTo(2);
        double[] image = counts.clone();
        empty.fill(image);
        assertThat(image[5]).isEqualTo((20 + 40 + 60) / 3.0);
        assertThat(image[6]).isEqualTo(40);
        for (int j = 0; j < counts.length; j++) {
            counts[j] /= 20;
        }
        assertThat(EmptyPixels.of(counts, shape).count()).as("few counts").isZero();
        double[] gap = new double[400];
        Arrays.fill(gap, 0, 40, 100);
        double[] whole = gap.clone();
        EmptyPixels.of(gap, new Shape(20, 20)).fill(whole);
        assertThat(Arrays.stream(whole).min().orElseThrow()).isEqualTo(100);
    }

    /** ⟨fill(a), b⟩ = ⟨a, handBack(b)⟩ for images that are empty where pixels are. */
    @Test
    void handingBackIsTheTransposeOfFilling() {
        SplittableRandom random = new SplittableRandom(9);
        double[] counts = random.doubles(48, 0, 100).map(c -> c < 40 ? 0 : c).toArray();
        EmptyPixels empty = EmptyPixels.of(counts, new Shape(6, 8));
        double[] filled = counts.clone();
        empty.fill(filled);
        double[] other = random.doubles(48, -1, 1).toArray();
        double[] back = other.clone();
        empty.handBack(DenseMatrix.wrap(1, 48, back));
        double left = 0;
        double right = 0;
        for (int j = 0; j < 48; j++) {
            left += filled[j] * other[j];
            right += counts[j] * back[j];
        }
        assertThat(left).isCloseTo(right, within(1e-10));
    }
}
