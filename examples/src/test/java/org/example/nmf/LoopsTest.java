package org.example.nmf;

import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.testkit.BackendContract;

class LoopsTest extends BackendContract {
    @Override
    protected LinearAlgebraBackend backend() {
        return new Loops();
    }
}
