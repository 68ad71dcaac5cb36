package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Regularizer;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code ServiceLoader} will find; a module can load only services that it uses, and this one uses none. */
class ServicesTest {
    @Test
    void everyPenaltyIsProvidedUnderItsName() throws Exception {
        List<String> names = new ArrayList<>();
        for (String provider : provided()) {
            Regularizer prototype =
                    (Regularizer) Class.forName(provider).getConstructor().newInstance();
            assertThat(prototype.with(prototype.arguments())).isEqualTo(prototype);
            names.add(prototype.name());
        }
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "l1",
                        "ridge",
                        "elastic-net",
                        "log",
                        "lp",
                        "group-lasso",
                        "laplacian",
                        "temporal-smoothness",
                        "total-variation",
                        "decorrelation",
                        "minimum-volume",
                        "scale-invariant-sparsity",
                        "ard");
    }

    /** Parameters state the values that constructors use, so only a second copy tells when one changes. */
    @Test
    void standardValuesAreThese() {
        assertThat(new Ard().b()).isEqualTo(1);
        assertThat(new ElasticNet().ratio()).isEqualTo(0.5);
        assertThat(new GroupLasso().delta()).isEqualTo(1e-6);
        assertThat(new LogPenalty().epsilon()).isEqualTo(1);
        assertThat(new Lp().p()).isEqualTo(0.5);
        assertThat(new MinimumVolume().delta()).isEqualTo(0.1);
        assertThat(new ScaleInvariantSparsity().epsilon()).isEqualTo(1);
        assertThat(new TotalVariation().delta()).isEqualTo(1e-3);
    }

    @Test
    void modulePathAndClassPathAgree() throws Exception {
        assertThat(Files.readAllLines(classes().resolve("META-INF/services/" + Regularizer.class.getName())))
                .containsExactlyInAnyOrderElementsOf(provided());
    }

    private static List<String> provided() throws Exception {
        try (InputStream descriptor = Files.newInputStream(classes().resolve("module-info.class"))) {
            return ModuleDescriptor.read(descriptor).provides().stream()
                    .flatMap(provides -> provides.providers().stream())
                    .toList();
        }
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(
                L1.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
