package io.github.nmf4j.unmix;

/** The spectra that are possible, in whitened coordinates: a convex cone. Not thread-safe. */
interface SpectralCone {
    /** {@return how many coefficients describe a spectrum} */
    int coefficients();

    /**
     * {@return the squared distance of a point from the cone}
     *
     * @param y the point; only read
     * @param w coefficients ≥ 0 to begin from, zeros at first; receives those of the nearest spectrum
     * @param residual receives y less the nearest spectrum
     */
    double nearest(double[] y, double[] w, double[] residual);

    /** {@return whether atoms tie spectra down, so that the cone holds corners that the pixels leave open} */
    boolean tied();

    /** {@return the cone for another thread} */
    SpectralCone copy();

    /** Every spectrum without negative channels: coefficients are the channels. */
    record Orthant(int coefficients) implements SpectralCone {
        @Override
        public double nearest(double[] y, double[] w, double[] residual) {
            double square = 0;
            for (int i = 0; i < y.length; i++) {
                w[i] = Math.max(y[i], 0);
                residual[i] = Math.min(y[i], 0);
                square += residual[i] * residual[i];
            }
            return square;
        }

        @Override
        public boolean tied() {
            return false;
        }

        @Override
        public SpectralCone copy() {
            return this;
        }
    }

    /** Non-negative combinations {R·w} of the atoms of a dictionary. */
    final class Combinations implements SpectralCone {
        /** Atom after atom. */
        private final double[][] atoms;

        private final double[][] gram;
        private final double[] products;
        private final NonNegativeQuadratic leastSquares;

        /** @param atoms columns of R */
        Combinations(double[][] atoms) {
            this(atoms, gram(atoms));
        }

        private Combinations(double[][] atoms, double[][] gram) {
            this.atoms = atoms;
            this.gram = gram;
            this.products = new double[atoms.length];
            this.leastSquares = new NonNegativeQuadratic(gram, NonNegativeQuadratic.Sum.FREE);
        }

        private static double[][] gram(double[][] atoms) {
            double[][] gram = new double[atoms.length][atoms.length];
            for (int q = 0; q < atoms.length; q++) {
                for (int s = 0; s <= q; s++) {
                    gram[q][s] = dot(atoms[q], atoms[s]);
                    gram[s][q] = gram[q][s];
                }
            }
            return gram;
        }

        private static double dot(double[] x, double[] y) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += x[i] * y[i];
            }
            return sum;
        }

        @Override
        public int coefficients() {
            return atoms.length;
        }

        @Override
        public double nearest(double[] y, double[] w, double[] residual) {
            for (int q = 0; q < atoms.length; q++) {
                products[q] = dot(atoms[q], y);
            }
            leastSquares.minimize(products, w);
            System.arraycopy(y, 0, residual, 0, y.length);
            for (int q = 0; q < atoms.length; q++) {
                for (int i = 0; i < y.length && w[q] > 0; i++) {
                    residual[i] -= w[q] * atoms[q][i];
                }
            }
            return dot(residual, residual);
        }

        @Override
        public boolean tied() {
            return true;
        }

        @Override
        public SpectralCone copy() {
            return new Combinations(atoms, gram);
        }
    }
}
