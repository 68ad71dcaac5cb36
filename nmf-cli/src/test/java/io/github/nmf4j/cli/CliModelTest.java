package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.data.NmfModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code nmf fit} writes, read back from Java and from Python, and refused where it is damaged. */
class CliModelTest {
    private static final int ROWS = 9;
    private static final int COLUMNS = 14;

    @TempDir
    Path folder;

    private Path x;
    private Path model;
    private double objective;

    @BeforeEach
    void fit() {
        SplittableRandom random = new SplittableRandom(3);
        DenseMatrix counts = DenseMatrix.zeros(ROWS, COLUMNS);
        for (int e = 0; e < counts.data().length; e++) {
            counts.data()[e] = random.nextInt(7);
        }
        x = folder.resolve("counts.npy");
        model = folder.resolve("result");
        MatrixFiles.write(x, counts);
        objective = Ran.nmf(
                        "fit",
                        x,
                        "--rank",
                        2,
                        "--normalize",
                        "--penalty",
                        "h:l1:weight=0.01/0.02",
                        "--constraint",
                        "w:floor:epsilon=1e-6",
                        "--max-iterations",
                        30,
                        "--out",
                        model,
                        "--json")
                .json()
                .get("objective")
                .asDouble();
    }

    @Test
    void javaReadsItBack() {
        NmfModel read = NmfModel.load(model);
        assertThat(read.rank()).isEqualTo(2);
        assertThat(new int[] {read.rows(), read.columns()}).containsExactly(ROWS, COLUMNS);
        assertThat(read.terms().loss().extension().name()).isEqualTo("kullback-leibler");
        assertThat(read.terms().penalties()).singleElement().satisfies(penalty -> {
            assertThat(penalty.label()).isEqualTo("h:l1");
            assertThat(penalty.extension().arguments().numbers("weight").orElseThrow())
                    .containsExactly(0.01, 0.02);
        });
        assertThat(read.terms().constraints())
                .singleElement()
                .satisfies(constraint -> assertThat(constraint.label()).isEqualTo("w:floor"));
        assertThat(read.objective()).isEqualTo(objective);
        assertThat(read.trace().last().objective()).isEqualTo(objective);
        assertThat(read.scale()).isNotEqualTo(1);
        assertThat(read.data()).contains(x);
        assertThat(read.dictionary()).isEmpty();
        assertThat(read.options()).containsEntry("max-iterations", "30").doesNotContainKey("time-limit");
        assertThat(new int[] {read.w().rows(), read.h().columns()}).containsExactly(ROWS, COLUMNS);
    }

    @Test
    void javaGoesOnAndTransforms() {
        NmfModel read = NmfModel.load(model);
        Matrix counts = MatrixFiles.read(x).matrix();
        Factorization more = read.toContinue()
                .stopWhen(StoppingRule.gapBelow(1e-9).orAfterIterations(3000))
                .build()
                .fit(counts);
        assertThat(more.trace().rows().get(0).objective()).isCloseTo(objective, within(1e-12 * objective));
        assertThat(more.objective()).isLessThanOrEqualTo(objective);
        Matrix w = read.transform(counts.toDense().slice(0, 0, 4, COLUMNS).copy());
        assertThat(new int[] {w.rows(), w.columns()}).containsExactly(4, 2);
    }

    /** The fit ended by its limit, so its W does not meet the tolerance, and one iteration from a random start stays above it. */
    @Test
    void theOwnFactorIsTheStartWhereTheOtherOneEndsAboveIt() throws IOException {
        NmfModel read = NmfModel.load(model);
        DenseMatrix counts = MatrixFiles.read(x).matrix().toDense();
        assertThat(once(read, counts)).isLessThanOrEqualTo(objective * (1 + 1e-12));
        DenseMatrix upsideDown = DenseMatrix.zeros(ROWS, COLUMNS);
        for (int i = 0; i < ROWS; i++) {
            upsideDown.slice(i, 0, 1, COLUMNS).set(counts.slice(ROWS - 1 - i, 0, 1, COLUMNS));
        }
        assertThat(once(read, upsideDown)).isGreaterThan(objective);
        Files.delete(model.resolve("W.npy"));
        assertThat(once(read, counts)).isGreaterThan(objective);
    }

