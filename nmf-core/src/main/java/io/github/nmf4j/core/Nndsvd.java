package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.DenseMatrix;

/**
 * Non-negative double singular value decomposition; zeros become the floor.
 *
 * <p>Boutsidis &amp; Gallopoulos (2008), Pattern Recognition 41(4), 1350–1362. Multiplicative updates hardly leave the floor:
 * prefer {@code nndsvd-fill}.
 */
@AutoService(Start.class)
public record Nndsvd() implements Start {
    @Override
    public String name() {
        return "nndsvd";
    }

    @Override
    public String summary() {
        return "non-negative parts of the leading singular vectors; zeros stay zeros under multiplicative updates";
    }

    @Override
    public boolean varies() {
        return false;
    }

    @Override
    public void write(StartData data, DenseMatrix w, DenseMatrix h) {
        SingularStart.write(data, w, h);
    }
}
