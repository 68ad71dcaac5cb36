package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import java.util.SplittableRandom;

/** Uniform random numbers in [0.1, 1.1): positive, so that no entry is locked near 0. */
@AutoService(Start.class)
public record RandomStart() implements Start {
    private static final double LEAST = 0.1;

    @Override
    public String name() {
        return "random";
    }

    @Override
    public String summary() {
        return "uniform random numbers";
    }

    @Override
    public void write(StartData data, DenseMatrix w, DenseMatrix h) {
        fill(data, Factor.W, w);
        fill(data, Factor.H, h);
    }

    private static void fill(StartData data, Factor factor, DenseMatrix values) {
        for (int j = 0; j < values.columns(); j++) {
            SplittableRandom random = data.random(factor, j);
            for (int c = 0; c < values.rows(); c++) {
                values.set(c, j, LEAST + random.nextDouble());
            }
        }
    }
}
