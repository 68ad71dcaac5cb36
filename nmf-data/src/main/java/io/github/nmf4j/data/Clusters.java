package io.github.nmf4j.data;

import io.github.nmf4j.api.DenseMatrix;

/**
 * Simulated samples around a few centres, with their truth.
 *
 * <p>The centres are uniform on [0, 1). A sample is a centre whose every coordinate is multiplied by 1 + noise · z, z
 * standard normal, and clipped at zero; then every feature is divided by its standard deviation over the samples, and the
 * centres with it. A feature that does not vary stays as it is.
 *
 * @param x samples × features, every feature of unit deviation
 * @param labels the cluster of each sample; shared, only to be read
 * @param centres clusters × features, in the scale of x
 */
public record Clusters(DenseMatrix x, int[] labels, DenseMatrix centres) {

    /** {@return the settings to simulate with: 5000 samples, 1000 features, 5 clusters, noise 0.5, seed 0} */
    public static Builder builder() {
        return new Builder();
    }

    /** What to simulate. Each setting keeps its default unless it is set. */
    public static final class Builder {
        private static final double MOST_NOISE = 1e3;

        private int samples = 5000;
        private int features = 1000;
        private int clusters = 5;
        private double noise = 0.5;
        private long seed;

        private Builder() {}

        /**
         * {@return this}
         *
         * @param samples rows of x, at least 1
         */
        public Builder samples(int samples) {
            this.samples = Settings.atLeast(1, "samples", samples);
            return this;
        }

        /**
         * {@return this}
         *
         * @param features columns of x, at least 1
         */
        public Builder features(int features) {
            this.features = Settings.atLeast(1, "features", features);
            return this;
        }

        /**
         * {@return this}
         *
         * @param clusters centres to draw, at least 1
         */
        public Builder clusters(int clusters) {
            this.clusters = Settings.atLeast(1, "clusters", clusters);
            return this;
        }

        /**
         * {@return this}
         *
         * @param noise standard deviation of a coordinate relative to the centre's, from 0 to 1000
         */
        public Builder noise(double noise) {
            this.noise = Settings.within(0, MOST_NOISE, "noise", noise);
            return this;
        }

        /**
         * {@return this}
         *
         * @param seed any; one seed gives the same samples on every machine
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * {@return the samples}
         *
         * @throws io.github.nmf4j.api.InvalidInputException if they have more entries than an array can hold
         */
        public Clusters simulate() {
            Draws draws = new Draws(seed);
            DenseMatrix x = DenseMatrix.zeros(samples, features);
            DenseMatrix centres = DenseMatrix.zeros(clusters, features);
            for (int e = 0; e < clusters * features; e++) {
                centres.data()[e] = draws.uniform();
            }
            int[] labels = new int[samples];
            for (int i = 0, at = 0; i < samples; i++) {
                labels[i] = draws.below(clusters);
                int centre = labels[i] * features;
                for (int j = 0; j < features; j++, at++) {
                    x.data()[at] = Math.max(0, centres.data()[centre + j] * (1 + noise * draws.gaussian()));
                }
            }
            double[] deviations = deviations(x);
            divideColumns(x, deviations);
            divideColumns(centres, deviations);
            return new Clusters(x, labels, centres);
        }

        private static double[] deviations(DenseMatrix x) {
            int columns = x.columns();
            double[] means = new double[columns];
            double[] squares = new double[columns];
            for (int i = 0, at = 0; i < x.rows(); i++) {
                for (int j = 0; j < columns; j++, at++) {
                    means[j] += x.data()[at] / x.rows();
                }
            }
            for (int i = 0, at = 0; i < x.rows(); i++) {
                for (int j = 0; j < columns; j++, at++) {
                    double d = x.data()[at] - means[j];
                    squares[j] += d * d;
                }
            }
            for (int j = 0; j < columns; j++) {
                squares[j] = Math.sqrt(squares[j] / x.rows());
            }
            return squares;
        }

        private static void divideColumns(DenseMatrix x, double[] by) {
            for (int i = 0, at = 0; i < x.rows(); i++) {
                for (int j = 0; j < by.length; j++, at++) {
                    x.data()[at] /= by[j] > 0 ? by[j] : 1;
                }
            }
        }
    }
}
