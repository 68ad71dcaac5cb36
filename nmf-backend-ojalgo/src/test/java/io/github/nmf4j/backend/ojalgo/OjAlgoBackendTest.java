package io.github.nmf4j.backend.ojalgo;

import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.testkit.BackendContract;

class OjAlgoBackendTest extends BackendContract {
    @Override
    protected LinearAlgebraBackend backend() {
        return new OjAlgoBackend();
    }
}
