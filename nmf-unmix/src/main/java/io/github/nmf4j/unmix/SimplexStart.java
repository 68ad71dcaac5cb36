package io.github.nmf4j.unmix;

import java.util.SplittableRandom;

/** Simplices to begin from: regular ones, turned at random, stretched as the points are and enlarged until they hold all. */
final class SimplexStart {
    private SimplexStart() {}

    /**
     * {@return corners, coordinate i of corner a at i · k + a}
     *
     * @param points to be held
     * @param variances of the coordinates
     * @param random turns it; not used in one dimension
     */
    static double[] around(Points points, double[] variances, SplittableRandom random) {
        int k = points.dimensions() + 1;
        double[][] rotation = rotation(k - 1, random);
        double[] corners = new double[(k - 1) * k];
        for (int a = 0; a < k; a++) {
            for (int i = 0; i < k - 1; i++) {
                double sum = 0;
                for (int l = 0; l < k - 1; l++) {
                    sum += rotation[i][l] * regular(k, l, a);
                }
                corners[i * k + a] = sum * Math.sqrt(variances[i]);
            }
        }
        return enlarged(corners, points);
    }

    /**
     * {@return the simplex through pixels that are far out, each the farthest from those before, enlarged until it holds all;
     * where they span no volume, one that is turned at random}
     *
     * <p>Successive projection: Araújo et al. (2001), Chemometrics and Intelligent Laboratory Systems 57, 65–73. Only a place to
     * begin: where no pixel is pure, extreme pixels are far from the corners.
     *
     * @param points to be held
     * @param variances of the coordinates
     * @param random for the other
     */
    static double[] throughExtremes(Points points, double[] variances, SplittableRandom random) {
        int d = points.dimensions();
        int k = d + 1;
        double[][] lifted =
                new double[points.count()][k]; // with a coordinate for the mean, so that k directions are left
        for (int j = 0; j < lifted.length; j++) {
            for (int i = 0; i < d; i++) {
                lifted[j][i] = points.coordinate(i)[j] / Math.sqrt(variances[i]);
            }
            lifted[j][d] = 1;
        }
        double[] corners = new double[d * k];
        for (int a = 0; a < k; a++) {
            int farthest = 0;
            double most = 0;
            for (int j = 0; j < lifted.length; j++) {
                double square = dot(lifted[j], lifted[j]);
                if (square > most) {
                    most = square;
                    farthest = j;
                }
            }
            double[] direction = lifted[farthest].clone();
            for (double[] point : lifted) {
                add(point, direction, most > 0 ? -dot(point, direction) / most : 0);
            }
            for (int i = 0; i < d; i++) {
                corners[i * k + a] = points.coordinate(i)[farthest];
            }
        }
        return Barycentric.of(k, corners).degenerate() ? around(points, variances, random) : enlarged(corners, points);
    }

    /** Enlarges a simplex about its centre until it holds all points. */
    private static double[] enlarged(double[] corners, Points points) {
        int k = points.dimensions() + 1;
        double[] centre = new double[k - 1];
        for (int e = 0; e < corners.length; e++) {
            centre[e / k] += corners[e] / k;
        }
        Barycentric simplex = Barycentric.of(k, corners);
        double[] coordinates = new double[points.count()];
        double least = 0;
        for (int a = 0; a < k; a++) {
            simplex.coordinates(a, points, coordinates);
            for (double h : coordinates) {
                least = Math.min(least, h);
            }
        }
        double enlarged = Math.max(1, (1.0 / k - least) * k);
        for (int e = 0; e < corners.length; e++) {
            corners[e] = centre[e / k] + enlarged * (corners[e] - centre[e / k]);
        }
        return corners;
    }

    /** Coordinate l of corner a of the regular simplex with k corners at distance 1 from its centre, the origin. */
    private static double regular(int k, int l, int a) {
        double unit = Math.sqrt(k / (k - 1.0)) / Math.sqrt((l + 1.0) * (l + 2.0));
        return a <= l ? unit : a == l + 1 ? -(l + 1) * unit : 0;
    }

    /** A random rotation or reflection: Gram–Schmidt on normal vectors; the identity in one dimension. */
    private static double[][] rotation(int d, SplittableRandom random) {
        double[][] rows = new double[d][d];
        if (d == 1) {
            rows[0][0] = 1;
            return rows;
        }
        for (int i = 0; i < d; i++) {
            for (int l = 0; l < d; l++) {
                rows[i][l] = random.nextGaussian();
            }
            for (int round = 0; round < 2; round++) {
                for (int before = 0; before < i; before++) {
                    add(rows[i], rows[before], -dot(rows[i], rows[before]));
                }
            }
            double norm = Math.sqrt(dot(rows[i], rows[i]));
            for (int l = 0; l < d; l++) {
                rows[i][l] /= norm;
            }
        }
        return rows;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static void add(double[] to, double[] what, double factor) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }
}
