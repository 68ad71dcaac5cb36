package io.github.nmf4j.data;

import java.util.Arrays;

/** What the columns of the dictionary of a simulated spectral image look like. */
public enum Atoms {
    /** A family of up to four Gaussian lines above a smooth background, as in X-ray emission. */
    LINES {
        @Override
        void draw(Draws draws, double[] column) {
            int channels = column.length;
            double base = draws.uniform(0.02, 0.08);
            double decay = draws.uniform(2, 5);
            for (int i = 0; i < channels; i++) {
                column[i] = base * (0.1 + StrictMath.exp(-decay * i / channels));
            }
            int lines = 1 + draws.below(4);
            for (int line = 0; line < lines; line++) {
                double centre = draws.uniform(0.05, 0.95) * channels;
                add(column, centre, 0.008 * channels + 0.01 * centre, draws.uniform(0.3, 1));
            }
        }
    },

    /** Up to three broad bands that overlap with those of other atoms, as in fluorescence or reflectance. */
    BANDS {
        @Override
        void draw(Draws draws, double[] column) {
            int channels = column.length;
            Arrays.fill(column, 0.01);
            int bands = 1 + draws.below(3);
            for (int band = 0; band < bands; band++) {
                double centre = draws.uniform(0.05, 0.95) * channels;
                double width = draws.uniform(0.03, 0.1) * channels;
                add(column, centre, width, draws.uniform(0.3, 1));
            }
        }
    },

    /** A power-law background with steps that decay as it does, as in electron energy loss. */
    EDGES {
        @Override
        void draw(Draws draws, double[] column) {
            int channels = column.length;
            double slope = draws.uniform(1, 3);
            double base = draws.uniform(0.05, 0.2);
            for (int i = 0; i < channels; i++) {
                column[i] = base * StrictMath.pow(1 + 5.0 * i / channels, -slope);
            }
            int edges = 1 + draws.below(2);
            for (int edge = 0; edge < edges; edge++) {
                double onset = draws.uniform(0.05, 0.8) * channels;
                double height = draws.uniform(0.3, 1);
                for (int i = (int) StrictMath.ceil(onset); i < channels; i++) {
                    column[i] += height * StrictMath.pow(1 + 5.0 * (i - onset) / channels, -slope);
                }
            }
        }
    };

    /** Draws one atom, in any scale. */
    abstract void draw(Draws draws, double[] column);

    private static void add(double[] column, double centre, double width, double height) {
        for (int i = 0; i < column.length; i++) {
            double z = (i - centre) / width;
            column[i] += height * StrictMath.exp(-0.5 * z * z);
        }
    }
}
