package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import org.junit.jupiter.api.Test;

class RoomTest {
    /** (½, ½) less (0, 1) stays non-negative until half of the one is gone from the other, but for a tolerance. */
    @Test
    void isWhatCanBeTakenOutOfASpectrum() {
        SpectralCone cone = new SpectralCone.Orthant(2);
        assertThat(Room.of(columns(1, 0, 0, 1), cone)[0]).isCloseTo(0, within(0.03));
        double[] room = Room.of(columns(0.5, 0.5, 0, 1), cone);
        assertThat(room[0]).isCloseTo(1, within(0.05));
        assertThat(room[1]).isCloseTo(0, within(0.05));
    }

    @Test
    void isBoundedByTheChannelThatRunsOut() {
        double[] room = Room.of(columns(1, 0.2, 0, 1), new SpectralCone.Orthant(2));
        assertThat(room[0]).isCloseTo(0.25, within(0.05));
        double[] wide = Room.of(columns(0.5, 0.51, 0.5, 0.5), new SpectralCone.Orthant(2));
        assertThat(wide[0]).isEqualTo(Room.MOST);
    }

    private static DenseMatrix columns(double a, double b, double c, double d) {
        return DenseMatrix.of(new double[] {a, c}, new double[] {b, d});
    }
}
