/**
 * Non-negative matrix factorisation: {@link io.github.nmf4j.core.Nmf} is the entry.
 *
 * <p>The loop composes a {@link io.github.nmf4j.api.Loss}, penalties and constraints into one separable surrogate a half-step
 * and minimizes it; it names none of them and finds them with {@code ServiceLoader}. Beside the four services of
 * {@code io.github.nmf4j.api} there are three of this package, found in the same way: {@link io.github.nmf4j.core.Start},
 * {@link io.github.nmf4j.core.Solver} and {@link io.github.nmf4j.core.Acceleration}.
 */
package io.github.nmf4j.core;
