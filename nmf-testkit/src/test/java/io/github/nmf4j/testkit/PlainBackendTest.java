package io.github.nmf4j.testkit;

import io.github.nmf4j.api.LinearAlgebraBackend;
import org.junit.jupiter.api.Tag;

/** A right backend passes, so what {@link BackendContractCatchesTest} sees fail is the fault it planted. */
@Tag("slow")
class PlainBackendTest extends BackendContract {
    @Override
    protected LinearAlgebraBackend backend() {
        return new PlainBackend();
    }
}
