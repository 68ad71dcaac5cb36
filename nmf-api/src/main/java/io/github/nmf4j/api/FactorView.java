package io.github.nmf4j.api;

/**
 * A factor as penalties read it: rank components × vectors; H as it is, W transposed. Only for reading, from any thread.
 */
public interface FactorView {
    /** {@return the number of components} */
    int rank();

    /** {@return the number of vectors} */
    int vectors();

    /**
     * {@return one entry}
     *
     * @param c component
     * @param j vector
     */
    double get(int c, int j);

    /**
     * Copies consecutive vectors of one component.
     *
     * @param c component
     * @param from first vector
     * @param n how many
     * @param into receives them from index 0
     */
    default void read(int c, int from, int n, double[] into) {
        for (int j = 0; j < n; j++) {
            into[j] = get(c, from + j);
        }
    }

    /** {@return the other factor, with a dictionary still k components × m vectors} */
    FactorView other();

    /**
     * {@return a matrix of rank × vectors as a view, not copied}
     *
     * @param values one row a component
     * @param other the other factor; null where no one will ask
     */
    static FactorView of(DenseMatrix values, FactorView other) {
        return new DenseFactorView(values, other);
    }
}
