package io.github.nmf4j.backend.ojalgo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.testkit.BackendContract;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class OjAlgoBackendTest extends BackendContract {
    @Override
    protected LinearAlgebraBackend backend() {
        return new OjAlgoBackend();
    }

    /** Whatever the contract asked for, the pool that ojAlgo would start is not there. */
    @AfterAll
    static void ojAlgoHasStartedNoThreads() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("ojAlgo"));
    }

    @Test
    void moduleDescriptorAndServicesFileAgree() throws IOException {
        Class<?> here = OjAlgoBackend.class;
        ModuleDescriptor module;
        try (InputStream in = here.getResourceAsStream("/module-info.class")) {
            module = ModuleDescriptor.read(in);
        }
        List<String> services;
        try (InputStream in = here.getResourceAsStream("/META-INF/services/" + LinearAlgebraBackend.class.getName())) {
            services = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(module.provides()).singleElement().satisfies(provides -> {
            assertThat(provides.service()).isEqualTo(LinearAlgebraBackend.class.getName());
            assertThat(provides.providers()).isEqualTo(services);
        });
        assertThat(services).containsExactly(OjAlgoBackend.class.getName());
    }

    @Test
    void refusesWhatItCannotSolve() {
        DenseMatrix dependent = DenseMatrix.of(new double[][] {{1, 2, 3}, {2, 4, 1}, {3, 6, 0}, {1, 2, 7}});
        assertThatThrownBy(() -> backend().leastSquares(dependent, DenseMatrix.zeros(4, 1), DenseMatrix.zeros(3, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("linearly independent columns");
        DenseMatrix notANumber = DenseMatrix.wrap(2, 2, 1, 0, Double.NaN, 1);
        assertThatThrownBy(() -> backend().eigen(notANumber)).hasMessageContaining("a[1, 0] = NaN");
    }
}
