package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DelimitedTextTest {
    private static final double NAN = Double.NaN;
    private static final List<String> NONE = List.of();
    private static final DenseMatrix SQUARE = DenseMatrix.of(new double[] {1, 2}, new double[] {3, 4});

    @TempDir
    Path folder;

    static Stream<Arguments> tables() {
        List<String> ab = List.of("a", "b");
        List<String> rs = List.of("r", "s");
        return Stream.of(
                Arguments.of("1,2\n3,4\n", NONE, NONE, SQUARE),
                Arguments.of("1,2\n3,4", NONE, NONE, SQUARE),
                Arguments.of("1,2\r\n\r\n3,4\r\n\r\n", NONE, NONE, SQUARE),
                Arguments.of("\uFEFF1,2\n3,4\n", NONE, NONE, SQUARE),
                Arguments.of("\uFEFFa,b\n1,2\n3,4\n", NONE, ab, SQUARE),
                Arguments.of("a,b\n1,2\n3,4\n", NONE, ab, SQUARE),
                Arguments.of("\"a\",\"b\"\n\"1\",2\n 3 ,\"4\"\n", NONE, ab, SQUARE),
                Arguments.of("r,1,2\ns,3,4\n", rs, NONE, SQUARE),
                Arguments.of("gene,a,b\nr,1,2\ns,3,4\n", rs, ab, SQUARE),
                Arguments.of("a,b\nr,1,2\ns,3,4\n", rs, ab, SQUARE),
                Arguments.of(",a,b\nr,1,2\ns,3,4\n", rs, ab, SQUARE),
                Arguments.of(",a,b\n7,1,2\n8,3,4\n", List.of("7", "8"), ab, SQUARE),
                Arguments.of("a,b\n7,1,2\n8,3,4\n", List.of("7", "8"), ab, SQUARE),
                Arguments.of("\"x,\"\"y\"\"\nz\",b\n1,2\n3,4\n", NONE, List.of("x,\"y\"\nz", "b"), SQUARE),
                Arguments.of("Größe,b\n1,2\n3,4\n", NONE, List.of("Größe", "b"), SQUARE),
                Arguments.of("1,\n,4\n", NONE, NONE, DenseMatrix.of(new double[] {1, NAN}, new double[] {NAN, 4})),
                Arguments.of(
                        "nan,NaN\nr,4\n".replace("r", "inf"),
                        NONE,
                        NONE,
                        DenseMatrix.of(new double[] {NAN, NAN}, new double[] {Double.POSITIVE_INFINITY, 4})),
                Arguments.of(
                        "r,nan\nnan,4\n", List.of("r", "nan"), NONE, DenseMatrix.of(new double[] {NAN}, new double[] {4
                        })),
                Arguments.of(
                        "-1,1e-3\n+2,.5\n", NONE, NONE, DenseMatrix.of(new double[] {-1, 1e-3}, new double[] {2, 0.5})),
                Arguments.of("v\n1\n2\n", NONE, List.of("v"), DenseMatrix.of(new double[] {1}, new double[] {2})),
                Arguments.of("7", NONE, NONE, DenseMatrix.of(new double[] {7})));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void readsTables(String text, List<String> rowNames, List<String> columnNames, DenseMatrix matrix)
            throws IOException {
        NamedMatrix expected = new NamedMatrix(matrix, rowNames, columnNames);
        assertThat(MatrixFiles.read(file("x.csv", text))).isEqualTo(expected);
        if (!text.contains("\"")) {
            assertThat(MatrixFiles.read(file("x.tsv", text.replace(',', '\t')))).isEqualTo(expected);
        }
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("", "delimited text must have a row of numbers: FILE is empty"),
                Arguments.of("\n\n", "delimited text must have a row of numbers: FILE is empty"),
                Arguments.of("a,b\n", "delimited text must have a row of numbers: FILE has a header alone"),
                Arguments.of("1,2\n\n3\n", "every row must have 2 cells as line 1 has: FILE line 3 has 1"),
                Arguments.of("a,b\n1,2\n3,4,5\n", "every row must have 2 cells as line 2 has: FILE line 3 has 3"),
                Arguments.of(
                        "a,b,c\n1,2\n",
                        "a header must have a cell a column, or one less where rows are named: FILE has a header of 3 cells, and 2 in line 2"),
                Arguments.of(
                        "a\n1,2,3\n",
                        "a header must have a cell a column, or one less where rows are named: FILE has a header of 1 cells, and 3 in line 2"),
                Arguments.of("1,2\n3,4x\n", "every cell must be a number: FILE line 2, column 2 has '4x'"),
                Arguments.of("1,2\nr,4\n", "every cell must be a number: FILE line 2, column 1 has 'r'"),
                Arguments.of("r,1,2\ns,3,t\n", "every cell must be a number: FILE line 2, column 3 has 't'"),
                Arguments.of(
                        "a,b\nr,1\n7,4\n",
                        "every cell must be a number, or the first of every row a name: FILE line 2 begins with 'r', line 3 with '7'"),
                Arguments.of("a\nb\n", "every cell must be a number: FILE line 2, column 1 has 'b'"),
                Arguments.of(
                        "1;2\n3;4\n",
                        "every cell must be a number: FILE line 2, column 1 has '3;4'; .csv has commas between cells, .tsv tabs"),
                Arguments.of("1,\"x\ny\"\n", "every cell must be a number: FILE line 1, column 2 has 'x?y'"),
                Arguments.of(
                        "1," + "z".repeat(80) + "\n",
                        "every cell must be a number: FILE line 1, column 2 has '" + "z".repeat(60) + "…'"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void saysWhatIsWrong(String text, String message) throws IOException {
        Path path = file("x.csv", text);
        assertThatThrownBy(() -> MatrixFiles.read(path))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage(message.replace("FILE", path.toString()));
    }

    @Test
    void anOpenQuoteIsRefused() throws IOException {
        Path path = file("x.csv", "1,2\n\"3,4\n");
        assertThatThrownBy(() -> MatrixFiles.read(path))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessageContaining(path.toString())
                .hasMessageNotContaining("\n");
    }

    /** More entries than a block, more characters in a line than the parser's first buffer. */
    @Test
    void readsWideAndLongTables() throws IOException {
        for (int[] shape : new int[][] {{3, 70_001}, {70_001, 3}}) {
            StringBuilder text = new StringBuilder();
            double[] values = new double[shape[0] * shape[1]];
            Random random = new Random(1);
            for (int i = 0; i < shape[0]; i++) {
                for (int j = 0; j < shape[1]; j++) {
                    double v = random.nextInt(1_000_000) / 1000.0;
                    values[i * shape[1] + j] = v;
                    text.append(j == 0 ? "" : ",").append(v);
                }
                text.append('\n');
            }
            assertThat(MatrixFiles.read(file("x.csv", text.toString())).matrix())
                    .isEqualTo(DenseMatrix.wrap(shape[0], shape[1], values));
        }
    }

    @Test
    void writesAndReadsBackNamesAndBits() {
        Random random = new Random(23);
        DenseMatrix matrix = DenseMatrix.zeros(40, 30);
        for (int e = 0; e < 1200; e++) {
            double any = Double.longBitsToDouble(random.nextLong());
            matrix.data()[e] = e % 3 == 0 ? random.nextInt(9) : e % 3 == 1 ? random.nextGaussian() : any;
        }
        matrix.data()[5] = -0.0;
        List<String> rows =
                IntStream.range(0, 40).mapToObj(i -> "row, \"" + i + "\"").toList();
        List<String> columns =
                IntStream.range(0, 30).mapToObj(j -> "column\t" + j).toList();
        for (String name : new String[] {"m.csv", "m.tsv", "m.csv.gz", "m.tsv.gz"}) {
            Path path = folder.resolve(name);
            for (List<String> r : List.of(rows, NONE)) {
                for (List<String> c : List.of(columns, NONE)) {
                    NamedMatrix named = new NamedMatrix(matrix, r, c);
                    MatrixFiles.write(path, named);
                    assertThat(MatrixFiles.read(path)).isEqualTo(named);
                }
            }
        }
    }

    @Test
    void writesPlainText() throws IOException {
        Path path = folder.resolve("m.csv");
        DenseMatrix matrix = DenseMatrix.of(new double[] {1, 0.1, NAN}, new double[] {-3, 1e-300, 4e15});
        MatrixFiles.write(path, new NamedMatrix(matrix, List.of("r", "s"), List.of("a", "b,c", "d")));
        assertThat(path).hasContent(",a,\"b,c\",d\nr,1,0.1,NaN\ns,-3,1.0E-300,4000000000000000\n");
    }

    @Test
    void refusesNamesThatWouldBeReadAsNumbers() {
        Path path = folder.resolve("m.csv");
        assertThatThrownBy(() -> MatrixFiles.write(path, new NamedMatrix(SQUARE, NONE, List.of("a", "7"))))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("column names in delimited text must be words, or they would be read as a row of numbers:"
                        + " 'a, 7'");
        assertThatThrownBy(() -> MatrixFiles.write(path, new NamedMatrix(SQUARE, List.of("a", "7"), NONE)))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("row names in delimited text without column names must be words, or they would be read as"
                        + " numbers: '7'");
        assertThat(path).doesNotExist();
        MatrixFiles.write(path, new NamedMatrix(SQUARE, List.of("6", "7"), List.of("a", "b")));
        assertThat(MatrixFiles.read(path).rowNames()).containsExactly("6", "7");
    }

    private Path file(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
