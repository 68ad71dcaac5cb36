package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;

/**
 * {@link Nndsvd} with zeros filled by a hundredth of the mean of their component, then a fit of H: the standard start.
 *
 * <p>The filling follows each component's size, where that of {@link Nndsvda} is one number for all and may outweigh the faint
 * ones by far.
 */
@AutoService(Start.class)
public record NndsvdFill() implements Start {
    @Override
    public String name() {
        return "nndsvd-fill";
    }

    @Override
    public String summary() {
        return "nndsvd with a hundredth of the component in place of zeros, then a fit of h; the standard start";
    }

    @Override
    public boolean fitsH() {
        return true;
    }

    @Override
    public boolean varies() {
        return false;
    }

    @Override
    public void write(StartData data, DenseMatrix w, DenseMatrix h) {
        SingularStart.write(data, w, h);
        GuessedH.fillZeros(data, Factor.W, w);
        GuessedH.fillZeros(data, Factor.H, h);
    }
}
