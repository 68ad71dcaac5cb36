package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.InvalidInputException;

/** What small constants that keep a penalty smooth must be. */
final class Positive {
    private Positive() {}

    /**
     * Refuses a value that, or whose square, is not positive and finite.
     *
     * @param what whose value, as {@code "ard: b"}
     * @param value to be checked
     */
    static void requireWithSquare(String what, double value) {
        if (!(value > 0 && value * value > 0 && value * value < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(what + " and its square must be positive and finite: " + value);
        }
    }
}
