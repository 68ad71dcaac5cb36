package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class CliDemoTest {
    @TempDir
    Path folder;

    /** The seed is that of the README; what it finds there has to stay near the truth. */
    @Test
    void spectraAreFoundAgain() throws IOException {
        Path out = folder.resolve("spectra");
        JsonNode json = Ran.nmf("demo", "spectra", "--json", "--out", out).json();
        assertThat(json.get("angles"))
                .hasSize(3)
                .allSatisfy(a -> assertThat(a.asDouble()).isBetween(0.0, 5.0));
        assertThat(json.get("r2"))
                .hasSize(3)
                .allSatisfy(r -> assertThat(r.asDouble()).isBetween(0.9, 1.0));
        assertThat(json.at("/notebook/angles")).hasSize(3);
        assertThat(json.at("/notebook/r2")).hasSize(3);
        for (int c = 0; c < 3; c++) {
            assertThat(json.at("/ceiling/r2").get(c).asDouble())
                    .isGreaterThan(json.get("r2").get(c).asDouble() - 0.01);
        }
        String report = Files.readString(out.resolve("report.html"));
        assertThat(report)
                .contains("<svg", "data:image/png;base64,", "prefers-color-scheme: dark", "Against the truth");
        assertThat(report.replaceAll("base64,[^\"]*", "")).doesNotContain("http://", "https://", "<script", "NaN");
        for (String file : new String[] {"W.npy", "H.npy", "G.npy", "trace.csv", "model.json", "notebook-H.npy"}) {
            assertThat(out.resolve(file)).exists();
        }
    }

    @Test
    void clustersAreFoundAgain() throws IOException {
        Path out = folder.resolve("clusters");
        JsonNode json = Ran.nmf("demo", "clusters", "--json", "--out", out).json();
        assertThat(json.get("purity").asDouble()).isBetween(0.95, 1.0);
        assertThat(json.get("attempts")).hasSize(3);
        assertThat(json.at("/attempts/0/purity").asDouble()).isLessThan(0.8);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("<svg", "purity")
                .doesNotContain("NaN");
    }
}
