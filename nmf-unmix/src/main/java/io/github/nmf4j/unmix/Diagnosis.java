package io.github.nmf4j.unmix;

import java.util.List;

/**
 * How far an answer can be trusted.
 *
 * @param regime whether the data hold the simplex
 * @param gap eₖ/eₖ₊₁ − 1 of the eigenvalues of the smoothed image, with the noise expected in place of eₖ₊₁ where a dictionary
 *     of k atoms leaves none; near 0 the last component is noise
 * @param eigenvalues of the smoothed, whitened image: the first k and what follows
 * @param support of the facet opposite each component; the threshold is {@code leastSupport}
 * @param leastSupport what every support must reach for the regime to be {@link Regime#DETERMINED}
 * @param noise deviation of the noise left in the scores, in units of the noise of a pixel
 * @param gain units of x a count, as the noise tells: 1 for counts; NaN where the components fill all channels
 * @param departure deviation of the smoothed pixels across the plane of k components, beside that of noise: about 1, and more
 *     where dose or thickness varies or a component is missing; below 1 where a varying dose is allowed for
 * @param room for each component how much of another could be taken out of its spectrum before the rest is no possible spectrum:
 *     the share in its purest pixel, and with it the height of the map, may be too high by 1 + room; 8 stands for any more
 * @param starts objective reached from every start
 * @param photons of a pure pixel of each component, at the mean dose
 * @param remarks what to know before trusting the answer, in plain words, a sentence each; empty if nothing
 */
public record Diagnosis(
        Regime regime,
        double gap,
        List<Double> eigenvalues,
        List<Double> support,
        double leastSupport,
        double noise,
        double gain,
        double departure,
        List<Double> room,
        List<Double> starts,
        List<Double> photons,
        List<String> remarks) {
    /** Whether the data hold the simplex. */
    public enum Regime {
        /** Every facet is touched along its extent. */
        DETERMINED("determined"),
        /** A facet is touched in too small a part: it can pivot, and the volume decides where to. */
        WEAKLY_DETERMINED("weakly-determined");

        private final String label;

        Regime(String label) {
            this.label = label;
        }

        /** {@return the regime as files and messages write it} */
        public String label() {
            return label;
        }
    }

    /** Copies the lists. */
    public Diagnosis {
        eigenvalues = List.copyOf(eigenvalues);
        support = List.copyOf(support);
        room = List.copyOf(room);
        starts = List.copyOf(starts);
        photons = List.copyOf(photons);
        remarks = List.copyOf(remarks);
    }
}
