package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.testkit.BackendContract;
import org.junit.jupiter.api.Tag;

/** Run twice: with the vectors of the machine, and with those of 256 bits. */
@Tag("slow")
class VectorBackendTest extends BackendContract {
    @Override
    protected LinearAlgebraBackend backend() {
        return new VectorBackend();
    }
}
