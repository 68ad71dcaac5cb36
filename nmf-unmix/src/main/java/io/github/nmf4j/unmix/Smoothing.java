package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Shape;

/**
 * How the scores of an image are smoothed. Total variation takes contrast with the noise: a region loses its weight times
 * border over area of its difference from what is around it, in units of the noise, however strong the difference is.
 */
enum Smoothing {
    /** Once, lightly. */
    PLAIN {
        @Override
        DenseMatrix of(DenseMatrix z, int components, Shape shape) {
            return VectorTotalVariation.smooth(z, shape, Whitening.LAMBDA);
        }
    },

    /**
     * Twice, strongly, the second time with what the first took added to the image: contrast comes back first, noise last. Osher,
     * Burger, Goldfarb, Xu &amp; Yin (2005), Multiscale Modeling &amp; Simulation 4(2), 460–489, two rounds of (1.4). The weight grows
     * with the components, for the norm of the noise of a pixel does.
     */
    RESTORED {
        @Override
        DenseMatrix of(DenseMatrix z, int components, Shape shape) {
            double lambda = Whitening.LAMBDA * components;
            DenseMatrix first = VectorTotalVariation.smooth(z, shape, lambda);
            DenseMatrix again = DenseMatrix.zeros(z.rows(), z.columns());
            for (int c = 0; c < z.rows(); c++) {
                for (int j = 0, at = c * z.columns(); j < z.columns(); j++, at++) {
                    again.data()[at] = 2 * z.get(c, j) - first.data()[at];
                }
            }
            return VectorTotalVariation.smooth(again, shape, lambda);
        }
    };

    /**
     * {@return the smoothed images}
     *
     * @param z channels × pixels of unit noise, without gaps; only read
     * @param components of the image
     * @param shape of the image, pixel = row · width + column
     */
    abstract DenseMatrix of(DenseMatrix z, int components, Shape shape);
}
