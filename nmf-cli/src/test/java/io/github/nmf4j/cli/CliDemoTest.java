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
        assertThat(json.at("/plain/angles")).hasSize(3);
        assertThat(json.at("/plain/r2")).hasSize(3);
        for (int c = 0; c < 3; c++) {
            assertThat(json.at("/ceiling/r2").get(c).asDouble())
                    .isGreaterThan(json.get("r2").get(c).asDouble() - 0.01);
        }
        String report = Files.readString(out.resolve("report.html"));
        assertThat(report)
                .contains("<svg", "data:image/png;base64,", "prefers-color-scheme: dark", "Against the truth");
        assertThat(report.replaceAll("base64,[^\"]*", "")).doesNotContain("http://", "https://", "<script", "NaN");
        assertThat(CliReportTest.headings(report))
                .containsExactly(
                        "Against the truth",
                        "Maps",
                        "Spectra",
                        "How far to trust it",
                        "Losses of the two fits",
                        "To repeat it");
        for (String angle : new String[] {"/angles/0", "/notebook/angles/1", "/plain/angles/2"}) {
            assertThat(report)
                    .contains(String.format("Angle %.2f°.", json.at(angle).asDouble()));
        }
        for (String file :
                new String[] {"W.npy", "H.npy", "G.npy", "trace.csv", "model.json", "notebook-H.npy", "plain-trace.csv"
                }) {
            assertThat(out.resolve(file)).exists();
        }
    }

    @Test
    void clustersAreFoundAgain() throws IOException {
        Path out = folder.resolve("clusters");
        Path figures = folder.resolve("figures");
        JsonNode json = Ran.nmf("demo", "clusters", "--json", "--out", out, "--figures", figures)
                .json();
        assertThat(figures.resolve("01-relative-error-by-iteration.svg")).exists();
        assertThat(json.get("purity").asDouble()).isBetween(0.95, 1.0);
        assertThat(json.get("rank").asInt()).isEqualTo(5);
        assertThat(json.get("attempts")).hasSize(7);
        assertThat(json.at("/attempts/1/rank").asInt()).isEqualTo(3);
        assertThat(json.at("/attempts/1/purity").asDouble()).isLessThan(0.8);
        for (int a = 1; a < 7; a++) {
            assertThat(json.at("/attempts/" + a + "/relativeError").asDouble())
                    .isLessThan(
                            json.at("/attempts/" + (a - 1) + "/relativeError").asDouble());
        }
        String report = Files.readString(out.resolve("report.html"));
        assertThat(report)
                .contains("purity", "Explained variance", "Samples by cluster", "Samples by component 4 of W")
                .doesNotContain("NaN");
        assertThat(CliReportTest.headings(report))
                .containsExactly(
                        "How many components",
                        "The samples in a plane",
                        "Which component names which cluster",
                        "To repeat it");
    }
}
