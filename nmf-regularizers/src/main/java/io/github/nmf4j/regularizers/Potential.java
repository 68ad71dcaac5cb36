package io.github.nmf4j.regularizers;

/** What an edge costs, ρ(t) of the difference t between its ends: even, ρ(0) = 0, and ρ(√·) concave. */
interface Potential {
    /** t²/2, which makes a Laplacian. */
    Potential HALF_SQUARE = new Potential() {
        @Override
        public double value(double t) {
            return 0.5 * t * t;
        }

        @Override
        public double curvature(double t) {
            return 1.0;
        }
    };

    /**
     * {@return ρ(t)}
     *
     * @param t a difference
     */
    double value(double t);

    /**
     * {@return ρ′(t)/t, so that ρ(s) ≤ ρ(t) + ½·curvature·(s² − t²) for all s}
     *
     * @param t a difference
     */
    double curvature(double t);
}
