package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappedTest {
    private static final int ROWS = 41;
    private static final int COLUMNS = 83;
    private static final double UNTOUCHED = -77.25;

    @TempDir
    Path folder;

    private Path write(String dtype, String order, int rows, int columns, long seed) throws IOException {
        int width = Character.digit(dtype.charAt(2), 10);
        byte[] entries = new byte[rows * columns * width];
        new Random(seed).nextBytes(entries);
        return Files.write(
                folder.resolve("x.npy"), NpyBytes.of(dtype, order, "(" + rows + ", " + columns + ")", entries));
    }

    private static Matrix mapped(Path file, int pieceBits) throws IOException {
        try (Source source = Source.plain(file)) {
            return NpyArray.open(source).mapped(pieceBits);
        }
    }

    static Stream<Arguments> arrays() {
        List<Arguments> all = new ArrayList<>();
        for (NpyType type : NpyType.values()) {
            String code = type == NpyType.BOOL ? "b1" : type.name().toLowerCase(Locale.ROOT);
            for (String byteOrder : type.bytes() == 1 ? new String[] {"|"} : new String[] {"<", ">"}) {
                for (String order : new String[] {"False", "True"}) {
                    all.add(Arguments.of(byteOrder + code, order));
                }
            }
        }
        return all.stream();
    }

    /** Pieces of 8 entries: every line crosses several, and no line begins where a piece does. */
    @ParameterizedTest
    @MethodSource("arrays")
    void tilesEqualThoseOfTheLoadedMatrix(String dtype, String order) throws IOException {
        Path file = write(dtype, order, ROWS, COLUMNS, 5);
        Matrix loaded = MatrixFiles.read(file).matrix();
        DenseMatrix wide = loaded.toDense();
        for (int pieceBits : new int[] {3, 10, MappedStorage.PIECE_BITS}) {
            Matrix mapped = mapped(file, pieceBits);
            assertThat(mapped.toDense()).isEqualTo(wide);
            assertThat(mapped.transposed().toDense()).isEqualTo(wide.transposed());
            assertThat(mapped.heapBytes()).isZero();
            Random random = new Random(7);
            for (int trial = 0; trial < 100; trial++) {
                int row = random.nextInt(ROWS);
                int column = random.nextInt(COLUMNS);
                int height = random.nextInt(ROWS - row + 1);
                int width = random.nextInt(COLUMNS - column + 1);
                int gap = random.nextInt(3);
                int offset = random.nextInt(5);
                double[] expected = new double[offset + (height + gap + 1) * (width + gap + 1)];
                Arrays.fill(expected, UNTOUCHED);
                double[] found = expected.clone();
                assertThat(Double.compare(mapped.get(row, column), wide.get(row, column)))
                        .isZero();
                wide.read(row, column, height, width, expected, offset, width + gap);
                mapped.read(row, column, height, width, found, offset, width + gap);
                assertThat(found).as("trial %d", trial).isEqualTo(expected);
                wide.readTransposed(row, column, height, width, expected, offset, height + gap);
                mapped.readTransposed(row, column, height, width, found, offset, height + gap);
                assertThat(found).as("transposed, trial %d", trial).isEqualTo(expected);
            }
        }
    }

    /** Strips as passes read them: those of a window and those that leave it, more lines than a window has, and lines longer than a buffer. */
    @ParameterizedTest
    @ValueSource(strings = {"False", "True"})
    void largeTilesEqualThoseOfTheLoadedMatrix(String order) throws IOException {
        for (int[] shape : new int[][] {{5000, 130}, {130, 5000}, {70_000, 1}, {1, 70_000}}) {
            Path file = write("<u2", order, shape[0], shape[1], 6);
            DenseMatrix wide = MatrixFiles.read(file).matrix().toDense();
            Matrix mapped = mapped(file, 12);
            assertThat(mapped.toDense()).isEqualTo(wide);
            assertThat(mapped.transposed().toDense()).isEqualTo(wide.transposed());
            double[] expected = new double[256 * 8];
            double[] found = new double[256 * 8];
            for (int row = 0; row + 256 <= shape[0]; row += 256) {
                for (int column = 0; column + 8 <= shape[1]; column += 5) {
                    wide.readTransposed(row, column, 256, 8, expected, 0, 256);
                    mapped.readTransposed(row, column, 256, 8, found, 0, 256);
                    assertThat(found).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void threadsReadWithoutDisturbingEachOther() throws Exception {
        DenseMatrix wide =
                MatrixFiles.read(write("<i4", "False", 300, 400, 8)).matrix().toDense();
        Matrix mapped = mapped(folder.resolve("x.npy"), 10);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> readers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Random random = new Random(t);
                readers.add(() -> {
                    double[] expected = new double[32 * 8];
                    double[] found = new double[32 * 8];
                    boolean equal = true;
                    for (int trial = 0; trial < 3000; trial++) {
                        int row = random.nextInt(300 - 32);
                        int column = random.nextInt(400 - 32);
                        wide.readTransposed(row, column, 32, 8, expected, 0, 32);
                        mapped.readTransposed(row, column, 32, 8, found, 0, 32);
                        equal &= Arrays.equals(found, expected);
                        wide.read(row, column, 8, 32, expected, 0, 32);
                        mapped.read(row, column, 8, 32, found, 0, 32);
                        equal &= Arrays.equals(found, expected);
                    }
                    return equal;
                });
            }
            for (Future<Boolean> reader : threads.invokeAll(readers)) {
                assertThat(reader.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A file of 2.2 GB that is a hole but for three bytes. */
    @Test
    void hasMoreEntriesThanAnArray() throws IOException {
        int rows = 47_000;
        int columns = 47_001;
        Path path = folder.resolve("hole.npy");
        byte[] header = NpyBytes.of("|u1", "False", "(47000, 47001)", new byte[0]);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(header);
            file.setLength(header.length + (long) rows * columns);
            for (long at : new long[] {0, 1L << 31, (long) rows * columns - 1}) {
                file.seek(header.length + at);
                file.write(200);
            }
        }
        Matrix mapped = MatrixFiles.map(path);
        assertThat(mapped.stored()).isEqualTo(2_209_047_000L);
        int row = (int) ((1L << 31) / columns);
        int column = (int) ((1L << 31) % columns);
        double[] line = new double[columns];
        mapped.read(row, 0, 1, columns, line, 0, columns);
        assertThat(line[column]).isEqualTo(200);
        assertThat(Arrays.stream(line).sum()).isEqualTo(200);
        assertThat(mapped.get(0, 0)).isEqualTo(200);
        double[] corner = new double[2 * 3];
        mapped.readTransposed(rows - 2, columns - 3, 2, 3, corner, 0, 2);
        assertThat(corner).containsExactly(0, 0, 0, 0, 0, 200);
    }

    @Test
    void refusesFilesOfAnotherLengthThanTheirHeaderSays() throws IOException {
        Path file = write("<u2", "False", 6, 5, 1);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
        assertThatThrownBy(() -> MatrixFiles.map(file))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("an array of shape (6, 5) and dtype '<u2' must have 60 bytes after its header: " + file
                        + " has 57");
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> MatrixFiles.map(file))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith(file + " has 61");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(6,)", "(2, 3, 1)", "()"})
    void refusesOtherDimensions(String shape) throws IOException {
        Path file = Files.write(folder.resolve("x.npy"), NpyBytes.of("<f4", "False", shape, new byte[24]));
        assertThatThrownBy(() -> MatrixFiles.map(file))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("a matrix must have two dimensions: " + file + " has shape " + shape);
    }

    @Test
    void refusesShapesBeyondAllMeasure() throws IOException {
        Path file = folder.resolve("x.npy");
        Files.write(file, NpyBytes.of("<f8", "False", "(4294967296, 4294967296)", new byte[8]));
        assertThatThrownBy(() -> MatrixFiles.map(file))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "an array must have fewer than 2^63 bytes: " + file + " has shape (4294967296, 4294967296)");
        Files.write(file, NpyBytes.of("|u1", "False", "(2147483648, 1)", new byte[8]));
        assertThatThrownBy(() -> MatrixFiles.map(file))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("a matrix must have at most 2147483647 rows and as many columns: " + file
                        + " has shape (2147483648, 1)");
    }

    @Test
    void refusesWhatIsNoPlainNpyFile() throws IOException {
        Path packed = folder.resolve("x.npy.gz");
        MatrixFiles.write(packed, DenseMatrix.zeros(2, 2));
        Path text = folder.resolve("x.csv");
        MatrixFiles.write(text, DenseMatrix.zeros(2, 2));
        for (Path file : new Path[] {packed, text}) {
            assertThatThrownBy(() -> MatrixFiles.map(file))
                    .isExactlyInstanceOf(InvalidInputException.class)
                    .hasMessage("a file that is mapped must end in .npy: " + file);
        }
        Path missing = folder.resolve("none.npy");
        assertThatThrownBy(() -> MatrixFiles.map(missing)).hasMessage("a matrix file must exist: " + missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(0, 5)", "(5, 0)", "(0, 0)"})
    void emptyArraysAreMatrices(String shape) throws IOException {
        Path file = Files.write(folder.resolve("x.npy"), NpyBytes.of("<f8", "False", shape, new byte[0]));
        Matrix mapped = MatrixFiles.map(file);
        assertThat(mapped.stored()).isZero();
        mapped.read(0, 0, mapped.rows(), mapped.columns(), new double[0], 0, mapped.columns());
        mapped.readTransposed(0, 0, mapped.rows(), mapped.columns(), new double[0], 0, mapped.rows());
    }
}
