package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.Extension;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.core.Plugins;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Extensions are found on the module path as on the class path, and one that is missing is known by its artifact. */
class DiscoveryTest {
    private static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Path locationOf(Class<? extends Extension<?>> service, String name) {
        Plugins plugins = Plugins.load();
        return plugins.all(service).stream()
                .filter(e -> e.name().equals(name))
                .map(e -> location(plugins.providerOf(e)))
                .findFirst()
                .orElseThrow();
    }

    /** Prints what is found, a name a line; runs in a virtual machine of its own. */
    static final class Finder {
        private Finder() {}

        /** @param args none */
        public static void main(String... args) {
            Plugins plugins = Plugins.load();
            plugins.broken().forEach(System.out::println);
            System.out.println(Plugins.class.getModule().getName());
            plugins.services()
                    .forEach(service -> plugins.all(service)
                            .forEach(found -> System.out.println(service.getSimpleName() + " " + found.name() + " "
                                    + plugins.providerOf(found).getModule().isNamed())));
        }
    }

    @Test
    void modulesAndTheClassPathAreFoundTogether() throws IOException, InterruptedException {
        String modules = Stream.of(
                        location(Loss.class), location(Plugins.class), locationOf(Regularizer.class, "laplacian"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        String classes = Stream.of(
                        location(Finder.class),
                        locationOf(LinearAlgebraBackend.class, "ejml"),
                        location(org.ejml.data.DMatrixRMaj.class),
                        location(org.ejml.MatrixDimensionException.class))
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--module-path",
                        modules,
                        "--add-modules",
                        "io.github.nmf4j.core,io.github.nmf4j.regularizers",
                        "-cp",
                        classes,
                        Finder.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(said.toString()).isZero();
        assertThat(said)
                .contains(
                        "io.github.nmf4j.core",
                        "Loss kullback-leibler true",
                        "Regularizer laplacian true",
                        "Constraint unit-columns true",
                        "LinearAlgebraBackend portable true",
                        "LinearAlgebraBackend ejml false")
                .doesNotHaveDuplicates();
    }

    @Test
    void whatAnotherArtifactBringsIsKnownByIt() {
        Plugins all = Plugins.load();
        Plugins none = Plugins.load(ClassLoader.getPlatformClassLoader());
        for (Class<? extends Extension<?>> service : List.of(Regularizer.class, LinearAlgebraBackend.class)) {
            for (Extension<?> extension : all.all(service)) {
                Path home = location(all.providerOf(extension));
                if (!home.equals(location(Plugins.class))) {
                    String artifact = Stream.iterate(home, Path::getParent)
                            .map(folder -> folder.getFileName().toString())
                            .filter(folder -> folder.startsWith("nmf-"))
                            .findFirst()
                            .orElseThrow()
                            .replaceFirst("-\\d.*", "");
                    assertRefused(none, service, extension.name(), artifact);
                }
            }
        }
    }

    private static void assertRefused(Plugins none, Class<?> service, String name, String artifact) {
        assertThatThrownBy(() -> {
                    if (service == Regularizer.class) {
                        none.find(Regularizer.class, name);
                    } else {
                        none.find(LinearAlgebraBackend.class, name);
                    }
                })
                .as("artifacts.properties of nmf-core must have " + service.getSimpleName() + "." + name)
                .hasMessageEndingWith("io.github.nmf4j:" + artifact + " on the class path would bring it");
    }
}
