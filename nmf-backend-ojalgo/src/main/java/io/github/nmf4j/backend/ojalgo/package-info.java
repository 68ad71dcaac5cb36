/**
 * Linear algebra by ojAlgo, for those whose matrices live there and as a second opinion on the other backends.
 *
 * <p>{@link io.github.nmf4j.backend.ojalgo.OjAlgoBackend} is found by name, {@code ojalgo};
 * {@link io.github.nmf4j.backend.ojalgo.OjAlgoMatrices} hands matrices across. A backend of your own implements
 * {@link io.github.nmf4j.api.LinearAlgebraBackend}, is registered with {@code provides} or {@code @AutoService}, and its test
 * extends {@code BackendContract}.
 */
package io.github.nmf4j.backend.ojalgo;
