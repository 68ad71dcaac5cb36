package io.github.nmf4j.api;

/**
 * A sweep of exact steps of min ½·hᵀAh − bᵀh, h ≥ floor, entry after entry, for many vectors h at once: the inner loop of
 * hierarchical alternating least squares (Gillis &amp; Glineur 2012, Neural Computation 24(4), 1085–1105, equation 3.4).
 *
 * <p>Shared by threads; each has its own {@link Workspace}.
 */
public interface CoordinateSteps {
    /** {@return buffers for one thread} */
    Workspace workspace();

    /**
     * h(c, j) ← max(floor, h(c, j) + (b(c, j) − Σ_d A(c, d)·h(d, j))·inverse(c)) for c = 0, 1, …, each with the entries that
     * were moved before it. NaN stays NaN.
     *
     * @param gram A, rank × rank, symmetric
     * @param inverse 1/A(c, c); 0 for a component that is to stay where it is
     * @param products b, rank × vectors
     * @param values h ≥ floor, rank × vectors; changed in place
     * @param first the first vector of the sweep
     * @param count how many, one after another
     * @param floor lower bound of every entry
     * @param workspace this thread's buffers
     * @return Σ of the squares of what the sweep moved; not finite where an entry became so
     */
    double sweep(
            DenseMatrix gram,
            double[] inverse,
            DenseMatrix products,
            DenseMatrix values,
            int first,
            int count,
            double floor,
            Workspace workspace);

    /** Buffers of one thread, made by {@link #workspace} of the steps they are given to. */
    interface Workspace {}
}
