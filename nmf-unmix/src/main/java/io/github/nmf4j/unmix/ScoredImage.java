package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Shape;
import java.util.Locale;

/**
 * An image up to where the simplex begins: whitened, in coordinates of possible spectra, its subspace and scores.
 *
 * @param whitening of the noise
 * @param basis coordinates of spectra
 * @param subspace of the components
 * @param scores of the pixels
 * @param gain units of x a count, as the noise tells; NaN where it cannot
 */
record ScoredImage(Whitening whitening, Basis basis, Subspace subspace, Scores scores, double gain) {
    /** Noise alone reached 0.15 on simulated images, components that were there and found began at 0.35. */
    private static final double LEAST_GAP = 0.2;

    /**
     * {@return the image}
     *
     * @param blocks of x
     * @param dictionary channels × atoms, or null
     * @param unmixing the settings
     * @param shape of the image
     * @throws InvalidInputException if x breaks a rule or does not show so many components
     */
    static ScoredImage of(Blocks blocks, DenseMatrix dictionary, Unmixing unmixing, Shape shape) {
        Totals totals = Totals.of(blocks, unmixing.scale());
        double gain = unmixing.gain();
        Projected seen = projected(blocks, dictionary, unmixing, shape, totals, gain);
        double beside = NoiseGain.beside(seen.image(), seen.subspace());
        if (unmixing.scale() == Scale.ESTIMATED) {
            if (!(beside > 0)) {
                throw new InvalidInputException("the gain can be estimated only where noise is outside the components: "
                        + unmixing.rank() + " components, " + blocks.rows() + " channels, noise " + beside);
            }
            gain *= beside;
            seen = projected(blocks, dictionary, unmixing, shape, totals, gain);
            beside = 1;
        }
        requireVisible(seen.subspace(), unmixing.rank());
        Whitening whitening = seen.image().whitening();
        Scores scores = Scores.of(
                seen.subspace(), whitening.dose(), shape, unmixing.dose(), Smoothing.PLAIN, unmixing.backend());
        return new ScoredImage(whitening, seen.image().basis(), seen.subspace(), scores, gain * beside);
    }

    /** {@return the scores that the answer is read from, with their contrast} */
    Scores finest(Unmixing unmixing, Shape shape) {
        return Scores.of(
                subspace,
                whitening.dose(),
                shape,
                unmixing.dose(),
                unmixing.dose().smoothing(),
                unmixing.backend());
    }

    /** The whitened image and its subspace, under a gain that is believed. */
    private record Projected(WhitenedImage image, Subspace subspace) {}

    private static Projected projected(
            Blocks blocks, DenseMatrix dictionary, Unmixing unmixing, Shape shape, Totals totals, double gain) {
        Whitening whitening = Whitening.of(totals, shape, gain);
        Basis basis = dictionary == null
                ? Basis.ofChannels(whitening.deviation())
                : Basis.of(dictionary, whitening.deviation(), unmixing.backend());
        requireRoom(basis.size(), blocks, unmixing.rank());
        WhitenedImage image = new WhitenedImage(blocks, whitening, basis, unmixing.backend());
        return new Projected(image, Subspace.of(image, unmixing.rank(), shape, unmixing.seed()));
    }

    private static void requireRoom(int coordinates, Blocks x, int rank) {
        int most = Math.min(coordinates, x.columns() - 1);
        if (rank > most) {
            throw new InvalidInputException("the rank must be at most " + most + ", for x is " + x.rows() + " x "
                    + x.columns() + " and its spectra span at most " + coordinates + " directions: " + rank);
        }
    }

    private static void requireVisible(Subspace subspace, int rank) {
        if (!(subspace.gap() >= LEAST_GAP)) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "the data must show as many components as are asked for: the last of %d stands %.3g above the noise,"
                            + " relatively, where %s is needed; it is too faint, or there are fewer",
                    rank,
                    Math.max(0, subspace.gap()),
                    LEAST_GAP));
        }
    }
}