    private static double once(NmfModel model, DenseMatrix counts) {
        return model.find(
                        Factor.W,
                        ROWS,
                        counts,
                        1e-9,
                        () -> model.toFind(Factor.W, model.terms()),
                        builder -> builder.stopWhen(StoppingRule.afterIterations(1))
                                .build()
                                .fit(counts))
                .objective();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "format" : 1,         | "format" : 2,          | a model must have format 1: FILE has 2
            "format" : 1,         | ``                     | a model must have format 1: FILE has none
            "rank" : 2,           | "rank" : "two",        | a model must be as nmf fit wrote it: 'rank' is "two" in FILE
            "scale" : 0           | "scale" : -7           | a model must be as nmf fit wrote it: 'scale' is -7
            "shape" : [ 9, 14 ]   | "shape" : [ 9 ]        | a model must be as nmf fit wrote it: 'shape' is [9] in FILE
            "penalties" :         | "penalty" :            | a model must be as nmf fit wrote it: 'penalties' is missing in FILE
            kullback-leibler      | kullback               | no Loss is named 'kullback'; found:
            "factor" : "h"        | "factor" : "x"         | a factor of a model must be "w" or "h": "x"
            [ 0.01, 0.02 ]        | [ 0.01, true ]         | a value of a model must be a number or a text: true
            [ 0.01, 0.02 ]        | { "fill" : 1 }         | a matrix of a model must name its file: {"fill":1}
            "weight" :            | "wait" :               | l1 has no parameter 'wait'; it has: weight
            {                     | [                      | a model must be JSON: FILE
            "seed" : 0            | "seed" : 1000000000000000000000 | a model must be as nmf fit wrote it: 'seed' is 1000000000000000000000 in
            "trace-every" : 1     | "trace-every" : [1]    | a model must be as nmf fit wrote it: 'options/trace-every' is [1] in FILE
            "arranged" : true     | "arranged" : 1.5       | a model must be as nmf fit wrote it: 'arranged' is 1.5 in FILE
            "data" : "            | "data" : "\\u0000       | a model must be as nmf fit wrote it: 'data' is "
            "dictionary" : null   | "dictionary" : "\\u0000" | a model must be as nmf fit wrote it: 'dictionary' is "
            [ 0.01, 0.02 ]        | { "file" : "\\u0000" } | a matrix of a model must name its file:
            """)
    void damageIsOneLineThatSaysWhat(String from, String to, String line) throws IOException {
        Path file = model.resolve("model.json");
        String whole = Files.readString(file);
        assertThat(whole).contains(from);
        Files.writeString(file, whole.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
        Ran ran = Ran.nmf("transform", model, x);
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err().strip().lines()).hasSize(1);
        assertThat(ran.err()).startsWith("nmf: " + line.replace("FILE", file.toString()));
        assertThatThrownBy(() -> NmfModel.load(model)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void factorsOfAnotherModelAreRefused() {
        Path h = model.resolve("H.npy");
        MatrixFiles.write(h, DenseMatrix.zeros(3, COLUMNS));
        Ran.nmf("transform", model, x).refused(h + " must be 2 x 14 as model.json says: it is 3 x 14");
    }

    /** The listing of docs/model.md, run as it stands there. */
    @Test
    void pythonReadsItWithNumpy() throws IOException, InterruptedException {
        Path page = Path.of("..", "docs", "model.md");
        Matcher listing = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(page));
        assertThat(listing.find()).isTrue();
        Path script = folder.resolve("read.py");
        Files.writeString(script, listing.group(1));
        assumeTrue(python("-c", "import numpy") == 0, "skipped: there is no python3 with numpy");
        int status = python(script.toString());
        assertThat(status).as(Files.readString(folder.resolve("python.txt"))).isZero();
        String[] said = Files.readString(folder.resolve("python.txt")).strip().split(" ");
        double penalty = NmfModel.load(model).trace().last().terms().get(1);
        assertThat(Double.parseDouble(said[0])).isCloseTo(objective - penalty, within(1e-9 * objective));
        assertThat(Double.parseDouble(said[1])).isCloseTo(objective - penalty, within(1e-9 * objective));
    }

    private int python(String... args) throws IOException, InterruptedException {
        String[] command = new String[args.length + 1];
        command[0] = "python3";
        System.arraycopy(args, 0, command, 1, args.length);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("python.txt").toFile())
                    .start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1; // there is no python3
        }
    }
}
