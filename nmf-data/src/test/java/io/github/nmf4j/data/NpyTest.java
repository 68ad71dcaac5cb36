package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir
    Path folder;

    /** Six entries of a type: their bits in the file, and the numbers that they mean. */
    static Stream<Arguments> types() {
        return Stream.of(
                type("b1", 1, new long[] {0, 1, 1, 0, 7, 255}, 0, 1, 1, 0, 1, 1),
                type("i1", 1, new long[] {0, 1, 127, -128, -1, 5}, 0, 1, 127, -128, -1, 5),
                type("u1", 1, new long[] {0, 1, 127, 128, 255, 5}, 0, 1, 127, 128, 255, 5),
                type("i2", 2, new long[] {0, 258, 32767, -32768, -1, 5}, 0, 258, 32767, -32768, -1, 5),
                type("u2", 2, new long[] {0, 258, 32767, 32768, 65535, 5}, 0, 258, 32767, 32768, 65535, 5),
                type(
                        "i4",
                        4,
                        new long[] {0, 66051, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 5},
                        0,
                        66051,
                        2147483647,
                        -2147483648.0,
                        -1,
                        5),
                type(
                        "u4",
                        4,
                        new long[] {0, 66051, 1L << 31, 0xFFFFFFFFL, 9, 5},
                        0,
                        66051,
                        2147483648.0,
                        4294967295.0,
                        9,
                        5),
                type(
                        "i8",
                        8,
                        new long[] {0, -1, 1L << 53, (1L << 53) + 1, Long.MIN_VALUE, 5},
                        0,
                        -1,
                        0x1p53,
                        0x1p53,
                        -0x1p63,
                        5),
                type(
                        "u8",
                        8,
                        new long[] {0, -1, 1L << 63, (1L << 63) + 1025, 9, 5},
                        0,
                        0x1p64,
                        0x1p63,
                        0x1p63 + 2048,
                        9,
                        5),
                type(
                        "f2",
                        2,
                        new long[] {0x3C00, 0xC000, 0x7BFF, 0x0001, 0x7C00, 0x3555},
                        1,
                        -2,
                        65504,
                        0x1p-24,
                        Double.POSITIVE_INFINITY,
                        0.333251953125),
                type(
                        "f4",
                        4,
                        floats(1f, -2.5f, 0.1f, Float.MIN_VALUE, Float.NaN, 3e38f),
                        1,
                        -2.5,
                        0.1f,
                        Float.MIN_VALUE,
                        Double.NaN,
                        3e38f),
                type(
                        "f8",
                        8,
                        doubles(1, -2.5, 0.1, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, -0.0),
                        1,
                        -2.5,
                        0.1,
                        Double.MIN_VALUE,
                        Double.NEGATIVE_INFINITY,
                        -0.0));
    }

    private static Arguments type(String code, int width, long[] bits, double... values) {
        return Arguments.of(code, width, bits, values);
    }

    private static long[] floats(float... values) {
        long[] bits = new long[values.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
        return bits;
    }

    private static long[] doubles(double... values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }

    @ParameterizedTest
    @MethodSource("types")
    void readsEveryTypeByteOrderAndLayout(String code, int width, long[] bits, double[] values) throws IOException {
        for (String mark : width == 1 ? new String[] {"|", "<", ""} : new String[] {"<", ">", "="}) {
            ByteOrder order = mark.equals(">")
                    ? ByteOrder.BIG_ENDIAN
                    : mark.equals("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.nativeOrder();
            byte[] entries = NpyBytes.entries(width, order, bits);
            Matrix byRows = read(NpyBytes.of(mark + code, "False", "(2, 3)", entries));
            Matrix byColumns = read(NpyBytes.of(mark + code, "True", "(3, 2)", entries));
            assertThat(entriesOf(byRows)).as(mark + code).containsExactly(values);
            assertThat(entriesOf(byColumns.transposed())).as(mark + code).containsExactly(values);
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 3; j++) {
                    assertThat(byRows.get(i, j)).isEqualTo(Double.valueOf(values[3 * i + j]));
                    assertThat(byColumns.get(j, i)).isEqualTo(Double.valueOf(values[3 * i + j]));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEveryVersion(int version) throws IOException {
        String header = "{\"shape\": (1L, 2L,), 'fortran_order': False, 'descr': \"<f8\"}   \n";
        byte[] file = NpyBytes.of(version, header, NpyBytes.entries(8, ByteOrder.LITTLE_ENDIAN, doubles(1, 2)));
        assertThat(read(file)).isEqualTo(DenseMatrix.of(new double[] {1, 2}));
    }

    @Test
    void everyHalfMeansWhatItsBitsSay() throws IOException {
        long[] bits = LongStream.range(0, 1 << 16).toArray();
        Matrix m = read(NpyBytes.of("<f2", "False", "(256, 256)", NpyBytes.entries(2, ByteOrder.LITTLE_ENDIAN, bits)));
        for (int b = 0; b < 1 << 16; b++) {
            int exponent = b >> 10 & 31;
            double size = exponent == 0
                    ? (b & 1023) * Math.pow(2, -24)
                    : exponent == 31
                            ? ((b & 1023) == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                            : (1 + (b & 1023) / 1024.0) * Math.pow(2, exponent - 15);
            assertThat(m.get(b / 256, b % 256))
                    .as("half %04x", b)
                    .isEqualTo(Double.valueOf((b & 0x8000) == 0 ? size : -size));
        }
    }

    @Test
    void emptyMatricesAreMatrices() throws IOException {
        Matrix m = read(NpyBytes.of("<f8", "False", "(0, 5)", new byte[0]));
        assertThat(m.rows()).isZero();
        assertThat(m.columns()).isEqualTo(5);
        assertThat(read(NpyBytes.of("|u1", "True", "(5, 0)", new byte[0])).columns())
                .isZero();
    }

    /** Longer than a chunk, and not a multiple of it; the width of a row is odd. */
    @ParameterizedTest
    @ValueSource(strings = {"u1", "u2", "f4", "f8"})
    void readsMoreThanOneChunk(String code) throws IOException {
        int width = code.charAt(1) - '0';
        int rows = 1103 / width;
        int columns = 1003;
        long[] bits = new long[rows * columns];
        double[] values = new double[bits.length];
        Random random = new Random(5);
        for (int e = 0; e < bits.length; e++) {
            int v = random.nextInt(width == 1 ? 256 : 65536);
            values[e] = v;
            bits[e] = code.equals("f4") ? Float.floatToIntBits(v) : code.equals("f8") ? Double.doubleToLongBits(v) : v;
        }
        byte[] entries = NpyBytes.entries(width, ByteOrder.LITTLE_ENDIAN, bits);
        String shape = "(" + rows + ", " + columns + ")";
        assertThat(entriesOf(read(NpyBytes.of("<" + code, "False", shape, entries))))
                .isEqualTo(values);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(NpyBytes.of("<" + code, "False", shape, entries));
        }
        Path file = folder.resolve("x.npy.gz");
        Files.write(file, packed.toByteArray());
        assertThat(entriesOf(MatrixFiles.read(file).matrix())).isEqualTo(values);
    }

    @Test
    void narrowTypesStayNarrow() throws IOException {
        assertThat(read(NpyBytes.of("|u1", "False", "(1, 2)", new byte[2]))).hasToString("UnsignedBytes 1 x 2");
        assertThat(read(NpyBytes.of("<u2", "True", "(1, 2)", new byte[4]))).hasToString("UnsignedShorts 1 x 2");
        assertThat(read(NpyBytes.of("<f8", "False", "(1, 2)", new byte[16]))).isInstanceOf(DenseMatrix.class);
    }

    static Stream<Arguments> broken() {
        String begin = "an .npy array must begin with 93 4e 55 4d 50 59: FILE ";
        String dtypes = "entries must be real numbers of a dtype among b1, i1-i8, u1-u8, f2, f4, f8: FILE has dtype ";
        byte[] whole = NpyBytes.of("<f8", "False", "(2, 3)", new byte[48]);
        return Stream.of(
                Arguments.of(new byte[0], begin + "is empty"),
                Arguments.of("PK\3\4abcdef".getBytes(), begin + "begins with 50 4b 03 04 61 62"),
                Arguments.of(
                        NpyBytes.of(4, "{}", new byte[0]),
                        "an .npy array must be of version 1.0, 2.0 or 3.0: FILE has version 4.0"),
                Arguments.of(
                        Arrays.copyOf(whole, 9),
                        "an .npy array must not end within its header: FILE ends after 9 bytes"),
                Arguments.of(
                        Arrays.copyOf(whole, 30),
                        "an .npy array must not end within its header: FILE ends after 30 bytes"),
                Arguments.of(
                        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0, 0, 0, (byte) 0xFF},
                        "an .npy header must have at most 1048576 bytes: FILE announces 4278190080"),
                Arguments.of(
                        NpyBytes.of(1, "{'descr': '<f8', 'shape': (2, 3)}", new byte[48]),
                        "an .npy header must give descr, fortran_order and shape: FILE has '{'descr': '<f8', 'shape': (2, 3)}'"),
                Arguments.of(
                        NpyBytes.of("<f8", "False", "(99999999999999999999, 3)", new byte[48]),
                        "an .npy shape must consist of integers: FILE has '99999999999999999999, 3'"),
                Arguments.of(
                        NpyBytes.of("<f8", "False", "(1, 10,,)", new byte[48]),
                        "an .npy shape must consist of integers: FILE has '1, 10,,'"),
                Arguments.of(
                        NpyBytes.of("<f8", "False", "()", new byte[8]),
                        "a matrix must have two dimensions: FILE has shape ()"),
                Arguments.of(
                        NpyBytes.of("<f8", "False", "(6,)", new byte[48]),
                        "a matrix must have two dimensions: FILE has shape (6,)"),
                Arguments.of(
                        NpyBytes.of("<f8", "False", "(1, 2, 3)", new byte[48]),
                        "a matrix must have two dimensions: FILE has shape (1, 2, 3)"),
                Arguments.of(NpyBytes.of("<c16", "False", "(2, 3)", new byte[96]), dtypes + "'<c16'"),
                Arguments.of(NpyBytes.of("|O", "False", "(2, 3)", new byte[96]), dtypes + "'|O'"),
                Arguments.of(NpyBytes.of("<U5", "False", "(2, 3)", new byte[96]), dtypes + "'<U5'"),
                Arguments.of(NpyBytes.of("<f16", "False", "(2, 3)", new byte[96]), dtypes + "'<f16'"),
                Arguments.of(
                        NpyBytes.of(
                                1,
                                "{'descr': [('a', '<f8'), ('b', '<i4')], 'fortran_order': False, 'shape': (2, 3), }",
                                new byte[72]),
                        dtypes + "'[('a', '<f8'), ('b', '<i4')]'"),
                Arguments.of(
                        Arrays.copyOf(whole, whole.length - 5),
                        "an array of shape (2, 3) and dtype '<f8' must have 48 bytes after its header: FILE has 43"),
                Arguments.of(
                        Arrays.copyOf(whole, whole.length + 2),
                        "an array of shape (2, 3) and dtype '<f8' must have 48 bytes after its header: FILE has 50"),
                Arguments.of(
                        NpyBytes.of("<f8", "False", "(2000000000, 1)", new byte[48]),
                        "an array of shape (2000000000, 1) and dtype '<f8' must have 16000000000 bytes after its header:"
                                + " FILE has 48"),
                Arguments.of(
                        NpyBytes.of("|u1", "False", "(65536, 32768)", new byte[48]),
                        "an array held in memory must have at most 2147483639 entries: FILE has shape (65536, 32768)"),
                Arguments.of(
                        NpyBytes.of("|u1", "False", "(4294967296, 4294967296)", new byte[48]),
                        "an array held in memory must have at most 2147483639 entries: FILE has shape"
                                + " (4294967296, 4294967296)"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void saysWhatIsWrong(byte[] file, String message) throws IOException {
        Path path = folder.resolve("x.npy");
        Files.write(path, file);
        assertThatThrownBy(() -> MatrixFiles.read(path))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage(message.replace("FILE", path.toString()));
    }

    /** A gzip stream does not tell its length; a header that lies must not make the reader take the memory. */
    @Test
    void headerThatLiesWithinGzipIsFoundOutBeforeMemoryIsTaken() throws IOException {
        Path path = folder.resolve("x.npy.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(NpyBytes.of("|u1", "False", "(2000000000, 1)", new byte[48]));
        }
        assertThatThrownBy(() -> MatrixFiles.read(path))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("an array of shape (2000000000, 1) and dtype '|u1' must have 2000000000 bytes after its"
                        + " header: " + path + " has 48");
    }

    @Test
    void writesWhatNumPyReads() throws IOException {
        Path path = folder.resolve("w.npy");
        MatrixFiles.write(path, DenseMatrix.of(new double[] {1.5, -2, 3}, new double[] {4, 5, 1e-300}));
        byte[] file = Files.readAllBytes(path);
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }";
        byte[] expected = NpyBytes.of(
                1,
                header + " ".repeat(128 - 10 - header.length() - 1) + "\n",
                NpyBytes.entries(8, ByteOrder.LITTLE_ENDIAN, doubles(1.5, -2, 3, 4, 5, 1e-300)));
        assertThat(file).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x1", "1x40000", "40000x1", "300x211", "3x20000", "0x4", "4x0"})
    void writesAndReadsBackTheSameBits(String shape) {
        int rows = Integer.parseInt(shape.split("x")[0]);
        int columns = Integer.parseInt(shape.split("x")[1]);
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
        Random random = new Random(8);
        for (int e = 0; e < rows * columns; e++) {
            matrix.data()[e] = Double.longBitsToDouble(random.nextLong());
        }
        for (String name : new String[] {"m.npy", "m.npy.gz"}) {
            Path path = folder.resolve(name);
            MatrixFiles.write(path, matrix);
            assertThat(MatrixFiles.read(path)).isEqualTo(NamedMatrix.of(matrix));
        }
    }

    private Matrix read(byte[] file) throws IOException {
        Path path = folder.resolve("read.npy");
        Files.write(path, file);
        return MatrixFiles.read(path).matrix();
    }

    private static double[] entriesOf(Matrix matrix) {
        return matrix.toDense().data();
    }
}
