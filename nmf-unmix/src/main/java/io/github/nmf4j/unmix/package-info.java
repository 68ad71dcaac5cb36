/**
 * The spectra and maps that made a spectral image of counted photons, found directly: {@link io.github.nmf4j.unmix.Unmixing} is
 * the entry.
 *
 * <p>Noise is whitened, the scores of the pixels in the leading subspace are smoothed by a vector total variation, and the
 * smallest simplex that holds them within their noise is fitted: its corners are the spectra. Each step is a class of its own.
 */
package io.github.nmf4j.unmix;
