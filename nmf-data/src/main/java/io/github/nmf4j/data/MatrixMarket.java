package io.github.nmf4j.data;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The Matrix Market exchange format (Boisvert, Pozo &amp; Remington 1996, NISTIR 5935): coordinate lists become sparse
 * matrices, arrays dense ones. Repeated coordinates add.
 */
final class MatrixMarket {
    private static final String FIRST_LINE =
            "a Matrix Market file must begin with '%%MatrixMarket matrix coordinate|array real|integer|pattern"
                    + " general|symmetric|skew-symmetric': ";
    /** Bytes that an entry takes at least, in a list and in an array: {@code "1 1\n"} and {@code "0\n"}. */
    private static final int LEAST_LISTED = 4;

    private static final int LEAST_IN_ARRAY = 2;
    private static final int BLOCK = 1 << 16;

    private enum Symmetry {
        GENERAL,
        SYMMETRIC,
        SKEW_SYMMETRIC;

        /** {@return whether the file has this entry rather than its mirror image} */
        boolean stores(int row, int column) {
            return this == GENERAL || row > column || this == SYMMETRIC && row == column;
        }
    }

    private final Source source;
    private final TextLines lines;
    private final NumberCell cell = new NumberCell();
    private Symmetry symmetry;
    private boolean pattern;
    private boolean whole;

    private MatrixMarket(Source source) {
        this.source = source;
        this.lines = new TextLines(source);
    }

    static Matrix read(Source source) throws IOException {
        return new MatrixMarket(source).matrix();
    }

    private Matrix matrix() throws IOException {
        if (!lines.next()) {
            throw new InvalidInputException(FIRST_LINE + source.name() + " is empty");
        }
        String[] words = lines.text().toLowerCase(Locale.ROOT).split("\\s+");
        boolean listed = words.length == 5 && words[2].equals("coordinate");
        boolean known = words.length == 5
                && words[0].equals("%%matrixmarket")
                && words[1].equals("matrix")
                && (listed || words[2].equals("array"))
                && (words[3].equals("real")
                        || words[3].equals("double")
                        || words[3].equals("integer")
                        || words[3].equals("pattern") && listed);
        if (known) {
            pattern = words[3].equals("pattern");
            whole = words[3].equals("integer");
            for (Symmetry s : Symmetry.values()) {
                if (s.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(words[4])) {
                    symmetry = s;
                }
            }
        }
        if (symmetry == null || pattern && symmetry == Symmetry.SKEW_SYMMETRIC) {
            throw new InvalidInputException(FIRST_LINE + lines.place() + " is " + Shown.text(lines.text()));
        }
        if (!nextLine()) {
            throw new InvalidInputException(
                    "a Matrix Market file must state its size: " + source.name() + " ends at once");
        }
        return listed ? coordinates() : array();
    }

    private SparseMatrix coordinates() throws IOException {
        String rule = "the size must be three integers, rows, columns and entries: ";
        int rows = size(rule);
        int columns = size(rule);
        int declared = size(rule);
        requireEndOfLine(rule);
        requireSquare(rows, columns);
        Heap.require(8L * rows + 8L * columns, () -> source.name() + " of size " + rows + " x " + columns);
        // A file cannot hold more than its bytes, whatever it declares.
        int room = (int) Math.min(declared, source.mostBytes() / LEAST_LISTED + 1);
        long held = symmetry == Symmetry.GENERAL ? room : 2L * room;
        Heap.require(16 * held, () -> source.name() + " with " + declared + " entries");
        if (held > NpyArray.MOST_ENTRIES) {
            throw new InvalidInputException("a sparse matrix must have at most " + NpyArray.MOST_ENTRIES + " entries: "
                    + source.name() + " has " + declared);
        }
        int[] row = new int[(int) held];
        int[] column = new int[(int) held];
        double[] value = new double[(int) held];
        String shape = rows + " x " + columns;
        int at = 0;
        for (int e = 0; e < declared; e++) {
            if (!nextLine()) {
                throw new InvalidInputException("there must be " + declared + " entries, as the size line says: "
                        + source.name() + " has " + e);
            }
            int i = index(rows, "row", shape);
            int j = index(columns, "column", shape);
            double v = pattern ? 1.0 : number();
            requireEndOfLine(
                    pattern ? "an entry must be row and column: " : "an entry must be row, column and value: ");
            if (!symmetry.stores(i, j)) {
                throw new InvalidInputException(
                        "a " + symmetry.name().toLowerCase(Locale.ROOT).replace('_', '-')
                                + " matrix must list entries of its lower triangle only: " + lines.place() + " has row "
                                + (i + 1) + ", column " + (j + 1));
            }
            row[at] = i;
            column[at] = j;
            value[at++] = v;
            if (symmetry != Symmetry.GENERAL && i != j) {
                row[at] = j;
                column[at] = i;
                value[at++] = symmetry == Symmetry.SYMMETRIC ? v : -v;
            }
        }
        requireEnd(declared);
        return at == held
                ? SparseMatrix.ofEntries(rows, columns, row, column, value)
                : SparseMatrix.ofEntries(
                        rows, columns, Arrays.copyOf(row, at), Arrays.copyOf(column, at), Arrays.copyOf(value, at));
    }

