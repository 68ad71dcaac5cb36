package io.github.nmf4j.backend.vector;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.CoordinateSteps;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Pass;
import java.time.Duration;
import java.util.Optional;

/** Products, the hot pass and elementary functions on the vector registers of the machine. */
@AutoService(LinearAlgebraBackend.class)
public final class VectorBackend implements LinearAlgebraBackend {
    private static final int PRIORITY = 200;
    private static final int WARM_UP_MILLIS = 800;

    /** The backend; it has no parameters. */
    public VectorBackend() {}

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public String summary() {
        return "the Vector API of the JDK: 256 or 512 bits";
    }

    @Override
    public Availability availability() {
        return Machine.availability();
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    /** What the compiler needs for the kernels, which before are some hundred times slower. */
    @Override
    public Duration warmUp() {
        return Duration.ofMillis(WARM_UP_MILLIS);
    }

    @Override
    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
        LinearAlgebraBackend.requireShapes(what, a, b, into);
        Products.multiply(what, a, b, keep, into);
    }

    @Override
    public Elementary elementary() {
        return VectorElementary.INSTANCE;
    }

    @Override
    public Pass pass(int rank) {
        return new VectorPass(rank);
    }

    @Override
    public Optional<CoordinateSteps> coordinateSteps(int rank) {
        return Optional.of(new VectorSteps(rank));
    }
}
