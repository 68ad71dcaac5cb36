package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.data.MatrixFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CliFitTest {
    @TempDir
    Path folder;

    private Path x;
    private Path out;

    @BeforeEach
    void write() {
        x = folder.resolve("x.npy");
        out = folder.resolve("results");
        MatrixFiles.write(x, random(20, 30, 1));
    }

    private static DenseMatrix random(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
        for (int e = 0; e < rows * columns; e++) {
            matrix.data()[e] = 0.1 + random.nextDouble();
        }
        return matrix;
    }

    private static List<double[]> trace(Path folder) throws IOException {
        List<double[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("trace.csv"))
                .subList(1, Files.readAllLines(folder.resolve("trace.csv")).size())) {
            rows.add(java.util.Arrays.stream(line.split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray());
        }
        return rows;
    }

    private JsonNode model() throws IOException {
        return Ran.JSON.readTree(Files.readString(out.resolve("model.json")));
    }

    @Test
    void writesFactorsTraceAndModelThatAgree() throws IOException {
        JsonNode line = Ran.nmf(
                        "fit",
                        x,
                        "--rank",
                        3,
                        "--tolerance",
                        1e-3,
                        "--penalty",
                        "h:l1:weight=0.1",
                        "--out",
                        out,
                        "--json")
                .json();

        Matrix w = MatrixFiles.read(out.resolve("W.npy")).matrix();
        Matrix h = MatrixFiles.read(out.resolve("H.npy")).matrix();
        assertThat(new int[] {w.rows(), w.columns(), h.rows(), h.columns()}).containsExactly(20, 3, 3, 30);
        List<double[]> trace = trace(out);
        double[] last = trace.get(trace.size() - 1);
        assertThat(Files.readAllLines(out.resolve("trace.csv")).get(0))
                .isEqualTo("iteration,seconds,objective,kullback-leibler,h:l1");
        assertThat(last[2])
                .isEqualTo(line.get("objective").asDouble())
                .isEqualTo(model().get("objective").asDouble());
        assertThat(last[3] + last[4]).isCloseTo(last[2], within(1e-9));
        assertThat(last[0]).isEqualTo(line.get("iterations").asDouble());
        assertThat(trace).hasSize(line.get("iterations").asInt() + 1);
        assertThat(line.get("stop").asString()).isEqualTo("tolerance");
        assertThat(line.get("backend").asString()).isEqualTo("portable");
        assertThat(line.get("threads").asInt()).isPositive();
        assertThat(line.get("seconds").asDouble()).isPositive();
        assertThat(model().get("penalties")
                        .get(0)
                        .get("arguments")
                        .get("weight")
                        .get(0)
                        .asDouble())
                .isEqualTo(0.1);
        assertThat(model().get("format").asInt()).isEqualTo(1);
        assertThat(model().get("scale").asDouble()).isEqualTo(1);
        try (var files = Files.list(out)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("W.npy", "H.npy", "trace.csv", "model.json");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(x, out);
        }
    }

    @Test
    void toleranceZeroGivesExactlySoManyIterations() throws IOException {
        for (int n : new int[] {0, 1, 7}) {
            JsonNode line = Ran.nmf(
                            "fit", x, "--rank", 2, "--tolerance", 0, "--max-iterations", n, "--out", out, "--json")
                    .json();
            assertThat(line.get("iterations").asInt()).isEqualTo(n);
            assertThat(line.get("stop").asString()).isEqualTo("iterations");
            assertThat(trace(out)).hasSize(n + 1);
        }
    }

    @Test
    void thinsTheTraceButKeepsItsEnds() throws IOException {
        Ran.nmf("fit", x, "--rank", 2, "--tolerance", 0, "--max-iterations", 7, "--trace-every", 3, "--out", out)
                .succeeded();
        assertThat(trace(out).stream().mapToDouble(row -> row[0])).containsExactly(0.0, 3.0, 6.0, 7.0);
    }

    @Test
    void aliasesNameTheSameLosses() {
        assertThat(lossOf("kl")).isEqualTo("kullback-leibler");
        assertThat(lossOf("frobenius")).isEqualTo("euclidean");
        assertThat(lossOf("is")).isEqualTo("itakura-saito");
        assertThat(lossOf("beta:beta=0.5")).isEqualTo("beta");
    }

    private String lossOf(String given) {
        return Ran.nmf("fit", x, "--rank", 2, "--loss", given, "--max-iterations", 3, "--json")
                .json()
                .get("loss")
                .asString();
    }

    @Test
    void givenFactorsAreUsedAsTheyAre() {
        Path w0 = folder.resolve("w0.npy");
        Path h0 = folder.resolve("h0.npy");
        DenseMatrix w = random(20, 2, 2);
        MatrixFiles.write(w0, w);
        MatrixFiles.write(h0, random(2, 30, 3));
        Ran.nmf("fit", x, "-k", 2, "--w0", w0, "--h0", h0, "--normalize", "--max-iterations", 0, "--out", out)
                .succeeded();
        Matrix written = MatrixFiles.read(out.resolve("W.npy")).matrix();
        for (int i = 0; i < 20; i++) {
            assertThat(written.get(i, 1)).isCloseTo(w.get(i, 1), within(1e-14));
        }
    }

    @Test
    void namesInTextAreKept() throws IOException {
        Path csv = folder.resolve("named.csv");
        Files.writeString(csv, "sample,a,b,c\ns1,1,2,3\ns2,4,5,6\n");
        Ran.nmf("fit", csv, "--rank", 1, "--out", out).succeeded();
        JsonNode names = model().get("names");
        assertThat(names.get("rows").toString()).isEqualTo("[\"s1\",\"s2\"]");
        assertThat(names.get("columns").toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
    }

    @Test
    void matricesAsParametersAreReadFromFilesAndReferredTo() throws IOException {
        Path graph = folder.resolve("graph.mtx");
        int n = 30;
        MatrixFiles.write(
                graph,
                SparseMatrix.ofEntries(
                        n,
                        n,
                        IntStream.range(0, 2 * n - 2).map(e -> e / 2 + e % 2).toArray(),
                        IntStream.range(0, 2 * n - 2)
                                .map(e -> e / 2 + 1 - e % 2)
                                .toArray(),
                        IntStream.range(0, 2 * n - 2).mapToDouble(e -> 1).toArray()));
        Ran.nmf("fit", x, "--rank", 2, "--penalty", "h:laplacian:graph=" + graph + ",weight=3", "--out", out)
                .succeeded();
        assertThat(model().at("/penalties/0/arguments/graph/file").asString()).isEqualTo(graph.toString());
        Ran.nmf("transform", out, x, "--columns", "--max-iterations", 5).succeeded();
    }

    @Test
    void backgroundWeightsAndMissingEntriesReachTheFit() throws IOException {
        Path ones = folder.resolve("ones.npy");
        DenseMatrix weights = DenseMatrix.zeros(20, 30);
        java.util.Arrays.fill(weights.data(), 1);
        MatrixFiles.write(ones, weights);
        double plain = objective();
        assertThat(objective("--weights", ones)).isCloseTo(plain, within(1e-9 * plain));
        assertThat(objective("--background", "0.05")).isNotCloseTo(plain, within(1e-6));
        Path holes = folder.resolve("holes.csv");
        Files.writeString(holes, "1,2,nan\n2,4,6\n1,2,3\n");
        Ran.nmf("fit", holes, "--rank", 1, "--missing", "nan").succeeded();
        Ran.nmf("fit", holes, "--rank", 1)
                .refused(
                        "x must be finite and non-negative: x[0, 2] (counted from 0) = NaN; NaN can be declared missing");
    }

    private double objective(Object... more) {
        List<Object> args =
                new ArrayList<>(List.of("fit", x, "--rank", 2, "--tolerance", 0, "--max-iterations", 5, "--json"));
        args.addAll(List.of(more));
        return Ran.nmf(args.toArray()).json().get("objective").asDouble();
    }

    @Test
    void mostlyEmptyDataAreHeldSparseWithTheSameResult() {
        Path empty = folder.resolve("empty.npy");
        DenseMatrix matrix = DenseMatrix.zeros(20, 30);
        for (int i = 0; i < 20; i++) {
            matrix.set(i, i, 1 + i);
            matrix.set(i, i + 5, 2);
        }
        MatrixFiles.write(empty, matrix);
        Path ones = folder.resolve("ones.npy");
        DenseMatrix weights = DenseMatrix.zeros(20, 30);
        java.util.Arrays.fill(weights.data(), 1);
        MatrixFiles.write(ones, weights);
        List<Object> args =
                List.of("fit", empty, "--rank", 2, "--solver", "mm", "--tolerance", 0, "--max-iterations", 5, "--json");
        JsonNode sparse = Ran.nmf(args.toArray()).json();
        List<Object> weighted = new ArrayList<>(args);
        weighted.addAll(List.of("--weights", ones));
        JsonNode dense = Ran.nmf(weighted.toArray()).json();
        assertThat(sparse.get("storage").asString()).isEqualTo("sparse");
        assertThat(dense.get("storage").asString()).isEqualTo("dense");
        double objective = dense.get("objective").asDouble();
        assertThat(sparse.get("objective").asDouble()).isCloseTo(objective, within(1e-9 * objective));
        assertThat(Ran.nmf("fit", empty, "--rank", 2).succeeded().out()).contains("held sparse, 6.67 % filled");
    }

    @Test
    void restartsKeepTheBestAndTellOfAll() {
        Ran ran = Ran.nmf("fit", x, "--rank", 3, "--restarts", 3, "--max-iterations", 10, "--seed", 5, "--json");
        JsonNode json = ran.json();
        assertThat(json.get("restarts").size()).isEqualTo(3);
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 3; i++) {
            JsonNode run = json.get("restarts").get(i);
            assertThat(run.get("seed").asLong()).isEqualTo(5 + i);
            best = Math.min(best, run.get("objective").asDouble());
        }
        assertThat(json.get("objective").asDouble()).isEqualTo(best);
        assertThat(Ran.nmf("fit", x, "--rank", 3, "--restarts", 3, "--max-iterations", 10)
                        .succeeded()
                        .out())
                .contains("similarity to the best")
                .contains("1.0000");
    }

    @Test
    void saysThatAPenaltyWillFade() {
        Ran ran = Ran.nmf("fit", x, "--rank", 2, "--penalty", "h:l1:weight=0.5", "--json");
        assertThat(ran.json().get("remarks").get(0).asString()).startsWith("h:l1 will fade: h can shrink and w grow");
    }

    @Test
    void saysWhichPenaltyDoesNotPromiseDescent() {
        Ran ran = Ran.nmf("fit", x, "--rank", 2, "--penalty", "h:laplacian:shape=5x6,majorizer=log")
                .succeeded();
        assertThat(ran.err())
                .isEqualTo("nmf: h:laplacian does not promise descent in this form: the objective may rise"
                        + System.lineSeparator());
    }

    @Test
    void aRunThatALimitEndedSaysThatMoreMayHelp() {
        String hint = "more iterations (--max-iterations)";
        assertThat(limited(1).out()).contains("the limit on iterations").contains(hint);
        assertThat(limited(100_000).out()).contains("more than the tolerance").doesNotContain(hint);
    }

    private Ran limited(int iterations) {
        return Ran.nmf("fit", x, "--rank", 2, "--start", "random", "--max-iterations", iterations);
    }

    @Test
    void anInterruptedRunWritesWhatItHas() throws Exception {
        Interruption interruption = new Interruption();
        String[] args = {
            "fit",
            x.toString(),
            "--rank",
            "2",
            "--tolerance",
            "0",
            "--max-iterations",
            "1000000000",
            "--trace-every",
            "1000000",
            "--out",
            out.toString(),
            "--json"
        };
        Thread user = new Thread(() -> {
            while (!interruption.requested()) {
                interruption.request();
                Thread.onSpinWait();
            }
        });
        user.start();
        Ran ran = Ran.nmf(new Host(false, interruption, List.of(args)), args);
        interruption.end();
        user.join();
        assertThat(ran.status()).isEqualTo(130);
        assertThat(Ran.JSON.readTree(ran.out()).get("stop").asString()).isEqualTo("cancelled");
        assertThat(out.resolve("W.npy")).exists();
    }

    /** ESPM 1.1.3 on a measured image; its tolerance on the simplex makes 1e-6 the closest that can be asked for. */
    @Test
    void followsTheReferenceOnMeasuredData() throws IOException {
        String property = System.getProperty("nmf4j.reference", "");
        assumeTrue(!property.isEmpty(), "nmf4j.reference names no folder of reference numbers");
        Path reference = Path.of(property, "edx-88");
        int n = 1917;
        int p = 6400;
        double scale = 3.0 * p / 716887; // k / (n · mean), the sum of the counts being 716887
        DenseMatrix w0 = MatrixFiles.read(reference.resolve("W0.npy")).matrix().toDense();
        for (int e = 0; e < w0.data().length; e++) {
            w0.data()[e] /= scale;
        }
        MatrixFiles.write(folder.resolve("w0.npy"), w0);
        int iterations = 25;
        Ran.nmf(
                        "fit",
                        reference.resolve("counts.npy.gz"),
                        "--rank",
                        3,
                        "--normalize",
                        "--constraint",
                        "h:unit-columns",
                        "--penalty",
                        "h:laplacian:shape=80x80,weight=100,majorizer=log,step=8",
                        "--w0",
                        folder.resolve("w0.npy"),
                        "--h0",
                        reference.resolve("H0.npy"),
                        "--solver",
                        "mm",
                        "--acceleration",
                        "none",
                        "--tolerance",
                        0,
                        "--max-iterations",
                        iterations,
                        "--out",
                        out)
                .succeeded();
        List<String> expected = Files.readAllLines(reference.resolve("trace_lambda100.csv"));
        List<double[]> trace = trace(out);
        for (int i = 0; i <= iterations; i++) {
            double wanted = Double.parseDouble(expected.get(i + 1).split(",")[1]);
            assertThat(trace.get(i)[2] / ((double) n * p))
                    .as("iteration " + i)
                    .isCloseTo(wanted, within(1e-6 * wanted));
        }
    }

    @Test
    void whereXIsMetExactlyNoRatioOfRoundingErrorsIsTold() {
        Path product = folder.resolve("product.npy");
        MatrixFiles.write(product, DenseMatrix.wrap(2, 2, new double[] {1, 2, 3, 6}));
        assertThat(Ran.nmf("fit", product, "--rank", 1).succeeded().out())
                .contains("neither factor could gain more than the tolerance")
                .doesNotContain("could gain at most");
        assertThat(Ran.nmf("fit", x, "--rank", 2).succeeded().out()).contains("either factor alone could gain at most");
    }
}
