package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.data.Maps;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.data.SpectralImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CliUnmixTest {
    @TempDir
    Path folder;

    private SpectralImage image;
    private Path x;
    private Path g;
    private Path out;

    @BeforeEach
    void write() {
        image = SpectralImage.builder()
                .channels(60)
                .atoms(12)
                .shape(new Shape(40, 50))
                .maps(Maps.SPHERES)
                .photons(500)
                .seed(1)
                .simulate();
        x = folder.resolve("x.npy");
        g = folder.resolve("g.npy");
        out = folder.resolve("results");
        MatrixFiles.write(x, image.x().toDense());
        MatrixFiles.write(g, image.dictionary());
    }

    @Test
    void writesTheAnswerAndHowFarToTrustIt() throws IOException {
        JsonNode json = Ran.nmf("unmix", x, "--rank", 3, "--shape", "40x50", "--dictionary", g, "--json", "--out", out)
                .json();
        assertThat(json.get("gap").asDouble()).isGreaterThan(5);
        assertThat(json.get("support")).hasSize(3);
        assertThat(json.get("starts")).hasSize(5);
        assertThat(json.get("photons")).hasSize(3);
        assertThat(json.get("regime").asString()).isEqualTo("determined");
        assertThat(json.get("remarks")).isEmpty();
        for (String key : new String[] {"objective", "iterations", "seconds", "threads"}) {
            assertThat(json.get(key).isNumber()).as(key).isTrue();
        }
        JsonNode model = Ran.JSON.readTree(Files.readString(out.resolve("model.json")));
        for (String key : new String[] {"gap", "regime", "support", "starts", "remarks", "objective"}) {
            assertThat(model.get(key)).as(key).isEqualTo(json.get(key));
        }
        assertThat(model.get("image").asString()).isEqualTo("40x50");
        Matrix w = MatrixFiles.read(out.resolve("W.npy")).matrix();
        Matrix h = MatrixFiles.read(out.resolve("H.npy")).matrix();
        assertThat(w.rows()).isEqualTo(12);
        assertThat(h.columns()).isEqualTo(2000);
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += h.get(c, 777);
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
        List<String> trace = Files.readAllLines(out.resolve("trace.csv"));
        assertThat(trace.get(0)).isEqualTo("iteration,seconds,objective,volume,contacts,cone");
        assertThat(trace).hasSize(json.get("iterations").asInt() + 2);
        String report = Files.readString(out.resolve("report.html"));
        assertThat(report).contains("How far to trust it", "<svg", "data:image/png;base64,");
        assertThat(report.replaceAll("base64,[^\"]*", "")).doesNotContain("http://", "https://", "<script", "NaN");
    }

    /** What it writes is a model as a fit writes it: maps of new pixels under the same spectra. */
    @Test
    void transformTakesWhatItWrites() {
        Ran.nmf("unmix", x, "-k", 3, "--shape", "40x50", "--dictionary", g, "--quiet", "--out", out)
                .succeeded();
        Path maps = folder.resolve("maps");
        Ran.nmf("transform", out, x, "--columns", "--max-iterations", 100, "--quiet", "--out", maps)
                .succeeded();
        Matrix h = MatrixFiles.read(out.resolve("H.npy")).matrix();
        Matrix again = MatrixFiles.read(maps.resolve("H.npy")).matrix();
        for (int c = 0; c < 3; c++) {
            assertThat(Measures.r2(Measures.row(h, c), Measures.row(again, c))).isGreaterThan(0.8);
        }
    }

    @Test
    void theSummarySaysWhatToKnow() {
        Ran ran = Ran.nmf("unmix", x, "--rank", 3, "--shape", "40x50", "--threads", 1)
                .succeeded();
        assertThat(ran.out()).contains("3 components; determined by the data", "photons a pixel", "support");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --rank 3                                 | Missing required option: '--shape=HxW'; see nmf unmix --help
            --shape 40x50                            | Missing required option: '--rank=K'; see nmf unmix --help
            --rank 3 --shape 40x49                   | the shape must have as many pixels as x has columns, 2000: 40x49 has 1960
            --rank 3 --shape 40                      | a shape is written HEIGHTxWIDTH: '40'
            --rank 3 --shape 0x50                    | a shape must be at least 1x1: 0x50
            --rank 1 --shape 40x50                   | unmixing needs a rank of at least 2: 1
            --rank 61 --shape 40x50                  | the rank must be at most 60, for x is 60 x 2000 and its spectra span at most 60 directions: 61
            --rank 3 --shape 40x50 --starts 0        | starts must be at least 1: 0
            --rank 3 --shape 40x50 --gain much       | a gain is a number or auto: 'much'
            --rank 3 --shape 40x50 --gain -1         | a gain must be finite and above 0: -1.0
            --rank 3 --shape 40x50 --threads 0       | threads must be at least 1: 0
            --rank 3 --shape 40x50 --dictionary no.npy | a matrix file must exist: no.npy
            """)
    void badOptionsAreRefused(String options, String line) {
        refuses(line, options.split(" "));
    }

    /** Counts in units of a fortieth, of any dose: the same spectra, and what each pixel had. */
    @Test
    void gainAndDoseAreMeasuredOnRequest() {
        DenseMatrix scaled = image.x().toDense();
        scaled.scale(0.025);
        MatrixFiles.write(x, scaled);
        String[] options = {"-k", "3", "--shape", "40x50", "--gain", "auto", "--varying-dose", "--json"};
        List<Object> all = new ArrayList<>(List.of("unmix", x, "--dictionary", g, "--out", out));
        all.addAll(List.of(options));
        JsonNode json = Ran.nmf(all.toArray()).json();
        assertThat(json.get("gain").asDouble()).isCloseTo(0.025, within(0.0005));
        assertThat(json.get("room")).hasSize(3);
        Matrix dose = MatrixFiles.read(out.resolve("dose.npy")).matrix();
        assertThat(dose.columns()).isEqualTo(2000);
    }

    @Test
    void badDataAreRefused() {
        String[] options = {"--rank", "3", "--shape", "40x50"};
        DenseMatrix data = image.x().toDense();
        data.set(5, 1234, 2.5);
        MatrixFiles.write(x, data);
        refuses(
                "unmixing needs counts, whole numbers of 0 or more, as they were counted: x[5, 1234] (counted from 0) = 2.5; if counts were scaled, give their gain",
                options);
        data.set(5, 1234, -3);
        MatrixFiles.write(x, data);
        refuses(
                "unmixing needs counts, whole numbers of 0 or more, as they were counted: x[5, 1234] (counted from 0) = -3.0",
                options);
        data.fill(3);
        MatrixFiles.write(x, data);
        refuses(
                "the data must show as many components as are asked for: the last of 3 stands 0.00 above the noise,"
                        + " relatively, where 0.2 is needed; it is too faint, or there are fewer",
                options);
        MatrixFiles.write(g, DenseMatrix.zeros(7, 2));
        refuses(
                "the dictionary must have as many rows as x, 60: 7 x 2",
                "--rank",
                "2",
                "--shape",
                "40x50",
                "--dictionary",
                g.toString());
    }

    private void refuses(String line, String... options) {
        List<Object> all = new ArrayList<>(List.of("unmix", x, "--out", out));
        all.addAll(List.of(options));
        Ran.nmf(all.toArray()).refused(line);
        assertThat(out).doesNotExist();
    }
}
