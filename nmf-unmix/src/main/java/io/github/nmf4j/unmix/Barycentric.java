package io.github.nmf4j.unmix;

import java.util.Arrays;

/**
 * Barycentric coordinates with respect to the corners of a simplex in d dimensions: h = T̃⁻¹[t; 1] with T̃ = [T; 1ᵀ].
 *
 * <p>Row a of T̃⁻¹ is [gₐ, bₐ]: (gₐ·t + bₐ)/‖gₐ‖ is the distance of t from the facet opposite corner a, positive inside.
 */
final class Barycentric {
    private final int corners;
    private final double[][] inverse;
    private final double[] slope;
    private double logVolume;

    private Barycentric(int corners) {
        this.corners = corners;
        this.inverse = new double[corners][2 * corners];
        this.slope = new double[corners];
    }

    /**
     * {@return the coordinates; of a simplex without volume {@link #degenerate()} holds and nothing else}
     *
     * @param corners how many, d + 1
     * @param t coordinate i of corner a at i · corners + a
     */
    static Barycentric of(int corners, double[] t) {
        Barycentric coordinates = new Barycentric(corners);
        coordinates.invert(t);
        for (int a = 0; a < corners; a++) {
            double square = 0;
            for (int i = 0; i < corners - 1; i++) {
                square += coordinates.row(a, i) * coordinates.row(a, i);
            }
            coordinates.slope[a] = Math.sqrt(square);
        }
        return coordinates;
    }

    /** Gauss–Jordan elimination of [T̃ I] with row pivots. */
    private void invert(double[] t) {
        double[][] work = inverse;
        for (int i = 0; i < corners; i++) {
            for (int a = 0; a < corners; a++) {
                work[i][a] = i < corners - 1 ? t[i * corners + a] : 1;
            }
            work[i][corners + i] = 1;
        }
        for (int c = 0; c < corners; c++) {
            int pivot = c;
            for (int i = c + 1; i < corners; i++) {
                pivot = Math.abs(work[i][c]) > Math.abs(work[pivot][c]) ? i : pivot;
            }
            double[] row = work[pivot];
            work[pivot] = work[c];
            work[c] = row;
            logVolume += Math.log(Math.abs(row[c]));
            double reciprocal = 1 / row[c];
            for (int a = 0; a < row.length; a++) {
                row[a] *= reciprocal;
            }
            for (int i = 0; i < corners; i++) {
                double factor = work[i][c];
                for (int a = 0; a < row.length && i != c; a++) {
                    work[i][a] -= factor * row[a];
                }
            }
        }
    }

    int corners() {
        return corners;
    }

    /** {@return whether the corners span no volume that numbers can hold} */
    boolean degenerate() {
        return !Double.isFinite(logVolume);
    }

    /** {@return log |det T̃|, the volume times (k − 1)!} */
    double logVolume() {
        return logVolume;
    }

    /** {@return entry i of [gₐ, bₐ]} */
    double row(int a, int i) {
        return inverse[a][corners + i];
    }

    /** {@return ‖gₐ‖} */
    double slope(int a) {
        return slope[a];
    }

    /** Writes coordinate a of every point. */
    void coordinates(int a, Points points, double[] into) {
        Arrays.fill(into, 0, points.count(), row(a, corners - 1));
        for (int i = 0; i < corners - 1; i++) {
            double factor = row(a, i);
            double[] t = points.coordinate(i);
            for (int j = 0; j < points.count(); j++) {
                into[j] += factor * t[j];
            }
        }
    }
}
