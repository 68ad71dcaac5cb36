package io.github.nmf4j.testkit;

import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;

/**
 * A penalty on both factors as the other factor's half-step sees it: {@link Regularizer#atOther} in the place of
 * {@link Regularizer#at}, so that the laws of a penalty can be asked of it.
 *
 * @param of reads both factors
 */
record OtherSide(Regularizer of) implements Regularizer {
    @Override
    public String name() {
        return of.name();
    }

    @Override
    public Reads reads() {
        return Reads.BOTH_FACTORS;
    }

    @Override
    public boolean convex() {
        return of.convex();
    }

    @Override
    public boolean majorizes() {
        return of.majorizes();
    }

    @Override
    public boolean separatesComponents() {
        return of.separatesComponents();
    }

    @Override
    public Term at(FactorView now) {
        return of.atOther(now);
    }
}
