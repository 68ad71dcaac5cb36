package io.github.nmf4j.unmix;

import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;

/**
 * Spectra and maps that made an image. Components are in the order of the photons they send, the most first.
 *
 * @param factorization X ≈ W·H, or G·W·H with a dictionary, columns of H summing to one; its objective is the cost J of the
 *     simplex, its iterations those of the optimiser, its trace the course from the best start to the end, with the terms of J.
 *     J is another function in each stage of the fit, so the trace may rise where a stage begins
 * @param spectra channels × components: W, or G·W; a column sums to what a pure pixel sends
 * @param dose 1 × pixels, photons of each pixel beside the mean, smoothed; where dose varies X ≈ W·H·diag(dose)
 * @param diagnosis how far to trust it
 */
public record Unmixed(Factorization factorization, Matrix spectra, Matrix dose, Diagnosis diagnosis) {
    /** {@return W: channels × components, atoms × components with a dictionary} */
    public Matrix w() {
        return factorization.w();
    }

    /** {@return H: components × pixels, columns sum to one} */
    public Matrix h() {
        return factorization.h();
    }
}
