package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NpzTest {
    /** [[0, 0, 3], [4, 0, 5]] */
    private static final DenseMatrix DENSE = DenseMatrix.of(new double[] {0, 0, 3}, new double[] {4, 0, 5});

    @TempDir
    Path folder;

    private static Map<String, byte[]> archive(Object... namesAndArrays) {
        Map<String, byte[]> archive = new LinkedHashMap<>();
        for (int i = 0; i < namesAndArrays.length; i += 2) {
            archive.put((String) namesAndArrays[i], (byte[]) namesAndArrays[i + 1]);
        }
        return archive;
    }

    private static byte[] format(String name) {
        return NpyBytes.of("|S" + name.length(), "False", "()", name.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] i4(long... values) {
        return NpyBytes.of(
                "<i4", "False", "(" + values.length + ",)", NpyBytes.entries(4, ByteOrder.LITTLE_ENDIAN, values));
    }

    private static byte[] i8(long... values) {
        return NpyBytes.of(
                "<i8", "False", "(" + values.length + ",)", NpyBytes.entries(8, ByteOrder.LITTLE_ENDIAN, values));
    }

    private static byte[] f8(double... values) {
        long[] bits = Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
        return NpyBytes.of(
                "<f8", "False", "(" + values.length + ",)", NpyBytes.entries(8, ByteOrder.LITTLE_ENDIAN, bits));
    }

    static Stream<Arguments> sparse() {
        byte[] unicode = NpyBytes.of("<U3", "False", "()", NpyBytes.entries(4, ByteOrder.LITTLE_ENDIAN, 'c', 's', 'r'));
        byte[] coords =
                NpyBytes.of("<i4", "False", "(2, 3)", NpyBytes.entries(4, ByteOrder.LITTLE_ENDIAN, 1, 0, 1, 0, 2, 2));
        byte[] coordsByColumns =
                NpyBytes.of("<i4", "True", "(2, 3)", NpyBytes.entries(4, ByteOrder.LITTLE_ENDIAN, 1, 0, 0, 2, 1, 2));
        return Stream.of(
                Arguments.of(
                        "csr",
                        archive(
                                "indices",
                                i4(2, 0, 2),
                                "indptr",
                                i4(0, 1, 3),
                                "format",
                                format("csr"),
                                "shape",
                                i8(2, 3),
                                "data",
                                f8(3, 4, 5))),
                Arguments.of(
                        "csr, i8, bytes, text in Unicode",
                        archive(
                                "indices",
                                i8(2, 0, 2),
                                "indptr",
                                i8(0, 1, 3),
                                "format",
                                unicode,
                                "shape",
                                i8(2, 3),
                                "data",
                                NpyBytes.of("|i1", "False", "(3,)", new byte[] {3, 4, 5}))),
                Arguments.of(
                        "csr, unordered and repeated",
                        archive(
                                "indices",
                                i4(2, 2, 0, 2),
                                "indptr",
                                i4(0, 1, 4),
                                "format",
                                format("csr"),
                                "shape",
                                i8(2, 3),
                                "data",
                                f8(3, 2, 4, 3))),
                Arguments.of(
                        "csr, more stored than used",
                        archive(
                                "indices",
                                i4(2, 0, 2, 1),
                                "indptr",
                                i4(0, 1, 3),
                                "format",
                                format("csr"),
                                "shape",
                                i8(2, 3),
                                "data",
                                f8(3, 4, 5, 6))),
                Arguments.of(
                        "csc",
                        archive(
                                "indices",
                                i4(1, 0, 1),
                                "indptr",
                                i4(0, 1, 1, 3),
                                "format",
                                format("csc"),
                                "shape",
                                i8(2, 3),
                                "data",
                                f8(4, 3, 5))),
                Arguments.of(
                        "csc, unordered",
                        archive(
                                "indices",
                                i4(1, 1, 0),
                                "indptr",
                                i4(0, 1, 1, 3),
                                "format",
                                format("csc"),
                                "shape",
                                i8(2, 3),
                                "data",
                                f8(4, 5, 3))),
                Arguments.of(
                        "coo",
                        archive(
                                "row",
                                i4(1, 0, 1),
                                "col",
                                i4(0, 2, 2),
                                "format",
                                format("coo"),
                                "shape",
                                i8(2, 3),
                                "data",
                                f8(4, 3, 5))),
                Arguments.of(
                        "coo, repeated",
                        archive(
                                "row",
                                i8(1, 0, 1, 1),
                                "col",
                                i8(2, 2, 0, 2),
                                "format",
                                format("coo"),
                                "shape",
                                i8(2, 3),
                                "data",
                                f8(1, 3, 4, 4))),
                Arguments.of(
                        "coo, coords",
                        archive("coords", coords, "format", format("coo"), "shape", i8(2, 3), "data", f8(4, 3, 5))),
                Arguments.of(
                        "coo, coords by columns",
                        archive(
                                "coords",
                                coordsByColumns,
                                "format",
                                format("coo"),
                                "shape",
                                i8(2, 3),
                                "data",
                                f8(4, 3, 5))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sparse")
    void readsSparseMatricesPackedOrNot(String name, Map<String, byte[]> archive) throws IOException {
        for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
            Matrix matrix =
                    MatrixFiles.read(write("x.npz", zip(archive, method))).matrix();
            assertThat(matrix).isInstanceOf(SparseMatrix.class);
            assertThat(matrix.toDense()).isEqualTo(DENSE);
            assertThat(matrix.stored()).isEqualTo(3);
        }
    }

    @Test
    void readsOneArrayWhateverItsName() throws IOException {
        byte[] array = NpyBytes.of("|u1", "False", "(2, 3)", new byte[] {0, 0, 3, 4, 0, 5});
        byte[] zip = zip(archive("arr_0", array), ZipEntry.DEFLATED);
        assertThat(MatrixFiles.read(write("x.npz", zip)).matrix().toDense()).isEqualTo(DENSE);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(zip);
        }
        assertThat(MatrixFiles.read(write("x.npz.gz", packed.toByteArray()))
                        .matrix()
                        .toDense())
                .isEqualTo(DENSE);
    }

    static Stream<Arguments> broken() {
        byte[] array = NpyBytes.of("|u1", "False", "(2, 3)", new byte[6]);
        byte[] shape = i8(2, 3);
        byte[] csr = format("csr");
        byte[] coo = format("coo");
        byte[] data = f8(3, 4, 5);
        return Stream.of(
                Arguments.of(
                        archive("W", array, "H", array),
                        "an .npz archive must hold one array, or a sparse matrix of SciPy: FILE holds H, W"),
                Arguments.of(
                        archive(), "an .npz archive must hold one array, or a sparse matrix of SciPy: FILE is empty"),
                Arguments.of(
                        archive("format", format("bsr"), "shape", shape),
                        "a sparse matrix must be of format csr, csc or coo: FILE has format 'bsr'"),
                Arguments.of(
                        archive("format", format("dia"), "shape", shape),
                        "a sparse matrix must be of format csr, csc or coo: FILE has format 'dia'"),
                Arguments.of(
                        archive("format", i4(1, 2), "shape", shape),
                        "a format must be one text: FILE ('format') has dtype '<i4' and shape (2,)"),
                Arguments.of(
                        archive("format", coo, "shape", i8(2, 3, 4)),
                        "a matrix must have two dimensions: FILE has shape (2, 3, 4)"),
                Arguments.of(
                        archive("format", csr, "shape", f8(2, 3)),
                        "indices must be integers: FILE ('shape') has dtype '<f8'"),
                Arguments.of(
                        archive("format", csr, "shape", shape),
                        "a sparse matrix of SciPy must have an array 'data': FILE holds format, shape"),
                Arguments.of(
                        archive("format", csr, "shape", i8(2, -3)),
                        "indices must lie between 0 and 2147483647: FILE ('shape') has -3 at 1"),
                Arguments.of(
                        archive("format", csr, "shape", i8(2, 1L << 40)),
                        "indices must lie between 0 and 2147483647: FILE ('shape') has 1099511627776 at 1"),
                Arguments.of(
                        archive("format", csr, "shape", shape, "data", array),
                        "an array of a sparse matrix must have 1 dimension: FILE ('data') has shape (2, 3)"),
                Arguments.of(
                        archive(
                                "format",
                                csr,
                                "shape",
                                shape,
                                "data",
                                data,
                                "indptr",
                                i4(0, 3),
                                "indices",
                                i4(0, 1, 2)),
                        "indptr must have 3 entries, one more than there are rows: FILE has 2"),
                Arguments.of(
                        archive(
                                "format",
                                csr,
                                "shape",
                                shape,
                                "data",
                                data,
                                "indptr",
                                i4(1, 1, 3),
                                "indices",
                                i4(0, 1, 2)),
                        "indptr must begin with 0: FILE begins with 1"),
                Arguments.of(
                        archive(
                                "format",
                                csr,
                                "shape",
                                shape,
                                "data",
                                data,
                                "indptr",
                                i4(0, 1, 4),
                                "indices",
                                i4(0, 1, 2)),
                        "data and indices must have the 4 entries that indptr ends with: FILE has 3 and 3"),
                Arguments.of(
                        archive(
                                "format",
                                csr,
                                "shape",
                                shape,
                                "data",
                                data,
                                "indptr",
                                i4(0, 3, 2),
                                "indices",
                                i4(0, 1, 2)),
                        "indptr must not fall: FILE goes from 3 to 2 at row 1"),
                Arguments.of(
                        archive(
                                "format",
                                csr,
                                "shape",
                                shape,
                                "data",
                                data,
                                "indptr",
                                i4(0, 9, 3),
                                "indices",
                                i4(0, 1, 2)),
                        "indptr must not fall: FILE goes from 0 to 9 at row 0"),
                Arguments.of(
                        archive(
                                "format",
                                csr,
                                "shape",
                                shape,
                                "data",
                                data,
                                "indptr",
                                i4(0, 1, 3),
                                "indices",
                                i4(0, 1, 3)),
                        "indices must be below 3: FILE has 3 in row 1"),
                Arguments.of(
                        archive(
                                "format",
                                format("csc"),
                                "shape",
                                shape,
                                "data",
                                data,
                                "indptr",
                                i4(0, 1, 2, 3),
                                "indices",
                                i4(0, 2, 1)),
                        "indices must be below 2: FILE has 2 in column 1"),
                Arguments.of(
                        archive("format", coo, "shape", shape, "data", data, "row", i4(0, 1), "col", i4(0, 1, 2)),
                        "row, col and data must have equally many entries: FILE has 2, 3 and 3"),
                Arguments.of(
                        archive("format", coo, "shape", shape, "data", data, "row", i4(0, 2, 1), "col", i4(0, 1, 2)),
                        "entries must lie within 2 x 3: FILE has [2, 1] at 1"),
                Arguments.of(
                        archive("format", coo, "shape", shape, "data", data, "row", i4(0, -1, 1), "col", i4(0, 1, 2)),
                        "indices must lie between 0 and 2147483647: FILE ('row') has -1 at 1"),
                Arguments.of(
                        archive("x", NpyBytes.of("|u1", "False", "(2000000000, 1)", new byte[48])),
                        "an array of shape (2000000000, 1) and dtype '|u1' must have 2000000000 bytes after its header: FILE ('x') has 48"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void saysWhatIsWrong(Map<String, byte[]> archive, String message) throws IOException {
        Path path = write("x.npz", zip(archive, ZipEntry.DEFLATED));
        assertThatThrownBy(() -> MatrixFiles.read(path))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage(message.replace("FILE", path.toString()));
    }

    @Test
    void noArchiveAndADamagedOneAreRefused() throws IOException {
        Path text = write("text.npz", "no archive at all".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> MatrixFiles.read(text))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("an .npz file must be an intact zip archive: " + text + ", ")
                .hasMessageNotContaining("\n");
        byte[] zip = zip(archive("x", NpyBytes.of("|u1", "False", "(1, 40)", new byte[40])), ZipEntry.STORED);
        String latin = new String(zip, StandardCharsets.ISO_8859_1);
        zip[latin.indexOf("}\n") + 9] = 1; // an entry of the array, which only the checksum can tell
        Path damaged = write("damaged.npz", zip);
        assertThatThrownBy(() -> MatrixFiles.read(damaged))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("an .npz archive must be intact: " + damaged
                        + " ('x') does not have the checksum that the archive says");
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] zip(Map<String, byte[]> archive, int method) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(method);
            for (Map.Entry<String, byte[]> array : archive.entrySet()) {
                ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
                CRC32 sum = new CRC32();
                sum.update(array.getValue());
                entry.setSize(array.getValue().length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(array.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
