package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.data.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code nmf fit --from}: k iterations and k more are 2k, and what that cannot mean is refused. */
class CliContinueTest {
    private static final int ROWS = 12;
    private static final int COLUMNS = 20;

    @TempDir
    Path folder;

    private Path x;
    private Path given;
    private Path half;
    private Path more;
    private Path whole;

    @BeforeEach
    void write() {
        x = write("x.npy", random(ROWS, COLUMNS, 1));
        given = write("w0.npy", random(ROWS, 3, 2));
        write("h0.npy", random(3, COLUMNS, 3));
        write("g.npy", random(ROWS, 5, 4));
        half = folder.resolve("half");
        more = folder.resolve("more");
        whole = folder.resolve("whole");
    }

    private Path write(String name, Matrix matrix) {
        Path file = folder.resolve(name);
        MatrixFiles.write(file, matrix);
        return file;
    }

    private static DenseMatrix random(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
        for (int e = 0; e < matrix.data().length; e++) {
            matrix.data()[e] = 0.1 + random.nextDouble();
        }
        return matrix;
    }

    private void fit(int iterations, Path out, String options) {
        List<Object> args = new ArrayList<>(
                List.of("fit", x, "--rank", 3, "--tolerance", 0, "--max-iterations", iterations, "--out", out));
        if (!options.isEmpty()) {
            args.addAll(Arrays.asList(options.split(" ")));
        }
        Ran.nmf(args.toArray()).succeeded();
    }

    private static double[] values(Path model, String name) {
        return MatrixFiles.read(model.resolve(name)).matrix().toDense().data();
    }

    private static JsonNode json(Path model) throws IOException {
        return Ran.JSON.readTree(Files.readString(model.resolve("model.json")));
    }

