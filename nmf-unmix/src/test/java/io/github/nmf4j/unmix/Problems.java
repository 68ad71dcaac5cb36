package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.PortableBackend;
import io.github.nmf4j.data.Atoms;
import io.github.nmf4j.data.Maps;
import io.github.nmf4j.data.SpectralImage;
import java.util.function.Function;

/** Small simulated images, and the steps up to where a test begins. */
final class Problems {
    static final LinearAlgebraBackend BACKEND = new PortableBackend();

    private Problems() {}

    static SpectralImage image(int rank, long seed) {
        return SpectralImage.builder()
                .rank(rank)
                .channels(60)
                .atoms(12)
                .shape(new Shape(40, 50))
                .maps(Maps.values()[(int) (seed % Maps.values().length)])
                .look(Atoms.values()[(int) (seed % Atoms.values().length)])
                .photons(500)
                .seed(seed)
                .simulate();
    }

    /** {@return what a test makes of the whitened image} */
    static <T> T whitened(SpectralImage image, boolean dictionary, Function<WhitenedImage, T> test) {
        try (Crew crew = new Crew(1)) {
            Blocks blocks = new Blocks(image.x(), crew);
            Whitening whitening = Whitening.of(Totals.of(blocks, Scale.COUNTED), image.shape(), 1);
            Basis basis = dictionary
                    ? Basis.of(image.dictionary(), whitening.deviation(), BACKEND)
                    : Basis.ofChannels(whitening.deviation());
            return test.apply(new WhitenedImage(blocks, whitening, basis, BACKEND));
        }
    }

    static double largestDifference(DenseMatrix a, DenseMatrix b) {
        double most = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                most = Math.max(most, Math.abs(a.get(i, j) - b.get(i, j)));
            }
        }
        return most;
    }
}
