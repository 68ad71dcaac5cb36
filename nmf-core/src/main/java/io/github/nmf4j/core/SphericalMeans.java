package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Columns of W are the centres of clusters of X's columns by direction; H is fitted to them.
 *
 * <p>Spherical k-means (Dhillon &amp; Modha 2001, Machine Learning 42, 143–175, section 3) from centres spread as by k-means++
 * (Arthur &amp; Vassilvitskii 2007, SODA, section 2.2), as a start of NMF in Wild, Curry &amp; Dougherty 2004, Pattern
 * Recognition 37(11), 2217–2232. Reads X rank + 21 times.
 */
@AutoService(Start.class)
public record SphericalMeans() implements Start {
    private static final int ROUNDS = 10;

    @Override
    public String name() {
        return "kmeans";
    }

    @Override
    public String summary() {
        return "centres of clusters of the columns of x by direction, then a fit of h";
    }

    @Override
    public boolean fitsH() {
        return true;
    }

    @Override
    public void write(StartData data, DenseMatrix w, DenseMatrix h) {
        double[] length = data.columnSquares();
        Arrays.setAll(length, j -> Math.sqrt(length[j]));
        spread(data, length, w);
        for (int round = 0; round < ROUNDS; round++) {
            DenseMatrix members = DenseMatrix.zeros(w.rows(), data.columns());
            DenseMatrix alike = data.times(Factor.H, w);
            for (int j = 0; j < data.columns(); j++) {
                if (length[j] > 0) {
                    members.set(nearest(alike, j), j, 1 / length[j]);
                }
            }
            DenseMatrix centres = data.times(Factor.W, members);
            for (int c = 0; c < w.rows(); c++) {
                if (normalize(centres, c)) { // an empty cluster keeps its centre
                    w.slice(c, 0, 1, w.columns()).set(centres.slice(c, 0, 1, w.columns()));
                }
            }
        }
        GuessedH.complete(data, w, h);
    }

    /** Draws columns as centres, each with the probability of its distance, 1 − cosine, to the nearest centre so far. */
    private static void spread(StartData data, double[] length, DenseMatrix w) {
        double[] distance = new double[length.length];
        for (int j = 0; j < length.length; j++) {
            distance[j] = length[j] > 0 ? 1.0 : 0.0;
        }
        for (int c = 0; c < w.rows(); c++) {
            int drawn = draw(distance, data.random(Factor.W, c));
            if (drawn < 0) {
                return;
            }
            DenseMatrix one = DenseMatrix.zeros(1, data.columns());
            one.set(0, drawn, 1 / length[drawn]);
            DenseMatrix centre = data.times(Factor.W, one);
            w.slice(c, 0, 1, w.columns()).set(centre);
            DenseMatrix alike = data.times(Factor.H, centre);
            for (int j = 0; j < length.length; j++) {
                if (length[j] > 0) {
                    distance[j] = Math.min(distance[j], Math.max(0.0, 1 - alike.get(0, j) / length[j]));
                }
            }
            distance[drawn] = 0;
        }
    }

    private static int draw(double[] weight, SplittableRandom random) {
        double left = random.nextDouble() * Arrays.stream(weight).sum();
        int last = -1;
        for (int j = 0; j < weight.length; j++) {
            if (weight[j] > 0) {
                last = j;
                left -= weight[j];
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }

    private static int nearest(DenseMatrix alike, int j) {
        int best = 0;
        for (int c = 1; c < alike.rows(); c++) {
            if (alike.get(c, j) > alike.get(best, j)) {
                best = c;
            }
        }
        return best;
    }

    /** {@return whether a row could be brought to unit length} */
    private static boolean normalize(DenseMatrix rows, int c) {
        double square = 0;
        for (int i = 0; i < rows.columns(); i++) {
            square += rows.get(c, i) * rows.get(c, i);
        }
        if (square > 0) {
            rows.slice(c, 0, 1, rows.columns()).scale(1 / Math.sqrt(square));
        }
        return square > 0;
    }
}
