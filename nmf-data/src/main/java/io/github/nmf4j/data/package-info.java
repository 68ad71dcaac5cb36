/**
 * Matrices from files and to files, and simulated problems whose answers are known.
 *
 * <p>{@link io.github.nmf4j.data.MatrixFiles} reads NumPy, SciPy, Matrix Market and delimited text, each also compressed by
 * gzip, and keeps narrow numbers narrow in memory. {@link io.github.nmf4j.data.WholeFile} writes a file whole or not at all.
 * {@link io.github.nmf4j.data.SpectralImage}, {@link io.github.nmf4j.data.Clusters} and {@link io.github.nmf4j.data.Topics}
 * draw data of three kinds; one seed gives the same bits on every machine.
 */
package io.github.nmf4j.data;
