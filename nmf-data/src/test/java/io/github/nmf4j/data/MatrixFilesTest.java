package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixFilesTest {
    private static final DenseMatrix MATRIX = DenseMatrix.of(new double[] {1, 2, 3}, new double[] {4, 5, 6});

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"x.txt", "x", "x.gz", "x.h5", "npy", "x.npy.zip"})
    void refusesUnknownEndings(String name) throws IOException {
        Path path = Files.write(folder.resolve(name), new byte[1]);
        String message = "a matrix file must end in .npy, .npz, .mtx, .csv or .tsv, or one of these and .gz: " + path;
        assertThatThrownBy(() -> MatrixFiles.read(path))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> MatrixFiles.write(path, MATRIX))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage(message);
        assertThat(path).hasSize(1);
    }

    @Test
    void endingsMayBeUpperCase() {
        Path path = folder.resolve("X.NPY.GZ");
        MatrixFiles.write(path, MATRIX);
        assertThat(MatrixFiles.read(path).matrix()).isEqualTo(MATRIX);
    }

    @Test
    void refusesFoldersAndWhatDoesNotExist() throws IOException {
        Path missing = folder.resolve("none.npy");
        assertThatThrownBy(() -> MatrixFiles.read(missing))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("a matrix file must exist: " + missing);
        Path inner = Files.createDirectory(folder.resolve("d.npy"));
        assertThatThrownBy(() -> MatrixFiles.read(inner))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("a matrix must be in a file: " + inner + " is a folder");
        assertThatThrownBy(() -> MatrixFiles.write(folder.resolve("x.npz"), MATRIX))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("matrices are written as .npy, .mtx, .csv or .tsv: not as .npz");
    }

    @Test
    void refusesUnreadableFiles() throws IOException {
        Path path = folder.resolve("x.npy");
        MatrixFiles.write(path, MATRIX);
        assumeTrue(path.toFile().setReadable(false) && !Files.isReadable(path), "needs a user whom permissions bind");
        assertThatThrownBy(() -> MatrixFiles.read(path))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("a matrix file must be readable: " + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.npy.gz", "x.mtx.gz", "x.csv.gz", "x.tsv.gz", "x.npz.gz"})
    void refusesDamagedGzip(String name) throws IOException {
        Path whole = folder.resolve(name.replace("npz", "npy"));
        MatrixFiles.write(whole, MATRIX);
        byte[] bytes = Files.readAllBytes(whole);
        Path path = folder.resolve(name);
        byte[] wrongSum = bytes.clone();
        wrongSum[bytes.length - 8] ^= 1;
        for (byte[] damaged : List.of(
                "no gzip".getBytes(StandardCharsets.US_ASCII),
                new byte[0],
                Arrays.copyOf(bytes, bytes.length - 12),
                Arrays.copyOf(bytes, bytes.length - 3),
                wrongSum)) {
            Files.write(path, damaged);
            assertThatThrownBy(() -> MatrixFiles.read(path))
                    .isExactlyInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("a .gz file must be intact: " + path + ", ")
                    .hasMessageNotContaining("Exception")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void namesMustFit() {
        assertThatThrownBy(() -> new NamedMatrix(MATRIX, List.of("a"), List.of()))
                .hasMessage("there must be one name a row, or none: 1 names, 2 rows");
        assertThatThrownBy(() -> new NamedMatrix(MATRIX, List.of(), List.of("a", "b")))
                .hasMessage("there must be one name a column, or none: 2 names, 3 columns");
    }
}
