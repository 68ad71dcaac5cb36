package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;

/** {@link Nndsvd} with zeros filled by the mean of X: Boutsidis &amp; Gallopoulos (2008), variant a. */
@AutoService(Start.class)
public record Nndsvda() implements Start {
    @Override
    public String name() {
        return "nndsvda";
    }

    @Override
    public String summary() {
        return "nndsvd with the mean of x in place of zeros";
    }

    @Override
    public boolean varies() {
        return false;
    }

    @Override
    public void write(StartData data, DenseMatrix w, DenseMatrix h) {
        SingularStart.write(data, w, h);
        SingularStart.fillZeros(data, Factor.W, w, random -> data.mean());
        SingularStart.fillZeros(data, Factor.H, h, random -> data.mean());
    }
}
