package io.github.nmf4j.backend.ejml;

import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.testkit.BackendContract;

class EjmlBackendTest extends BackendContract {
    @Override
    protected LinearAlgebraBackend backend() {
        return new EjmlBackend();
    }
}
