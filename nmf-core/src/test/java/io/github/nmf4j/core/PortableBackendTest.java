package io.github.nmf4j.core;

import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.testkit.BackendContract;

class PortableBackendTest extends BackendContract {
    @Override
    protected LinearAlgebraBackend backend() {
        return new PortableBackend();
    }
}
