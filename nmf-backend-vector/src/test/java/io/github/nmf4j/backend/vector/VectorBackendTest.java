package io.github.nmf4j.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.testkit.BackendContract;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class VectorBackendTest extends BackendContract {
    @Override
    protected LinearAlgebraBackend backend() {
        return new VectorBackend();
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(LinearAlgebraBackend.class))
                .singleElement()
                .isInstanceOf(VectorBackend.class);
    }
}