    private DenseMatrix array() throws IOException {
        String rule = "the size must be two integers, rows and columns: ";
        int rows = size(rule);
        int columns = size(rule);
        requireEndOfLine(rule);
        requireSquare(rows, columns);
        long all = (long) rows * columns;
        long declared = switch (symmetry) {
            case GENERAL -> all;
            case SYMMETRIC -> (all + rows) / 2;
            case SKEW_SYMMETRIC -> (all - rows) / 2;
        };
        if (all > NpyArray.MOST_ENTRIES) {
            throw new InvalidInputException("a matrix held in memory must have at most " + NpyArray.MOST_ENTRIES
                    + " entries: " + source.name() + " has " + rows + " x " + columns);
        }
        if (declared > source.mostBytes() / LEAST_IN_ARRAY + 1) {
            throw new InvalidInputException("there must be " + declared + " entries, as the size line says: "
                    + source.name() + " is too short for them");
        }
        Heap.require(Double.BYTES * all, () -> source.name() + " of size " + rows + " x " + columns);
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
        double[] data = matrix.data();
        long read = 0;
        for (int j = 0; j < columns; j++) { // column after column
            for (int i = 0; i < rows; i++) {
                if (!symmetry.stores(i, j)) {
                    continue;
                }
                if (!nextLine()) {
                    throw new InvalidInputException("there must be " + declared + " entries, as the size line says: "
                            + source.name() + " has " + read);
                }
                double v = number();
                requireEndOfLine("an entry of an array must stand alone on its line: ");
                read++;
                data[i * columns + j] = v;
                if (symmetry != Symmetry.GENERAL && i != j) {
                    data[j * columns + i] = symmetry == Symmetry.SYMMETRIC ? v : -v;
                }
            }
        }
        requireEnd(declared);
        return matrix;
    }

    /** {@return whether there is another line that is neither blank nor a comment} */
    private boolean nextLine() throws IOException {
        while (lines.next()) {
            if (!lines.isBlank() && !lines.startsWith('%')) {
                return true;
            }
        }
        return false;
    }

    private int size(String rule) {
        long n = lines.nextToken() ? integer() : -1;
        if (n < 0 || n > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    rule + lines.place() + " is " + Shown.text(lines.text()) + (n < 0 ? "" : ", too large to hold"));
        }
        return (int) n;
    }

    private int index(int limit, String side, String shape) {
        if (!lines.nextToken()) {
            throw new InvalidInputException(
                    "an entry must have a row and a column: " + lines.place() + " is " + Shown.text(lines.text()));
        }
        long index = integer();
        if (index < 1 || index > limit) {
            throw new InvalidInputException("indices must be integers within " + shape + ", from 1: " + lines.place()
                    + " has " + side + " " + Shown.text(lines.token()));
        }
        return (int) index - 1;
    }

    /** {@return the token as an integer, or one that is out of every range if it is none} */
    private long integer() {
        char[] text = lines.chars();
        long n = 0;
        for (int at = lines.from(); at < lines.end(); at++) {
            if (text[at] < '0' || text[at] > '9') {
                return -1;
            }
            n = Math.min(10 * n + (text[at] - '0'), Integer.MAX_VALUE + 1L);
        }
        return n;
    }

    private double number() {
        if (!lines.nextToken()) {
            throw new InvalidInputException(
                    "an entry must have a value: " + lines.place() + " is " + Shown.text(lines.text()));
        }
        if (!cell.read(lines.chars(), lines.from(), lines.end() - lines.from())) {
            throw new InvalidInputException(
                    "a value must be a number: " + lines.place() + " has " + Shown.text(lines.token()));
        }
        double value = cell.value();
        if (whole && value != Math.rint(value)) {
            throw new InvalidInputException("a value of an integer matrix must be whole: " + lines.place() + " has "
                    + Shown.text(lines.token()));
        }
        return value;
    }

    private void requireEndOfLine(String rule) {
        if (lines.nextToken()) {
            throw new InvalidInputException(rule + lines.place() + " is " + Shown.text(lines.text()));
        }
    }

    private void requireSquare(int rows, int columns) {
        if (symmetry != Symmetry.GENERAL && rows != columns) {
            throw new InvalidInputException(
                    "a symmetric matrix must be square: " + lines.place() + " has " + rows + " x " + columns);
        }
    }

    private void requireEnd(long declared) throws IOException {
        if (nextLine()) {
            throw new InvalidInputException("there must be " + declared + " entries, as the size line says: "
                    + lines.place() + " is one more, " + Shown.text(lines.text()));
        }
    }

    /** Writes a sparse matrix as a coordinate list and any other as an array. */
    static void write(Matrix matrix, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.US_ASCII);
        String size = matrix.rows() + " " + matrix.columns();
        if (matrix instanceof SparseMatrix sparse) {
            text.write("%%MatrixMarket matrix coordinate real general\n" + size + " " + sparse.stored() + "\n");
            for (int i = 0; i < sparse.rows(); i++) {
                for (int at = sparse.start()[i]; at < sparse.start()[i + 1]; at++) {
                    text.write((i + 1) + " " + (sparse.index()[at] + 1) + " "
                            + DelimitedText.number(sparse.values()[at]) + "\n");
                }
            }
        } else {
            text.write("%%MatrixMarket matrix array real general\n" + size + "\n");
            int high = Math.max(1, Math.min(BLOCK, matrix.rows()));
            double[] block = new double[high];
            for (int j = 0; j < matrix.columns(); j++) {
                for (int i = 0; i < matrix.rows(); i += high) {
                    int n = Math.min(high, matrix.rows() - i);
                    matrix.readTransposed(i, j, n, 1, block, 0, n);
                    for (int r = 0; r < n; r++) {
                        text.write(DelimitedText.number(block[r]));
                        text.write('\n');
                    }
                }
            }
        }
        text.flush();
    }
}
