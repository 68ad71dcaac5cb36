/**
 * The services that plug into nmf4j, and the few types they exchange.
 *
 * <p>To write a loss, implement {@link io.github.nmf4j.api.Loss}; likewise {@link io.github.nmf4j.api.Regularizer},
 * {@link io.github.nmf4j.api.Constraint} and {@link io.github.nmf4j.api.LinearAlgebraBackend}. Register it with
 * {@code provides io.github.nmf4j.api.Loss with …} in a module descriptor and in {@code META-INF/services} for the class
 * path ({@code @AutoService} writes the latter), and let its test extend the contract of the same name in
 * {@code nmf-testkit}.
 *
 * <p>Notation throughout: X is n × p, approximated by W·H or G·W·H with a known dictionary G (n × m); W is n × k (m × k with
 * G), H is k × p. Services see either factor as <em>rank components × vectors</em>: H as it is (its vectors are the columns
 * of X), W transposed (its vectors are the rows of X).
 */
package io.github.nmf4j.api;
