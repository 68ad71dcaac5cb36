/**
 * Penalties on a factor, and an example of how to write one's own.
 *
 * <p>A penalty implements {@link io.github.nmf4j.api.Regularizer}: its value, and the coefficients of a separable surrogate
 * that touches it at the current factor and bounds it elsewhere. Start from {@link io.github.nmf4j.regularizers.L1} if it
 * is a sum over entries, from {@link io.github.nmf4j.regularizers.TotalVariation} if it couples vectors. For a concave
 * penalty the surrogate is its tangent ({@link io.github.nmf4j.regularizers.LogPenalty}); for one whose gradient is
 * κ-Lipschitz it is q += κ, l += gradient − κ·h̄. Weights, sums and lists of weights come for free.
 *
 * <p>To have it found by name, give it a public constructor without parameters and declare it twice, for the module path
 * and for the class path:
 *
 * <pre>{@code
 * module com.acme.penalties {
 *     requires io.github.nmf4j.api;
 *     provides io.github.nmf4j.api.Regularizer with com.acme.penalties.Entropy;
 * }
 *
 * @AutoService(Regularizer.class)                      // writes META-INF/services
 * public record Entropy(double alpha) implements Regularizer { … }
 * }</pre>
 *
 * <p>Its test extends {@code RegularizerContract} of {@code nmf-testkit} and names an instance; the laws do the rest:
 *
 * <pre>{@code
 * class EntropyTest extends RegularizerContract {
 *     protected Regularizer regularizer() { return new Entropy(1.5); }
 *     protected Regularizer prototype() { return new Entropy(); }
 * }
 * }</pre>
 */
package io.github.nmf4j.regularizers;
