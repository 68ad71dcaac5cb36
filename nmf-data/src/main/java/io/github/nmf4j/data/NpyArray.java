package io.github.nmf4j.data;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * One array in the NPY format of NumPy, versions 1 to 3: its header is read, its entries are still to come.
 *
 * <p>Format: NumPy Enhancement Proposal 1 and {@code numpy.lib.format}. Entries go to memory in chunks, so that reading
 * needs the array and a megabyte; or they stay in the file, which is then mapped.
 */
final class NpyArray {
    /** What an array of the JVM holds at most. */
    static final int MOST_ENTRIES = Integer.MAX_VALUE - 8;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 20;
    private static final int LONGEST_TEXT = 1 << 10;
    private static final int CHUNK = 1 << 20;

    private static final String REST = "\\s*(?:,|\\}\\s*$)";
    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*(?:'([^']*)'|\"([^\"]*)\")" + REST);
    private static final Pattern STRUCTURE =
            Pattern.compile("['\"]descr['\"]\\s*:\\s*([\\[(].*[\\])])\\s*,\\s*['\"]fortran_order", Pattern.DOTALL);
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)" + REST);
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9L,\\s]*)\\)" + REST);

    private final Source source;
    private final int headerBytes;
    private final String dtype;
    private final boolean fortranOrder;
    private final long[] shape;

    private NpyArray(Source source, int headerBytes, String dtype, boolean fortranOrder, long[] shape) {
        this.source = source;
        this.headerBytes = headerBytes;
        this.dtype = dtype;
        this.fortranOrder = fortranOrder;
        this.shape = shape;
    }

    /** {@return the array that begins here, its header checked} */
    static NpyArray open(Source source) throws IOException {
        byte[] start = source.stream().readNBytes(8);
        if (start.length < 8 || !Arrays.equals(MAGIC, 0, 6, start, 0, 6)) {
            String found = start.length == 0 ? " is empty" : " begins with " + hex(start, Math.min(6, start.length));
            throw new InvalidInputException(
                    "an .npy array must begin with 93 4e 55 4d 50 59: " + source.name() + found);
        }
        int version = start[6];
        if (version < 1 || version > 3 || start[7] != 0) {
            throw new InvalidInputException("an .npy array must be of version 1.0, 2.0 or 3.0: " + source.name()
                    + " has version " + (start[6] & 0xFF) + "." + (start[7] & 0xFF));
        }
        int lengthBytes = version == 1 ? 2 : 4;
        byte[] length = source.stream().readNBytes(lengthBytes);
        long announced = 0;
        for (int i = length.length - 1; i >= 0; i--) {
            announced = announced << 8 | length[i] & 0xFF;
        }
        if (length.length == lengthBytes && announced > LONGEST_HEADER) {
            throw new InvalidInputException("an .npy header must have at most " + LONGEST_HEADER + " bytes: "
                    + source.name() + " announces " + announced);
        }
        byte[] header = source.stream().readNBytes((int) announced);
        if (length.length < lengthBytes || header.length < announced) {
            throw new InvalidInputException("an .npy array must not end within its header: " + source.name()
                    + " ends after " + (8 + length.length + (length.length < lengthBytes ? 0 : header.length))
                    + " bytes");
        }
        Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return parse(source, 8 + lengthBytes + header.length, new String(header, charset));
    }

    private static NpyArray parse(Source source, int headerBytes, String header) {
        Matcher descr = DESCR.matcher(header);
        Matcher structure = STRUCTURE.matcher(header);
        Matcher order = ORDER.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        boolean simple = descr.find();
        if (!(simple || structure.find()) || !order.find() || !shape.find()) {
            throw new InvalidInputException("an .npy header must give descr, fortran_order and shape: " + source.name()
                    + " has " + Shown.text(header.strip()));
        }
        String dtype = simple ? (descr.group(1) != null ? descr.group(1) : descr.group(2)) : structure.group(1);
        return new NpyArray(source, headerBytes, dtype, order.group(1).equals("True"), lengths(source, shape.group(1)));
    }

    private static long[] lengths(Source source, String tuple) {
        String listed = tuple.strip().endsWith(",")
                ? tuple.strip().substring(0, tuple.strip().length() - 1)
                : tuple.strip();
        String[] parts = listed.isEmpty() ? new String[0] : listed.split(",", -1);
        long[] lengths = new long[parts.length];
        for (int d = 0; d < parts.length; d++) {
            String part = parts[d].strip();
            try { // Python 2 wrote long integers with an L
                lengths[d] = Long.parseLong(part.endsWith("L") ? part.substring(0, part.length() - 1) : part);
            } catch (NumberFormatException e) {
                throw new InvalidInputException(
                        "an .npy shape must consist of integers: " + source.name() + " has " + Shown.text(tuple), e);
            }
        }
        return lengths;
    }

    /** {@return the array as a matrix: a {@link DenseMatrix} where it holds doubles by rows, otherwise as narrow as it came} */
    Matrix matrix() throws IOException {
        NpyType type = type();
        requireMatrix();
        Storage storage = entries(type);
        return storage instanceof HeapStorage.Doubles doubles && !fortranOrder
                ? DenseMatrix.wrap((int) shape[0], (int) shape[1], doubles.values)
                : matrix(storage);
    }

    /**
     * {@return the array as a matrix whose entries stay in the file}
     *
     * @param pieceBits logarithm to base 2 of the entries that are mapped together
     */
    Matrix mapped(int pieceBits) throws IOException {
        NpyType type = type();
        requireMatrix();
        long count;
        long bytes;
        try {
            count = Math.multiplyExact(shape[0], shape[1]);
            bytes = Math.multiplyExact(count, type.bytes());
        } catch (ArithmeticException e) {
            throw new InvalidInputException(
                    "an array must have fewer than 2^63 bytes: " + source.name() + " has shape " + shapeText(), e);
        }
        if (Math.max(shape[0], shape[1]) > Integer.MAX_VALUE) {
            throw new InvalidInputException("a matrix must have at most " + Integer.MAX_VALUE
                    + " rows and as many columns: " + source.name() + " has shape " + shapeText());
        }
        try (FileChannel file = FileChannel.open(source.file())) {
            long found = file.size() - headerBytes;
            if (found != bytes) {
                throw wrongLength(bytes, found);
            }
            return matrix(MappedStorage.of(file, headerBytes, count, type, byteOrder(), pieceBits));
        }
    }

    private StoredMatrix matrix(Storage storage) {
        int rows = (int) shape[0];
        int columns = (int) shape[1];
        return fortranOrder
                ? StoredMatrix.byColumns(rows, columns, storage)
                : StoredMatrix.byRows(rows, columns, storage);
    }

    /** {@return the entries of an array of one dimension} */
    double[] numbers() throws IOException {
        NpyType type = type();
        requireDimensions(1);
        Storage storage = entries(type);
        if (storage instanceof HeapStorage.Doubles doubles) {
            return doubles.values;
        }
        double[] wide = new double[(int) shape[0]];
        storage.span(0, wide.length, wide, 0);
        return wide;
    }

    /** {@return the entries of an array of integers from 0 to 2³¹ − 1, row after row; it has so many dimensions} */
    int[] indices(int dimensions) throws IOException {
        NpyType type = type();
        requireDimensions(dimensions);
        if (!type.isInteger() || type == NpyType.BOOL) {
            throw new InvalidInputException(
                    "indices must be integers: " + source.name() + " has dtype " + Shown.text(dtype));
        }
        Storage storage = entries(type);
        int count = 1;
        for (long length : shape) {
            count *= (int) length; // entries() found it to fit
        }
        boolean asStored = type == NpyType.I4 && !(fortranOrder && dimensions > 1);
        int[] indices = asStored ? ((HeapStorage.Ints) storage).values : new int[count];
        for (int e = 0; e < count; e++) {
            double index = storage.get(position(e));
            if (index < 0 || index > Integer.MAX_VALUE) {
                throw new InvalidInputException("indices must lie between 0 and " + Integer.MAX_VALUE + ": "
                        + source.name() + " has " + (long) index + " at " + e);
            }
            indices[e] = (int) index;
        }
        return indices;
    }

    /** {@return the text of an array of no dimension, as SciPy keeps the name of a sparse format} */
    String text() throws IOException {
        Matcher kind = Pattern.compile("([<>|=]?)([SU])(\\d{1,6})").matcher(dtype);
        if (!kind.matches() || shape.length != 0) {
            throw new InvalidInputException("a format must be one text: " + source.name() + " has dtype "
                    + Shown.text(dtype) + " and shape " + shapeText());
        }
        int width = kind.group(2).equals("U") ? 4 : 1;
        int bytes = Integer.parseInt(kind.group(3)) * width;
        byte[] raw = source.stream().readNBytes(Math.min(bytes, LONGEST_TEXT));
        source.drain();
        Charset charset = width == 1
                ? StandardCharsets.ISO_8859_1
                : Charset.forName(kind.group(1).equals(">") ? "UTF-32BE" : "UTF-32LE");
        return new String(raw, charset).replace("\0", "");
    }

    private NpyType type() {
        String code = dtype.isEmpty() || "<>|=".indexOf(dtype.charAt(0)) < 0 ? dtype : dtype.substring(1);
        return NpyType.of(code)
                .orElseThrow(() -> new InvalidInputException(
                        "entries must be real numbers of a dtype among b1, i1-i8, u1-u8, f2, f4, f8: " + source.name()
                                + " has dtype " + Shown.text(dtype)));
    }

    private ByteOrder byteOrder() {
        return switch (dtype.charAt(0)) {
            case '>' -> ByteOrder.BIG_ENDIAN;
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
    }

    private HeapStorage entries(NpyType type) throws IOException {
        long count = 1;
        for (long length : shape) {
            count = length > MOST_ENTRIES ? Long.MAX_VALUE : count * length;
            if (count > MOST_ENTRIES) {
                throw new InvalidInputException("an array held in memory must have at most " + MOST_ENTRIES
                        + " entries: " + source.name() + " has shape " + shapeText());
            }
        }
        long bytes = count * type.bytes();
        if (bytes > source.mostBytes() - headerBytes) {
            throw wrongLength(bytes, source.drain());
        }
        Heap.require(count * type.held(), () -> source.name() + " of shape " + shapeText());
        HeapStorage storage = type.storage((int) count);
        byte[] chunk = new byte[(int) Math.min(CHUNK, bytes)];
        Buffer view = storage.view(ByteBuffer.wrap(chunk).order(byteOrder()));
        for (long done = 0; done < bytes; done += chunk.length) {
            int wanted = (int) Math.min(chunk.length, bytes - done);
            int got = source.stream().readNBytes(chunk, 0, wanted);
            if (got < wanted) {
                throw wrongLength(bytes, done + got);
            }
            storage.load(view, 0, (int) (done / type.bytes()), wanted / type.bytes());
        }
        storage.settle(0, (int) count);
        long left = source.drain();
        if (left > 0) {
            throw wrongLength(bytes, bytes + left);
        }
        return storage;
    }

    private InvalidInputException wrongLength(long expected, long found) {
        return new InvalidInputException("an array of shape " + shapeText() + " and dtype '" + dtype + "' must have "
                + expected + " bytes after its header: " + source.name() + " has " + found);
    }

    private void requireMatrix() {
        if (shape.length != 2) {
            throw new InvalidInputException(
                    "a matrix must have two dimensions: " + source.name() + " has shape " + shapeText());
        }
    }

    private void requireDimensions(int dimensions) {
        if (shape.length != dimensions) {
            throw new InvalidInputException("an array of a sparse matrix must have " + dimensions
                    + (dimensions == 1 ? " dimension: " : " dimensions: ") + source.name() + " has shape "
                    + shapeText());
        }
    }

    /** Where the storage has entry e of the array read row after row. */
    private int position(int e) {
        if (!fortranOrder || shape.length < 2) {
            return e;
        }
        int columns = (int) shape[1];
        return e % columns * (int) shape[0] + e / columns;
    }

    private String shapeText() {
        return LongStream.of(shape)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
    }

    private static String hex(byte[] bytes, int n) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < n; i++) {
            text.append(i == 0 ? "" : " ").append(String.format("%02x", bytes[i]));
        }
        return text.toString();
    }
}
