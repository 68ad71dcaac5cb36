/**
 * The fast backend: the hot pass in register-blocked tiles of {@code jdk.incubator.vector}.
 *
 * <p>{@link io.github.nmf4j.backend.vector.VectorBackend} is found by name, {@code vector}, and says why where it cannot be
 * used. No class but it is loaded there, so the jar may stay on the class path of any JDK from 17 on.
 */
package io.github.nmf4j.backend.vector;
