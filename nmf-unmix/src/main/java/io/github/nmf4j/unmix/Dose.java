package io.github.nmf4j.unmix;

/** What the photons of a pixel tell beside its composition. */
enum Dose {
    /** All pixels were given the same dose and are equally thick: their photons are those of what they consist of. */
    SAME {
        @Override
        double factor(double relative) {
            return Math.sqrt(relative);
        }

        @Override
        Smoothing smoothing() {
            return Smoothing.RESTORED;
        }
    },
    /** Nothing: dose or thickness varies, and every pixel is brought to the mean. */
    VARYING {
        @Override
        double factor(double relative) {
            return 1 / Math.sqrt(relative);
        }

        @Override
        Smoothing smoothing() {
            return Smoothing.PLAIN;
        }
    };

    /**
     * {@return what the whitened scores of a pixel, x/√c, are multiplied by}
     *
     * @param relative photons c of the pixel beside the mean
     */
    abstract double factor(double relative);

    /** {@return how scores are smoothed in the end} Where dose varies its slopes would become steps if that were strong. */
    abstract Smoothing smoothing();
}