    /** The algorithms of the papers carry no state from one iteration to the next. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--loss euclidean",
                "--loss euclidean --solver hals",
                "--penalty h:log:weight=0.3 --penalty w:ridge:weight=0.2",
                "--constraint h:unit-columns --penalty h:laplacian:shape=4x5,weight=0.5",
                "--loss is --background 0.1"
            })
    void fiveIterationsAndFiveMoreAreTenBitForBit(String options) throws IOException {
        String start = "--solver mm --acceleration none --w0 " + given + " --h0 " + folder.resolve("h0.npy");
        String all = options.contains("--solver")
                ? start.replace("--solver mm ", "") + " " + options
                : start + " " + options;
        fit(10, whole, all.strip());
        fit(5, half, all.strip());
        Ran.nmf("fit", "--from", half, "--out", more).succeeded();
        assertThat(values(more, "W.npy")).isEqualTo(values(whole, "W.npy"));
        assertThat(values(more, "H.npy")).isEqualTo(values(whole, "H.npy"));
        assertThat(TraceFile.read(more.resolve("trace.csv")).rows())
                .extracting(row -> row.iteration() + " " + row.objective() + " " + row.terms())
                .isEqualTo(TraceFile.read(whole.resolve("trace.csv")).rows().stream()
                        .map(row -> row.iteration() + " " + row.objective() + " " + row.terms())
                        .toList());
        assertThat(json(more).get("iterations").asInt()).isEqualTo(10);
        assertThat(json(more).at("/from/iterations").asInt()).isEqualTo(5);
        assertThat(json(more).get("options")).isEqualTo(json(half).get("options"));
    }

    /** Factors are written in the scale of X, balanced and in order: a division and a product by it are rounded. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--normalize", "--normalize --constraint h:unit-columns", "--dictionary g.npy"})
    void fromAStartOfItsOwnTheyAreTenToRounding(String options) {
        String all = "--solver mm --acceleration none --start random --seed 5 "
                + options.replace("g.npy", folder.resolve("g.npy").toString());
        fit(10, whole, all.strip());
        fit(5, half, all.strip());
        Ran.nmf("fit", "--from", half, "--out", more).succeeded();
        for (String factor : new String[] {"W.npy", "H.npy"}) {
            assertThat(values(more, factor)).containsExactly(values(whole, factor), within(1e-12));
        }
    }

    @Test
    void anAcceleratedRunGoesOnDownwardsAndCounts() throws IOException {
        fit(5, half, "");
        Ran.nmf("fit", x, "--from", half, "--max-iterations", 4, "--out", more).succeeded();
        double[] objectives = TraceFile.read(more.resolve("trace.csv")).rows().stream()
                .mapToDouble(row -> row.objective())
                .toArray();
        assertThat(objectives).hasSize(10);
        for (int i = 1; i < objectives.length; i++) {
            assertThat(objectives[i]).isLessThanOrEqualTo(objectives[i - 1] * (1 + 1e-12));
        }
        assertThat(json(more).get("iterations").asInt()).isEqualTo(9);
        assertThat(json(more).at("/options/max-iterations").asInt()).isEqualTo(4);
        Path again = folder.resolve("again");
        Ran.nmf("fit", "--from", more, "--out", again).succeeded();
        assertThat(json(again).get("iterations").asInt()).isEqualTo(13);
    }

    @Test
    void anotherObjectiveBeginsAnewAndSaysSo() throws IOException {
        fit(5, half, "--penalty h:l1:weight=0.1");
        Ran ran = Ran.nmf("fit", "--from", half, "--penalty", "h:l1:weight=0.2", "--out", more)
                .succeeded();
        assertThat(ran.err())
                .isEqualTo("nmf: the objective is another one than the model's: iterations and trace.csv begin anew"
                        + System.lineSeparator());
        assertThat(json(more).get("iterations").asInt()).isEqualTo(5);
        assertThat(json(more).at("/penalties/0/arguments/weight/0").asDouble()).isEqualTo(0.2);
        assertThat(json(more).at("/loss/name").asString()).isEqualTo("kullback-leibler");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rank 4         | --from goes on with the rank of the model, 3: --rank 4
            --start random   | a run goes on from --from or starts anew, not both: --start random
            --w0 w.npy --h0 h.npy | a run goes on from --from or starts anew, not both: --w0 w.npy
            --restarts 2     | a run goes on from --from or starts anew, not both: --restarts 2
            --normalize      | --from keeps the scale of the model, 1: --normalize
            --backend blas   | no LinearAlgebraBackend is named 'blas'; found: ejml, ojalgo, portable, vector
            """)
    void whatDoesNotGoTogetherIsRefused(String options, String line) {
        fit(2, half, "");
        List<Object> args = new ArrayList<>(List.of("fit", "--from", half, "--out", more));
        args.addAll(Arrays.asList(options.split(" ")));
        Ran.nmf(args.toArray()).refused(line);
        assertThat(more).doesNotExist();
    }

    @Test
    void dataAndModelsThatCannotGoOnAreRefused() throws IOException {
        fit(2, half, "");
        Path other = write("other.npy", random(3, 4, 1));
        Ran.nmf("fit", other, "--from", half)
                .refused("--from needs data of the model's shape, 12 x 20: " + other + " is 3 x 4");
        Ran.nmf("fit", "--from", half, "--out", half)
                .refused("--out must not replace what is read: " + half.resolve("W.npy"));
        Ran.nmf("transform", half, x, "--out", more).succeeded();
        Ran.nmf("fit", "--from", more)
                .refused("--from goes on with a run of nmf fit: " + more + " is of nmf transform");
        Files.delete(x);
        Ran.nmf("fit", "--from", half).refused("a matrix file must exist: " + x);
        Ran.nmf("fit", "--out", more)
                .refused("Missing required options and parameters: '--rank=K', 'DATA'; see nmf fit --help");
        Ran.nmf("fit", "--rank", 2).refused("Missing required parameter: 'DATA'; see nmf fit --help");
        Ran.nmf("fit", "--from", folder)
                .refused("a model must be a folder that nmf fit --out wrote: there is no "
                        + folder.resolve("model.json"));
    }
}
