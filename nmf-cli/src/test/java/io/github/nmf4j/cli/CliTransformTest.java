package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.data.MatrixFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CliTransformTest {
    private static final int ROWS = 12;
    private static final int COLUMNS = 16;

    @TempDir
    Path folder;

    private Path x;
    private Path model;

    /** Data of rank 2 and noise, so that one factor follows from the other without doubt. */
    @BeforeEach
    void write() {
        SplittableRandom random = new SplittableRandom(7);
        DenseMatrix matrix = DenseMatrix.zeros(ROWS, COLUMNS);
        double[][] w = new double[ROWS][2];
        double[][] h = new double[2][COLUMNS];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < ROWS; i++) {
                w[i][c] = random.nextDouble();
            }
            for (int j = 0; j < COLUMNS; j++) {
                h[c][j] = random.nextDouble();
            }
        }
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                matrix.set(i, j, (0.5 + random.nextDouble()) * (w[i][0] * h[0][j] + w[i][1] * h[1][j]));
            }
        }
        x = folder.resolve("x.npy");
        model = folder.resolve("model");
        MatrixFiles.write(x, matrix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--normalize",
                "--normalize --constraint h:unit-rows",
                "--normalize --constraint w:unit-columns",
                "--normalize --penalty w:ridge:weight=0.001 --penalty h:l1:weight=0.001"
            })
    void givesTheFactorsBack(String options) {
        String[] more = options.isEmpty() ? new String[0] : options.split(" ");
        fit(more);
        for (String factor : new String[] {"W.npy", "H.npy"}) {
            Path out = folder.resolve("out" + factor);
            if (factor.equals("W.npy")) {
                Ran.nmf("transform", model, x, "--tolerance", 1e-12, "--max-iterations", 20000, "--out", out)
                        .succeeded();
            } else {
                Ran.nmf(
                                "transform",
                                model,
                                x,
                                "--columns",
                                "--tolerance",
                                1e-12,
                                "--max-iterations",
                                20000,
                                "--out",
                                out)
                        .succeeded();
            }
            Matrix wanted = MatrixFiles.read(model.resolve(factor)).matrix();
            Matrix found = MatrixFiles.read(out.resolve(factor)).matrix();
            double largest = 0;
            for (int i = 0; i < wanted.rows(); i++) {
                for (int j = 0; j < wanted.columns(); j++) {
                    largest = Math.max(largest, wanted.get(i, j));
                }
            }
            for (int i = 0; i < wanted.rows(); i++) {
                for (int j = 0; j < wanted.columns(); j++) {
                    // entries that end at 0 get there like 1/iterations: both runs stop a little short of the limit
                    assertThat(found.get(i, j))
                            .as(factor + "[" + i + ", " + j + "]")
                            .isCloseTo(wanted.get(i, j), within(3e-2 * largest));
                }
            }
        }
    }

    /**
     * The data of the fit are not given a higher objective than the fit's, to rounding, nor another factor than its own where that
     * meets the tolerance: also where G·W is nearly collinear, so that factors far apart have nearly the same objective.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --loss kl                                                                    | W
            --loss kl --normalize --penalty h:l1:weight=0.01 --penalty w:ridge:weight=1  | W
            --loss kl --constraint w:unit-columns --penalty h:log:weight=0.01,epsilon=0.01 | W
            --loss kl --normalize --constraint h:unit-columns --penalty w:l1:weight=0.01 | H
            --loss kl --dictionary G --penalty h:ridge:weight=0.1                        | W
            --loss kl --dictionary G --normalize --constraint w:unit-columns             | H
            --loss euclidean                                                             | W
            --loss euclidean --penalty h:laplacian:shape=4x4,weight=0.1 --penalty w:l1:weight=0.01 | H
            --loss euclidean --normalize --constraint h:unit-rows                        | W
            --loss euclidean --dictionary G --penalty w:ridge:weight=0.01 --constraint h:box:upper=2 | W
            --loss euclidean --dictionary G --penalty w:ridge:weight=0.01 --constraint h:box:upper=2 | H
            """)
    void theSameDataGiveTheFactorAndTheObjectiveOfTheFit(String options, String factor) {
        Path g = folder.resolve("g.npy");
        SplittableRandom random = new SplittableRandom(5);
        DenseMatrix atoms = DenseMatrix.zeros(ROWS, 5);
        for (int e = 0; e < atoms.data().length; e++) {
            atoms.data()[e] = random.nextDouble();
        }
        MatrixFiles.write(g, atoms);
        List<Object> fit = new ArrayList<>(List.of("fit", x, "--rank", 2, "--out", model));
        fit.addAll(List.of(options.replace(" G", " " + g).split(" ")));
        Path out = folder.resolve("out");
        List<Object> transform = new ArrayList<>(List.of("transform", model, x, "--out", out));
        if (factor.equals("H")) {
            transform.add("--columns");
        }
        double[] objectives = new double[2];
        List<List<Object>> commands = List.of(fit, transform);
        List<Object> run = new ArrayList<>(List.of("--json", "--max-iterations", 100000, "--tolerance", 1e-8));
        for (int i = 0; i < 2; i++) {
            commands.get(i).addAll(run);
            JsonNode line = Ran.nmf(commands.get(i).toArray()).json();
            assertThat(line.get("stop").asString()).isEqualTo("tolerance");
            objectives[i] = line.get("objective").asDouble();
        }
        assertThat(objectives[1]).isLessThanOrEqualTo(objectives[0] + 1e-12 * Math.abs(objectives[0]));
        double[] wanted = values(model.resolve(factor + ".npy"));
        double[] found = values(out.resolve(factor + ".npy"));
        double off = 0;
        double all = 0;
        for (int e = 0; e < wanted.length; e++) {
            off += (found[e] - wanted[e]) * (found[e] - wanted[e]);
            all += wanted[e] * wanted[e];
        }
        assertThat(Math.sqrt(off / all)).isLessThan(1e-4);
    }

    private static double[] values(Path file) {
        return MatrixFiles.read(file).matrix().toDense().data();
    }

    @Test
    void saysWhatOfTheModelIsNotGivenForTheNewData() {
        fit("--background", "0.01");
        Ran ran = Ran.nmf("transform", model, x).succeeded();
        assertThat(ran.err())
                .isEqualTo("nmf: the model was fitted with --background 0.01, which is not given for the new data"
                        + System.lineSeparator());
        assertThat(Ran.nmf("transform", model, x, "--background", "0.01").err()).isEmpty();
    }

    private void fit(String... more) {
        Object[] args = new Object[10 + more.length];
        System.arraycopy(
                new Object[] {"fit", x, "--rank", 2, "--tolerance", 1e-12, "--max-iterations", 20000, "--out", model},
                0,
                args,
                0,
                10);
        System.arraycopy(more, 0, args, 10, more.length);
        Ran.nmf(args).succeeded();
    }

    @Test
    void findsNewRowsAlone() {
        fit();
        Path rows = folder.resolve("rows.npy");
        MatrixFiles.write(
                rows, MatrixFiles.read(x).matrix().toDense().transposed().transposed());
        DenseMatrix few = DenseMatrix.zeros(3, COLUMNS);
        MatrixFiles.read(x).matrix().read(4, 0, 3, COLUMNS, few.data(), 0, COLUMNS);
        MatrixFiles.write(rows, few);
        Path out = folder.resolve("out");
        Ran.nmf("transform", model, rows, "--out", out).succeeded();
        Matrix w = MatrixFiles.read(out.resolve("W.npy")).matrix();
        assertThat(w.rows()).isEqualTo(3);
        assertThat(out.resolve("H.npy")).doesNotExist();
    }

    @Test
    void refusesWhatDoesNotFit() {
        fit("--penalty", "w:laplacian:shape=3x4");
        Path narrow = folder.resolve("narrow.npy");
        MatrixFiles.write(narrow, DenseMatrix.wrap(2, 2, 1, 1, 1, 1));
        Ran.nmf("transform", model, narrow)
                .refused("new rows must have as many columns as H has, 16: " + narrow + " is 2 x 2");
        Ran.nmf("transform", model, narrow, "--columns")
                .refused("new columns must have as many rows as W has, 12: " + narrow + " is 2 x 2");
        Ran.nmf("transform", model, x, "--out", model)
                .refused("--out must not replace what is read: " + model.resolve("W.npy"));
    }

    /** Fixed entries and images belong to the vectors they were given for; new ones have none. */
    @Test
    void termsMadeForOtherVectorsAreLeftOutAndSaid() {
        DenseMatrix fixed = DenseMatrix.zeros(2, COLUMNS);
        fixed.fill(Double.NaN);
        fixed.set(0, 0, 0.5);
        Path values = folder.resolve("fixed.npy");
        MatrixFiles.write(values, fixed);
        Ran.nmf(
                        "fit",
                        x,
                        "--rank",
                        2,
                        "--penalty",
                        "h:laplacian:shape=4x4,weight=0.1",
                        "--penalty",
                        "h:l1:weight=0.1",
                        "--constraint",
                        "h:fixed:values=" + values,
                        "--out",
                        model)
                .succeeded();
        Path fewer = folder.resolve("fewer.npy");
        MatrixFiles.write(
                fewer,
                MatrixFiles.read(x).matrix().toDense().slice(0, 0, ROWS, 5).copy());
        Path out = folder.resolve("out");
        Ran ran = Ran.nmf("transform", model, fewer, "--columns", "--out", out).succeeded();

        assertThat(ran.err().lines())
                .containsExactly(
                        "nmf: h:laplacian of the model is left out, for it does not fit the new data: laplacian: shape must"
                                + " have as many pixels as the factor has vectors, 5: 4x4 has 16",
                        "nmf: h:fixed of the model is left out, for it does not fit the new data: fixed: values must be 2 x 5"
                                + " as the factor is: 2 x 16");
        assertThat(ran.out()).contains("h:l1");
        assertThat(MatrixFiles.read(out.resolve("H.npy")).matrix().columns()).isEqualTo(5);
    }
}
