package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixMarketTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            coordinate real general      | 2 3 3;1 3 3;2 1 4;2 3 5                     | 0 0 3;4 0 5
            coordinate integer general   | % words;;%more;  2   3 4 ;;1 3 3;2 1 4;2 3 1;;2 3 4;; | 0 0 3;4 0 5
            Coordinate Pattern General   | 2 3 2;1 3;2 1                               | 0 0 1;1 0 0
            coordinate real symmetric    | 2 2 2;1 1 7;2 1 -1e-1                       | 7 -0.1;-0.1 0
            coordinate pattern symmetric | 2 2 2;2 2;2 1                               | 0 1;1 1
            coordinate real skew-symmetric | 2 2 1;2 1 3                               | 0 -3;3 0
            coordinate real general      | 1 2 2;1 1 nan;1 2 -Inf                      | NaN -Infinity
            array real general           | 2 3;1;2;3;4;5;6                             | 1 3 5;2 4 6
            array integer symmetric      | 2 2;1;2;3                                   | 1 2;2 3
            array real skew-symmetric    | 2 2;2                                       | 0 -2;2 0
            array double general         | 1 1;% here;.5                               | 0.5
            """)
    void readsEveryKind(String kind, String body, String expected) throws IOException {
        for (String end : new String[] {"\n", "\r\n"}) {
            Path path = file("%%MatrixMarket matrix " + kind + end + body.replace(";", end) + end);
            Matrix matrix = MatrixFiles.read(path).matrix();
            assertThat(matrix.toDense()).isEqualTo(dense(expected));
            assertThat(matrix).isInstanceOf(kind.startsWith("array") ? DenseMatrix.class : SparseMatrix.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            coordinate real general | 2 3 3;1 3 3;2 1 4 | there must be 3 entries, as the size line says: FILE has 2
            coordinate real general | 2 3 1;1 3 3;;2 1 4 | there must be 1 entries, as the size line says: FILE line 5 is one more, '2 1 4'
            coordinate integer general | 2 3 1;2 1 1.5 | a value of an integer matrix must be whole: FILE line 3 has '1.5'
            coordinate real general | 2 3 1;3 1 1 | indices must be integers within 2 x 3, from 1: FILE line 3 has row '3'
            coordinate real general | 2 3 1;%;1 4 1 | indices must be integers within 2 x 3, from 1: FILE line 4 has column '4'
            coordinate real general | 2 3 1;0 1 1 | indices must be integers within 2 x 3, from 1: FILE line 3 has row '0'
            coordinate real general | 2 3 1;1.0 1 1 | indices must be integers within 2 x 3, from 1: FILE line 3 has row '1.0'
            coordinate real general | 2 3 1;99999999999999999999 1 1 | indices must be integers within 2 x 3, from 1: FILE line 3 has row '99999999999999999999'
            coordinate real general | 2 3 1;1 1 x1 | a value must be a number: FILE line 3 has 'x1'
            coordinate real general | 2 3 1;1 1 | an entry must have a value: FILE line 3 is '1 1'
            coordinate real general | 2 3 1;1 | an entry must have a row and a column: FILE line 3 is '1'
            coordinate real general | 2 3 1;1 1 1 1 | an entry must be row, column and value: FILE line 3 is '1 1 1 1'
            coordinate pattern general | 2 3 1;1 1 1 | an entry must be row and column: FILE line 3 is '1 1 1'
            coordinate real general | 2 3 | the size must be three integers, rows, columns and entries: FILE line 2 is '2 3'
            coordinate real general | 2 3 1 1 | the size must be three integers, rows, columns and entries: FILE line 2 is '2 3 1 1'
            coordinate real general | 2 -3 1 | the size must be three integers, rows, columns and entries: FILE line 2 is '2 -3 1'
            coordinate real general | 2 3 2147483648 | the size must be three integers, rows, columns and entries: FILE line 2 is '2 3 2147483648', too large to hold
            coordinate real general | 2 3 2000000000;1 1 1 | there must be 2000000000 entries, as the size line says: FILE has 1
            coordinate real general | % nothing | a Matrix Market file must state its size: FILE ends at once
            coordinate real symmetric | 2 3 1;1 1 1 | a symmetric matrix must be square: FILE line 2 has 2 x 3
            coordinate real symmetric | 2 2 1;1 2 1 | a symmetric matrix must list entries of its lower triangle only: FILE line 3 has row 1, column 2
            coordinate real skew-symmetric | 2 2 1;1 1 1 | a skew-symmetric matrix must list entries of its lower triangle only: FILE line 3 has row 1, column 1
            array real general | 2 2;1;2;3 | there must be 4 entries, as the size line says: FILE has 3
            array real general | 1 2;1;2;3 | there must be 2 entries, as the size line says: FILE line 5 is one more, '3'
            array real general | 1 2;1 2 | an entry of an array must stand alone on its line: FILE line 3 is '1 2'
            array real general | 30000 30000;1 | there must be 900000000 entries, as the size line says: FILE is too short for them
            array real general | 65536 65536;1 | a matrix held in memory must have at most 2147483639 entries: FILE has 65536 x 65536
            """)
    void saysWhatIsWrong(String kind, String body, String message) throws IOException {
        Path path = file("%%MatrixMarket matrix " + kind + "\n" + body.replace(";", "\n"));
        assertThatThrownBy(() -> MatrixFiles.read(path))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage(message.replace("FILE", path.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%%MatrixMarket matrix coordinate complex general",
                "%%MatrixMarket matrix coordinate real hermitian",
                "%%MatrixMarket matrix array pattern general",
                "%%MatrixMarket vector coordinate real general",
                "%MatrixMarket matrix coordinate real general",
                "1,2,3"
            })
    void refusesOtherFirstLines(String line) throws IOException {
        Path path = file(line + "\n1 1 1\n1 1 1\n");
        assertThatThrownBy(() -> MatrixFiles.read(path))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("a Matrix Market file must begin with '%%MatrixMarket matrix coordinate|array"
                        + " real|integer|pattern general|symmetric|skew-symmetric': " + path + " line 1 is '" + line
                        + "'");
    }

    @Test
    void writesAndReadsBackTheSameBits() {
        Random random = new Random(3);
        DenseMatrix dense = DenseMatrix.zeros(71, 23);
        for (int e = 0; e < dense.data().length; e++) {
            dense.data()[e] = random.nextInt(4) == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextInt(3);
        }
        SparseMatrix sparse = SparseMatrix.of(dense);
        for (String name : new String[] {"m.mtx", "m.mtx.gz"}) {
            Path path = folder.resolve(name);
            MatrixFiles.write(path, dense);
            assertThat(MatrixFiles.read(path).matrix()).isEqualTo(dense);
            MatrixFiles.write(path, sparse);
            SparseMatrix back = (SparseMatrix) MatrixFiles.read(path).matrix();
            assertThat(back.start()).isEqualTo(sparse.start());
            assertThat(back.index()).isEqualTo(sparse.index());
            assertThat(back.values()).isEqualTo(sparse.values());
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("x.mtx"), text);
    }

    private static DenseMatrix dense(String rows) {
        String[] lines = rows.strip().split(";");
        double[][] entries = new double[lines.length][];
        for (int i = 0; i < lines.length; i++) {
            String[] cells = lines[i].split(" ");
            entries[i] = new double[cells.length];
            for (int j = 0; j < cells.length; j++) {
                entries[i][j] = Double.parseDouble(cells[j]);
            }
        }
        return DenseMatrix.of(entries);
    }
}
