package io.github.nmf4j.api;

/**
 * One thing that can be set on an extension: what errors, {@code nmf plugins} and model.json speak from.
 *
 * @param name lower-case words joined by hyphens, unique within the extension
 * @param kind what its values are
 * @param standard the value when nothing is said, written as a user would; empty if one must be given
 * @param meaning one line, units included
 */
public record Parameter(String name, Kind kind, String standard, String meaning) {
    /** What a parameter's values are, and how a user writes them. */
    public enum Kind {
        /** A {@link Double}: {@code 0.05}. */
        NUMBER,
        /** A {@code double[]}, one a component: {@code 0/0.3/0.6}. A single number is an array of one. */
        NUMBERS,
        /** An {@link Integer}: {@code 8}. */
        COUNT,
        /** A {@link Shape}: {@code 100x80}. */
        SHAPE,
        /** A {@link String}: one of the words that the meaning lists, as {@code quadratic}. */
        CHOICE,
        /** A {@link Matrix}; the command reads it from a named file, an extension never does. */
        MATRIX
    }
}
