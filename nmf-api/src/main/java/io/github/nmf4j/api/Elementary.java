package io.github.nmf4j.api;

/**
 * Logarithm, exponential and power over spans of an array.
 *
 * <p>{@code Math.log} called an entry at a time costs tens of nanoseconds inside a loop that would otherwise vectorise, so a
 * {@link Loss} is handed these instead. Entries 0 … n − 1 are read and written; {@code x} and {@code into} may be one array.
 */
public interface Elementary {
    /** {@link Math} an entry at a time: what the others are compared with. */
    Elementary PLAIN = new Elementary() {};

    /**
     * Natural logarithms, within 4 ulp (or 4e-16 absolute near 1) of {@link Math#log} for positive normal numbers, and as
     * {@link Math#log} for zero, infinity and NaN.
     *
     * @param n entries
     * @param x the numbers
     * @param into receives log x
     */
    default void log(int n, double[] x, double[] into) {
        for (int i = 0; i < n; i++) {
            into[i] = Math.log(x[i]);
        }
    }

    /**
     * Exponentials.
     *
     * @param n entries
     * @param x the numbers
     * @param into receives e^x
     */
    default void exp(int n, double[] x, double[] into) {
        for (int i = 0; i < n; i++) {
            into[i] = Math.exp(x[i]);
        }
    }

    /**
     * Powers with one exponent.
     *
     * @param n entries
     * @param x the numbers, not negative
     * @param s the exponent
     * @param into receives x^s
     */
    default void pow(int n, double[] x, double s, double[] into) {
        for (int i = 0; i < n; i++) {
            into[i] = Math.pow(x[i], s);
        }
    }
}
