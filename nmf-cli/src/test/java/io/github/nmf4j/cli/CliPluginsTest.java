package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.core.Start;
import io.github.nmf4j.data.MatrixFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CliPluginsTest {
    @TempDir
    Path folder;

    private static List<String> names(JsonNode plugins, String service) {
        List<String> names = new ArrayList<>();
        plugins.forEach(p -> {
            if (p.get("service").asString().equals(service)) {
                names.add(p.get("name").asString());
            }
        });
        return names;
    }

    @Test
    void listsEveryServiceWithItsParameters() {
        JsonNode plugins = Ran.nmf("plugins", "--json").json();

        assertThat(names(plugins, "loss")).contains("beta", "euclidean", "itakura-saito", "kullback-leibler");
        assertThat(names(plugins, "regularizer"))
                .contains("elastic-net", "l1", "laplacian", "log", "ridge", "total-variation");
        assertThat(names(plugins, "constraint")).contains("box", "fixed", "floor", "unit-columns", "unit-rows");
        assertThat(names(plugins, "backend")).contains("ejml", "ojalgo", "portable");
        assertThat(names(plugins, "start")).contains("nndsvd", "nndsvda", "nndsvdar", "random");
        assertThat(names(plugins, "solver")).contains("mm", "hals");
        assertThat(names(plugins, "acceleration")).contains("none");
        for (JsonNode plugin : plugins) {
            assertThat(plugin.get("artifact").asString()).as(plugin.toString()).isNotEmpty();
            assertThat(plugin.has("version")).isTrue();
            assertThat(plugin.get("available").asBoolean() || plugin.has("reason"))
                    .isTrue();
            if (plugin.get("service").asString().equals("regularizer")) {
                assertThat(plugin.get("parameters").findValuesAsString("name")).contains("weight");
                assertThat(plugin.get("artifact").asString()).contains("nmf-regularizers");
            }
            for (JsonNode parameter : plugin.get("parameters")) {
                assertThat(parameter.get("meaning").asString()).isNotEmpty();
                assertThat(parameter.get("type").asString()).isNotEmpty();
                assertThat(parameter.has("default")).isTrue();
            }
        }
    }

    @Test
    void listsThemForPeopleToo() {
        assertThat(Ran.nmf("plugins").succeeded().out()).contains("kullback-leibler", "weight=1");
    }

    @Test
    void findsExtensionsInAFolderOfJars() throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("flat-start.jar")))) {
            jar.putNextEntry(new JarEntry("META-INF/services/" + Start.class.getName()));
            jar.write(FlatStart.class.getName().getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        Path x = folder.resolve("x.npy");
        MatrixFiles.write(x, DenseMatrix.wrap(2, 2, 1, 2, 3, 4));
        assertThat(names(Ran.nmf("plugins", "--json").json(), "start")).doesNotContain("flat");
        assertThat(names(Ran.nmf("--plugins", folder, "plugins", "--json").json(), "start"))
                .contains("flat");
        Ran.nmf("--plugins", folder, "fit", x, "--rank", 1, "--start", "flat").succeeded();
        Ran.nmf("fit", x, "--rank", 1, "--start", "flat", "--plugins", folder).succeeded();
        assertThat(names(Ran.nmf("plugins", "--json", "--plugins", folder).json(), "start"))
                .contains("flat");
        Ran.nmf("fit", x, "--rank", 1, "--plugins", x).refused("--plugins must name a folder of jars: " + x);
        Ran.nmf("fit", x, "--rank", 1, "--start", "flat")
                .refused(
                        "no Start is named 'flat'; found: kmeans, nndsvd, nndsvd-fill, nndsvda, nndsvdar, random, random-acol, spa");
    }

    @Test
    void saysWhatIsRunning() {
        Ran version = Ran.nmf("--version").succeeded();
        assertThat(version.out())
                .contains("nmf4j ", "Java " + System.getProperty("java.version"))
                .doesNotContain("${");
        assertThat(Ran.nmf("--help").succeeded().out()).contains("fit", "transform", "demo", "plugins", "--plugins");
        assertThat(Ran.nmf("fit", "--help").succeeded().out()).contains("--penalty", "--trace-every");
    }

    /** A class that is missing, one of a later Java and a file that is no jar: reported, and all else works. */
    @Test
    void aBrokenPluginLeavesTheOthersAlone(@TempDir Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("plugins")); // also the name of a subcommand
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("broken.jar")))) {
            jar.putNextEntry(new JarEntry("META-INF/services/" + Loss.class.getName()));
            jar.write("acme.Missing\nacme.TooNew\n".getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
            jar.putNextEntry(new JarEntry("acme/TooNew.class"));
            jar.write(new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 120, 0, 1});
            jar.closeEntry();
        }
        Path x = parent.resolve("x.csv");
        Files.writeString(x, "1,2\n3,4\n");
        Ran ran = Ran.nmf("--plugins", folder, "fit", x, "--rank", 1, "--loss", "kl")
                .succeeded();

        assertThat(ran.err().lines())
                .filteredOn(line -> line.startsWith("nmf: a plug-in cannot be loaded: Loss: "))
                .hasSize(2)
                .anyMatch(line -> line.contains("acme.Missing"))
                .anyMatch(line -> line.contains("acme/TooNew"));
        assertThat(names(Ran.nmf("--plugins", folder, "plugins", "--json").json(), "loss"))
                .contains("beta", "euclidean", "itakura-saito", "kullback-leibler");
    }
}
