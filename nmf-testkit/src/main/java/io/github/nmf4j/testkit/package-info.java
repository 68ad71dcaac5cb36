/**
 * What an extension has to keep, as tests to inherit.
 *
 * <p>The test of a loss extends {@code LossContract} and names its instance; likewise {@code ConstraintContract} and the
 * contracts of the other services. The laws then run with the rest of the tests, each on many seeds, and a failure says the
 * seed:
 *
 * <pre>{@code
 * class CharbonnierTest extends LossContract {
 *     @Override
 *     protected Loss loss() {
 *         return new Charbonnier(0.5);
 *     }
 * }
 * }</pre>
 *
 * <p>A law cannot be overridden; where an extension is legitimately outside one, a hook such as
 * {@link io.github.nmf4j.testkit.LossContract#isDivergence} says so.
 */
package io.github.nmf4j.testkit;
