package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.data.MatrixFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input that breaks a rule: status 2, one line, nothing on standard output, nothing in the folder of results. */
class CliRefusalTest {
    @TempDir
    Path folder;

    private Path x;
    private Path out;

    @BeforeEach
    void write() {
        x = folder.resolve("x.npy");
        out = folder.resolve("results");
        double[] values = new double[12];
        Arrays.fill(values, 1);
        values[5] = 0;
        MatrixFiles.write(x, DenseMatrix.wrap(3, 4, values));
    }

    private void refuses(String line, Object... args) {
        List<Object> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--out", out));
        Ran.nmf(all.toArray()).refused(line);
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --rank 0                                      | rank must be at least 1: 0
            --rank -3                                     | rank must be at least 1: -3
            --rank two                                    | Invalid value for option '--rank': 'two' is not an int; see nmf fit --help
            --max-iterations 5                            | Missing required option: '--rank=K'; see nmf fit --help
            --rank 2 --frobnicate                         | Unknown option: '--frobnicate'; see nmf fit --help
            --rank 2 --loss kl --loss is                  | option '--loss' (NAME[:...]) should be specified only once; see nmf fit --help
            --rank 2 --loss kulback                       | no Loss is named 'kulback'; found: alpha, bernoulli-odds, beta, cauchy, euclidean, hellinger, huber, itakura-saito, kullback-leibler, negative-binomial
            --rank 2 --loss beta:beta                     | a loss is written NAME[:key=value,...]: 'beta:beta'
            --rank 2 --loss beta:beta=x                   | beta: beta must be a number: 'x'
            --rank 2 --loss is                            | itakura-saito needs strictly positive data: x[1, 1] (counted from 0) = 0.0; use kullback-leibler, or add a floor to x
            --rank 2 --penalty x:l1                       | a penalty is written F:NAME[:key=value,...] with F w or h: 'x:l1'
            --rank 2 --penalty l1                         | a penalty is written F:NAME[:key=value,...] with F w or h: 'l1'
            --rank 2 --penalty h:                         | a penalty is written F:NAME[:key=value,...] with F w or h: 'h:'
            --rank 2 --penalty h:l3                       | no Regularizer is named 'l3'; found: ard, decorrelation, elastic-net, group-lasso, l1, laplacian, log, lp, minimum-volume, ridge, scale-invariant-sparsity, temporal-smoothness, total-variation
            --rank 2 --loss huber:delta=0                 | huber: delta must lie between 1.0E-100 and 1.0E100: 0.0
            --rank 2 --loss alpha:alpha=0                 | alpha: alpha must lie between 0.1 and 10.0, or between -10.0 and -0.1: 0.0
            --rank 2 --loss bernoulli-odds --normalize    | bernoulli-odds needs data as they are, from 0.0 to 1.0: they were to be normalized
            --rank 2 --penalty h:lp:p=1                   | lp: p must lie above 0 and below 1 (1 is l1, 2 is ridge): 1.0
            --rank 2 --penalty h:ard:norm=max             | ard: norm must be one of l1, l2: 'max'
            --rank 2 --penalty w:minimum-volume:weight=1/2 | minimum-volume takes one weight, for it does not separate components: 2 weights
            --rank 2 --penalty h:group-lasso:over=rows    | group-lasso: over must be one of vectors, components: 'rows'
            --rank 2 --penalty h:l1:weigth=2              | l1 has no parameter 'weigth'; it has: weight
            --rank 2 --penalty h:l1:weight=1,weight=2     | a parameter is given once: weight in 'h:l1:weight=1,weight=2'
            --rank 2 --penalty h:l1:weight=-1             | l1: weight must be finite and non-negative: weight[0] (counted from 0) = -1.0
            --rank 2 --penalty h:l1:weight=1/2/3          | h:l1: weight needs one number or one a component, 2: 3 numbers
            --rank 2 --penalty h:laplacian:shape=3        | a shape is written HEIGHTxWIDTH: '3'
            --rank 2 --penalty h:laplacian:shape=3x3      | h:laplacian: shape must have as many pixels as the factor has vectors, 4: 3x3 has 9
            --rank 2 --penalty h:laplacian:graph=no.mtx   | a matrix file must exist: no.mtx
            --rank 2 --constraint h:nonsense              | no Constraint is named 'nonsense'; found: box, fixed, floor, unit-columns, unit-rows
            --rank 2 --constraint h:fixed                 | h:fixed needs values: a matrix of the factor's shape
            --rank 2 --constraint h:unit-columns --constraint h:unit-rows | at most one constraint of a factor may tie entries together: H has unit-columns and unit-rows
            --rank 2 --constraint h:box:lower=0.75,upper=1 --constraint h:unit-columns | unit-columns: lower bounds and fixed entries must leave room for a sum of 1.0: vector 0 (counted from 0) has at least 1.5
            --rank 2 --normalize --constraint h:unit-columns --constraint w:unit-columns | normalising needs a factor to undo it on: entries of both W and H are tied to a sum
            --rank 2 --backend blas                       | no LinearAlgebraBackend is named 'blas'; found: ejml, ojalgo, portable, vector
            --rank 2 --restarts 0                         | restarts must be at least 1: 0
            --rank 2 --restarts 3 --start spa             | restarts need a start that depends on the seed: spa does not; use random or random-acol
            --rank 2 --start warm                         | no Start is named 'warm'; found: kmeans, nndsvd, nndsvd-fill, nndsvda, nndsvdar, random, random-acol, spa
            --rank 2 --solver newton                      | no Solver is named 'newton'; found: auto, bregman, ccd, hals, mm, projected-gradient
            --rank 2 --solver hals                        | hals needs a loss whose update sees X only through W^T X and W^T W: kullback-leibler does not; use mm or auto
            --rank 2 --solver hals:sweeps=0               | hals: sweeps must be at least 1: 0
            --rank 2 --acceleration warp                  | no Acceleration is named 'warp'; found: extrapolation, gillis, none, squarem, subspace
            --rank 2 --w0 w.npy                           | --w0 and --h0 are given together: only --w0 w.npy
            --rank 2 --h0 h.npy                           | --w0 and --h0 are given together: only --h0 h.npy
            --rank 2 --w0 w.npy --h0 h.npy --start random | a run starts from --start or from --w0 and --h0, not both: --start random
            --rank 2 --missing zero                       | --missing takes nan, the mark of a missing entry: 'zero'
            --rank 2 --background -1                      | background must be finite and non-negative: background[0, 0] (counted from 0) = -1.0
            --rank 2 --background no.npy                  | a matrix file must exist: no.npy
            --rank 2 --tolerance -1                       | tolerance must be at least 0 and below 1: -1.0
            --rank 2 --max-iterations -1                  | the number of iterations must be at least 0: -1
            --rank 2 --time-limit 0                       | --time-limit must be above 0 seconds and at most 1e9: 0.0
            --rank 2 --threads 0                          | threads must be at least 1: 0
            --rank 2 --trace-every 0                      | the trace must have a row every 1 or more iterations: 0
            """)
    void optionsThatBreakARule(String options, String line) {
        List<Object> args = new ArrayList<>(List.of("fit", x));
        args.addAll(List.of(options.split(" ")));
        refuses(line, args.toArray());
    }

    @Test
    void dataThatBreakARule() throws IOException {
        refuses("a matrix file must exist: nowhere.npy", "fit", "nowhere.npy", "--rank", 2);
        refuses("a matrix file must exist: runs[1]/component 3.npy", "fit", "runs[1]/component 3.npy", "--rank", 2);
        Path negative = folder.resolve("negative.csv");
        Files.writeString(negative, "1,2\n3,-0.25\n");
        refuses("x must be finite and non-negative: x[1, 1] (counted from 0) = -0.25", "fit", negative, "--rank", 1);
        Path infinite = folder.resolve("infinite.npy");
        MatrixFiles.write(infinite, DenseMatrix.wrap(1, 2, 1, Double.POSITIVE_INFINITY));
        refuses("x must be finite and non-negative: x[0, 1] (counted from 0) = Infinity", "fit", infinite, "--rank", 1);
        Path missing = folder.resolve("missing.npy");
        MatrixFiles.write(missing, DenseMatrix.wrap(1, 2, 1, Double.NaN));
        refuses(
                "x must be finite and non-negative: x[0, 1] (counted from 0) = NaN; NaN can be declared missing",
                "fit",
                missing,
                "--rank",
                1);
        refuses("a matrix must be in a file: " + folder + " is a folder", "fit", folder, "--rank", 1);
        Path text = folder.resolve("x.txt");
        Files.writeString(text, "1 2\n");
        refuses(
                "a matrix file must end in .npy, .npz, .mtx, .csv or .tsv, or one of these and .gz: " + text,
                "fit",
                text,
                "--rank",
                1);
        for (Path file : List.of(ragged(), truncated())) {
            Ran ran = Ran.nmf("fit", file, "--rank", 1, "--out", out);
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err().strip().lines()).hasSize(1);
            assertThat(ran.err()).startsWith("nmf: ").contains(file.toString()).doesNotContain("defect");
            assertThat(out).doesNotExist();
        }
    }

    private Path ragged() throws IOException {
        Path file = folder.resolve("ragged.csv");
        Files.writeString(file, "1,2,3\n4,5\n");
        return file;
    }

    private Path truncated() throws IOException {
        Path file = folder.resolve("truncated.npy");
        byte[] whole = Files.readAllBytes(x);
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        return file;
    }

    @Test
    void matricesOfTheWrongShape() {
        Path small = folder.resolve("small.npy");
        MatrixFiles.write(small, DenseMatrix.wrap(2, 2, 1, 1, 1, 1));
        refuses("weights must be 3 x 4 as x is: 2 x 2", "fit", x, "--rank", 2, "--weights", small);
        refuses("background must be 3 x 4 as x is: 2 x 2", "fit", x, "--rank", 2, "--background", small);
        refuses("the dictionary must have as many rows as x, 3: 2 x 2", "fit", x, "--rank", 2, "--dictionary", small);
        refuses(
                "h:fixed: values must be 2 x 4 as the factor is: 2 x 2",
                "fit",
                x,
                "--rank",
                2,
                "--constraint",
                "h:fixed:values=" + small);
        Ran ran = Ran.nmf("fit", x, "--rank", 2, "--w0", small, "--h0", small, "--out", out);
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).startsWith("nmf: initial w must be 3 x 2").contains("2 x 2");
    }

    @Test
    void ranksThatNoMemoryHolds() {
        Ran ran = Ran.nmf("fit", x, "--rank", 2_000_000_000, "--out", out);
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("nmf: factors must fit in memory: rank 2000000000 for 3 x 4 needs 784.0 GB");
        assertThat(out).doesNotExist();
    }

    @Test
    void dictionaryThatCannotExplainCounts() {
        Path g = folder.resolve("g.npy");
        MatrixFiles.write(g, DenseMatrix.wrap(3, 1, 1, 0, 1));
        refuses(
                "kullback-leibler needs a model above 0 where x is: x[1, 0] (counted from 0) = 1.0, but row 1 of the dictionary is zero",
                "fit",
                x,
                "--rank",
                1,
                "--dictionary",
                g);
    }

    @Test
    void simplexThatTheFloorLeavesEmpty() {
        Ran ran = Ran.nmf(
                "fit",
                x,
                "--rank",
                2,
                "--constraint",
                "h:unit-columns",
                "--constraint",
                "h:floor:epsilon=0.6",
                "--out",
                out);
        assertThat(ran.status()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err().strip().lines()).hasSize(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void resultsThatHaveNowhereToGo() throws IOException {
        Ran.nmf("fit", x, "--rank", 2, "--out", x).refused("--out must name a folder: " + x + " is a file");
        Ran.nmf("fit", x, "--rank", 2, "--out", x.resolve("deeper"))
                .refused("--out must name a folder: " + x + " is a file");
        Path w = folder.resolve("W.npy");
        Files.copy(x, w);
        byte[] before = Files.readAllBytes(w);
        Ran.nmf("fit", w, "--rank", 2, "--out", folder).refused("--out must not replace what is read: " + w);
        assertThat(Files.readAllBytes(w)).isEqualTo(before);
    }

    @Test
    void earlierResultsSurviveAFailure() throws IOException {
        Ran.nmf("fit", x, "--rank", 2, "--out", out).succeeded();
        String before = Files.readString(out.resolve("model.json"));
        Ran.nmf("fit", x, "--rank", 2, "--loss", "is", "--out", out);
        assertThat(out.resolve("model.json")).hasContent(before);
        try (var files = Files.list(out)) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void commandsThatDoNotExist() {
        Ran.nmf().refused("a command must be given: fit, transform, unmix, report, demo or plugins; see nmf --help");
        Ran.nmf("frobnicate")
                .refused(
                        "no nmf command is named 'frobnicate'; found: fit, transform, unmix, report, demo, plugins; see nmf --help");
        Ran.nmf("demo", "dishes")
                .refused("no demo command is named 'dishes'; found: spectra, clusters; see nmf demo --help");
        Ran.nmf("--plugins", folder.resolve("none"), "plugins")
                .refused("--plugins must name a folder of jars: " + folder.resolve("none"));
        Ran.nmf("--plugins", folder, "plugins")
                .refused("--plugins must name a folder of jars: " + folder + " holds none");
        Ran.nmf("transform", folder, x)
                .refused("a model must be a folder that nmf fit --out wrote: there is no "
                        + folder.resolve("model.json"));
    }
}
