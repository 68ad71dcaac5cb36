/**
 * Linear algebra by EJML, for those whose matrices live there and as a second opinion on the other backends.
 *
 * <p>{@link io.github.nmf4j.backend.ejml.EjmlBackend} is found by name, {@code ejml};
 * {@link io.github.nmf4j.backend.ejml.EjmlMatrices} hands matrices across. A backend of your own implements
 * {@link io.github.nmf4j.api.LinearAlgebraBackend}, is registered with {@code provides} or {@code @AutoService}, and its test
 * extends {@code BackendContract}.
 */
package io.github.nmf4j.backend.ejml;
