package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import java.util.SplittableRandom;

/**
 * Each column of W is the mean of twenty columns of X drawn at random, H is fitted to it: near the data from the first
 * iteration on, and another one for every seed.
 *
 * <p>Langville, Meyer, Albright, Cox &amp; Duling (2014), arXiv:1407.7299, section 3 (random Acol). One pass over X.
 */
@AutoService(Start.class)
public record RandomColumns() implements Start {
    private static final int DRAWN = 20;

    @Override
    public String name() {
        return "random-acol";
    }

    @Override
    public String summary() {
        return "means of twenty random columns of x, then a fit of h; another one for every seed, near the data";
    }

    @Override
    public boolean fitsH() {
        return true;
    }

    @Override
    public void write(StartData data, DenseMatrix w, DenseMatrix h) {
        DenseMatrix drawn = DenseMatrix.zeros(w.rows(), data.columns());
        for (int c = 0; c < w.rows(); c++) {
            SplittableRandom random = data.random(Factor.W, c);
            for (int d = 0; d < DRAWN; d++) {
                int j = random.nextInt(data.columns());
                drawn.set(c, j, drawn.get(c, j) + 1.0 / DRAWN);
            }
        }
        w.set(data.times(Factor.W, drawn));
        GuessedH.complete(data, w, h);
    }
}
