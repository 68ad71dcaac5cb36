package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;

/**
 * {@link Nndsvd} with zeros filled by random numbers between 0 and a hundredth of the mean of X: Boutsidis &amp; Gallopoulos
 * (2008), variant ar.
 */
@AutoService(Start.class)
public record Nndsvdar() implements Start {
    private static final double SHARE = 0.01;

    @Override
    public String name() {
        return "nndsvdar";
    }

    @Override
    public String summary() {
        return "nndsvd with small random numbers in place of zeros";
    }

    @Override
    public void write(StartData data, DenseMatrix w, DenseMatrix h) {
        SingularStart.write(data, w, h);
        SingularStart.fillZeros(data, Factor.W, w, random -> SHARE * data.mean() * random.nextDouble());
        SingularStart.fillZeros(data, Factor.H, h, random -> SHARE * data.mean() * random.nextDouble());
    }
}
