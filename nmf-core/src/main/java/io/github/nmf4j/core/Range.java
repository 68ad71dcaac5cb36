package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;

/**
 * An interval that a parameter must lie in.
 *
 * @param least smallest value
 * @param most largest value
 */
record Range(double least, double most) {
    /** Positive, and such that squares and quotients of it and of ordinary data are finite. */
    static final Range MODERATE = new Range(1e-100, 1e100);

    /**
     * Refuses a value outside, and NaN.
     *
     * @param what whose value, as {@code "huber: delta"}
     * @param value to be checked
     */
    void require(String what, double value) {
        if (!(value >= least && value <= most)) {
            throw new InvalidInputException(what + " must lie between " + least + " and " + most + ": " + value);
        }
    }
}
