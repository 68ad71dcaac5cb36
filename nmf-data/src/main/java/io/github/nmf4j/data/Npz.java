package io.github.nmf4j.data;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip archive of arrays: one array alone, or a sparse matrix as {@code scipy.sparse.save_npz} writes it, by rows (csr),
 * by columns (csc) or entry by entry (coo).
 */
final class Npz {
    private static final String SUFFIX = ".npy";

    private final String name;
    private final ZipFile zip;
    private final Map<String, ZipEntry> arrays = new TreeMap<>();

    private Npz(String name, ZipFile zip) {
        this.name = name;
        this.zip = zip;
        zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> {
            String key = entry.getName();
            arrays.put(key.endsWith(SUFFIX) ? key.substring(0, key.length() - SUFFIX.length()) : key, entry);
        });
    }

    static Matrix read(Path file) throws IOException {
        return read(file.toString(), file);
    }

    /** Unpacks an archive that was packed once more, since a zip archive is read from its end. */
    static Matrix readPacked(Source source) throws IOException {
        Path unpacked = Files.createTempFile("nmf4j", ".npz");
        try {
            Files.copy(source.stream(), unpacked, StandardCopyOption.REPLACE_EXISTING);
            return read(source.name(), unpacked);
        } finally {
            Files.deleteIfExists(unpacked);
        }
    }

    private static Matrix read(String name, Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new Npz(name, zip).matrix();
        }
    }

    private Matrix matrix() throws IOException {
        if (arrays.containsKey("format") && arrays.containsKey("shape")) {
            return sparse();
        }
        if (arrays.size() != 1) {
            throw new InvalidInputException("an .npz archive must hold one array, or a sparse matrix of SciPy: " + name
                    + (arrays.isEmpty() ? " is empty" : " holds " + String.join(", ", arrays.keySet())));
        }
        return read(arrays.keySet().iterator().next(), NpyArray::matrix);
    }

    private SparseMatrix sparse() throws IOException {
        String format = read("format", NpyArray::text);
        boolean known = format.equals("csr") || format.equals("csc") || format.equals("coo");
        if (!known) {
            throw new InvalidInputException(
                    "a sparse matrix must be of format csr, csc or coo: " + name + " has format " + Shown.text(format));
        }
        int[] shape = read("shape", array -> array.indices(1));
        if (shape.length != 2) {
            throw new InvalidInputException("a matrix must have two dimensions: " + name + " has shape "
                    + Arrays.toString(shape).replace('[', '(').replace(']', ')'));
        }
        Heap.require(8L * shape[0] + 8L * shape[1], () -> name + " of shape (" + shape[0] + ", " + shape[1] + ")");
        double[] data = read("data", NpyArray::numbers);
        return switch (format) {
            case "csr" -> compressed(shape[0], shape[1], "row", data);
            case "csc" -> compressed(shape[1], shape[0], "column", data).transposed();
            default -> coordinates(shape[0], shape[1], data);
        };
    }

    /** {@return compressed lines as the rows of a matrix; unordered indices are sorted, repeated ones added} */
    private SparseMatrix compressed(int lines, int length, String line, double[] data) throws IOException {
        int[] start = read("indptr", array -> array.indices(1));
        int[] index = read("indices", array -> array.indices(1));
        if (start.length != (long) lines + 1) {
            throw new InvalidInputException("indptr must have " + (lines + 1L) + " entries, one more than there are "
                    + line + "s: " + name + " has " + start.length);
        }
        if (start[0] != 0) {
            throw new InvalidInputException("indptr must begin with 0: " + name + " begins with " + start[0]);
        }
        if (index.length != data.length || start[lines] > data.length) {
            throw new InvalidInputException("data and indices must have the " + start[lines]
                    + " entries that indptr ends with: " + name + " has " + data.length + " and " + index.length);
        }
        boolean ascending = true;
        for (int i = 0; i < lines; i++) {
            if (start[i + 1] < start[i] || start[i + 1] > data.length) {
                throw new InvalidInputException("indptr must not fall: " + name + " goes from " + start[i] + " to "
                        + start[i + 1] + " at " + line + " " + i);
            }
            for (int at = start[i]; at < start[i + 1]; at++) {
                if (index[at] >= length) {
                    throw new InvalidInputException("indices must be below " + length + ": " + name + " has "
                            + index[at] + " in " + line + " " + i);
                }
                ascending &= at == start[i] || index[at] > index[at - 1];
            }
        }
        if (ascending) {
            return SparseMatrix.ofCompressedRows(lines, length, start, index, data);
        }
        int[] lineOf = new int[start[lines]];
        for (int i = 0; i < lines; i++) {
            Arrays.fill(lineOf, start[i], start[i + 1], i);
        }
        return SparseMatrix.ofEntries(lines, length, lineOf, index, data);
    }

    private SparseMatrix coordinates(int rows, int columns, double[] data) throws IOException {
        int[] row;
        int[] column;
        if (arrays.containsKey("coords")) { // what newer SciPy writes instead of row and col
            int[] both = read("coords", array -> array.indices(2));
            row = Arrays.copyOf(both, both.length / 2);
            column = Arrays.copyOfRange(both, both.length / 2, both.length);
        } else {
            row = read("row", array -> array.indices(1));
            column = read("col", array -> array.indices(1));
        }
        if (row.length != data.length || column.length != data.length) {
            throw new InvalidInputException("row, col and data must have equally many entries: " + name + " has "
                    + row.length + ", " + column.length + " and " + data.length);
        }
        for (int e = 0; e < data.length; e++) {
            if (row[e] >= rows || column[e] >= columns) {
                throw new InvalidInputException("entries must lie within " + rows + " x " + columns + ": " + name
                        + " has [" + row[e] + ", " + column[e] + "] at " + e);
            }
        }
        return SparseMatrix.ofEntries(rows, columns, row, column, data);
    }

    private interface Reading<T> {
        T of(NpyArray array) throws IOException;
    }

    private <T> T read(String key, Reading<T> reading) throws IOException {
        ZipEntry entry = arrays.get(key);
        if (entry == null) {
            throw new InvalidInputException("a sparse matrix of SciPy must have an array '" + key + "': " + name
                    + " holds " + String.join(", ", arrays.keySet()));
        }
        // What the directory says of sizes is no proof: the archive itself bounds them.
        long packed = Math.min(entry.getCompressedSize(), Files.size(Path.of(zip.getName())));
        long most = entry.getMethod() == ZipEntry.STORED ? packed : Source.mostUnpacked(packed);
        CRC32 sum = new CRC32();
        try (Source source = new Source(
                name + " (" + Shown.text(key) + ")",
                Path.of(zip.getName()),
                new CheckedInputStream(zip.getInputStream(entry), sum),
                most)) {
            T result = reading.of(NpyArray.open(source));
            if (sum.getValue() != entry.getCrc()) {
                throw new InvalidInputException("an .npz archive must be intact: " + source.name()
                        + " does not have the checksum that the archive says");
            }
            return result;
        }
    }
}
