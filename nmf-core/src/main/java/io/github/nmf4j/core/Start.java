package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Extension;

/**
 * Where a fit starts; found by {@code ServiceLoader} like the services of the API.
 *
 * <p>What a start writes is afterwards moved into the constraints' sets and, where a factor is free to carry it, multiplied by
 * the number that makes the data term least.
 */
public interface Start extends Extension<Start> {
    /**
     * Writes both factors at data level.
     *
     * @param data what may be known of X
     * @param w receives W (with a dictionary, an approximation of G·W), transposed: rank × rows of X
     * @param h receives H, rank × columns of X
     */
    void write(StartData data, DenseMatrix w, DenseMatrix h);

    /** {@return whether one update of H is made before the first iteration: worthwhile where H is but a guess} */
    default boolean fitsH() {
        return false;
    }

    /** {@return whether another seed makes another start} */
    default boolean varies() {
        return true;
    }
}
