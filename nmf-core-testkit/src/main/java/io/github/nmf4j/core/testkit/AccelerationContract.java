package io.github.nmf4j.core.testkit;

import io.github.nmf4j.core.Acceleration;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.Hals;
import io.github.nmf4j.core.KullbackLeibler;
import io.github.nmf4j.core.MajorizeMinimize;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.PortableBackend;
import io.github.nmf4j.core.RandomStart;
import io.github.nmf4j.core.UnitColumns;
import java.util.List;

/**
 * What every acceleration keeps; its test extends this and names the instance. It is tried on sweeps of {@code mm} and of
 * {@code hals}, and on a constraint that extrapolated points must be brought back to.
 */
public abstract class AccelerationContract extends FitLaws<Acceleration> {
    /** For tests that extend this. */
    protected AccelerationContract() {}

    /** {@return the acceleration under test} */
    protected abstract Acceleration acceleration();

    @Override
    protected final Acceleration extension() {
        return acceleration();
    }

    private Nmf.Builder fit() {
        return Nmf.builder()
                .rank(RANK)
                .start(new RandomStart())
                .backend(new PortableBackend())
                .acceleration(acceleration());
    }

    @Override
    final List<Nmf.Builder> fits() {
        return List.of(
                fit().loss(new KullbackLeibler()).solver(new MajorizeMinimize()),
                fit().loss(new KullbackLeibler()).solver(new MajorizeMinimize()).constrainH(new UnitColumns()),
                fit().loss(new Euclidean()).solver(new Hals()));
    }
}
