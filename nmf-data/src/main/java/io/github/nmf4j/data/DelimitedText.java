package io.github.nmf4j.data;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Matrices as text, a line a row, cells divided by a comma or a tab (RFC 4180).
 *
 * <p>The first line names the columns if it has words and no number. The first column names the rows if the header has a
 * blank above it or is one cell short, or else if it has a word in every row. An empty cell is missing: NaN.
 */
final class DelimitedText {
    /** What files of a spreadsheet with decimal commas, which divide cells by semicolons, are told. */
    private static final String SEPARATORS = "; .csv has commas between cells, .tsv tabs";

    private DelimitedText() {}

    static NamedMatrix read(Source source, char separator) throws IOException {
        Table table = new Table(source.name());
        try (CsvReader<Table> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(table, source.stream())) {
            reader.forEach(row -> {});
        } catch (CsvParseException | UncheckedIOException e) {
            throw revealed(source, e);
        }
        return table.matrix();
    }

    /** {@return what the parser wrapped: a rule of ours, or a failure to read; otherwise what it found itself} */
    private static InvalidInputException revealed(Source source, RuntimeException e) throws IOException {
        String found = e.getMessage();
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInputException ours) {
                return ours;
            }
            if (cause instanceof IOException io) {
                throw io;
            }
            found = cause.getMessage();
        }
        return new InvalidInputException(
                "delimited text must be well formed: " + source.name() + ", " + Shown.text(found), e);
    }

    static void write(NamedMatrix named, char separator, OutputStream out) throws IOException {
        Matrix matrix = named.matrix();
        requireReadable(named);
        boolean rowNames = !named.rowNames().isEmpty();
        int first = rowNames ? 1 : 0;
        String[] cells = new String[first + matrix.columns()];
        double[] row = new double[matrix.columns()];
        OutputStream unclosed = new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int n) throws IOException {
                out.write(bytes, from, n);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
        try (CsvWriter writer = CsvWriter.builder()
                .fieldSeparator(separator)
                .lineDelimiter(LineDelimiter.LF)
                .build(unclosed)) {
            if (!named.columnNames().isEmpty()) {
                writer.writeRecord(header(named));
            }
            for (int i = 0; i < matrix.rows(); i++) {
                matrix.read(i, 0, 1, row.length, row, 0, row.length);
                if (rowNames) {
                    cells[0] = named.rowNames().get(i);
                }
                for (int j = 0; j < row.length; j++) {
                    cells[first + j] = number(row[j]);
                }
                writer.writeRecord(cells);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** {@return the shortest text that reads back as this number; whole numbers without a point} */
    static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 0x1p53 && (value != 0 || 1 / value > 0);
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    private static List<String> header(NamedMatrix named) {
        List<String> header = new ArrayList<>();
        if (!named.rowNames().isEmpty()) {
            header.add("");
        }
        header.addAll(named.columnNames());
        return header;
    }

    /** Refuses names that would be read back as numbers. */
    private static void requireReadable(NamedMatrix named) {
        if (!named.columnNames().isEmpty() && !isHeader(header(named))) {
            throw new InvalidInputException("column names in delimited text must be words, or they would be read as a"
                    + " row of numbers: " + Shown.text(String.join(", ", named.columnNames())));
        }
        if (named.columnNames().isEmpty() && !named.rowNames().isEmpty()) {
            for (String name : named.rowNames()) {
                if (name.isBlank() || new NumberCell().read(name)) {
                    throw new InvalidInputException("row names in delimited text without column names must be words,"
                            + " or they would be read as numbers: " + Shown.text(name));
                }
            }
        }
    }

    private static boolean isHeader(List<String> cells) {
        NumberCell cell = new NumberCell();
        return !cells.stream().allMatch(String::isBlank) && cells.stream().noneMatch(cell::read);
    }

    /** What is read of a table so far. Cells arrive as characters, and no object is made for one. */
    private static final class Table extends CsvCallbackHandler<Table> {
        private static final int BLOCK = 1 << 16;
        private static final int FIRST = 1 << 10;

        private final String name;
        private final NumberCell number = new NumberCell();

        private RecordType type;
        private long line;
        private int cells;
        private final List<String> collected =
                new ArrayList<>(); // the cells of a line that may be the header or the first row
        private List<String> header = List.of();
        private boolean headerSeen;
        private boolean started; // the first row of data is in
        private boolean rowsAreNamed;
        private boolean headerSaysSo;
        private int width; // cells of a row, its name included
        private long firstRowLine;
        private final List<String> rowNames = new ArrayList<>();
        private final List<double[]> blocks = new ArrayList<>();
        private double[] block = new double[FIRST];
        private int inBlock;
        private long entries;
        private int rows;

        private Table(String name) {
            this.name = name;
        }

        @Override
        protected RecordType getRecordType() {
            return type;
        }

        @Override
        protected int getFieldCount() {
            return cells;
        }

        @Override
        protected void beginRecord(long startingLineNumber) {
            type = RecordType.DATA;
            line = startingLineNumber;
            cells = 0;
        }

        @Override
        protected void setComment(char[] text, int from, int n) {
            type = RecordType.COMMENT;
        }

        @Override
        protected void setEmpty() {
            type = RecordType.EMPTY;
        }

        @Override
        protected void addField(char[] text, int from, int n, boolean quoted) {
            if (started) {
                add(text, from, n);
            } else {
                collected.add(new String(text, from, n));
            }
            cells++;
        }

        @Override
        protected Table buildRecord() {
            if (type != RecordType.DATA) {
                return this;
            }
            if (!started && !headerSeen && isHeader(collected)) {
                header = List.copyOf(collected);
                headerSeen = true;
                collected.clear();
                return this;
            }
            if (!started) {
                start();
            }
            if (cells != width) {
                throw new InvalidInputException("every row must have " + width + " cells as line " + firstRowLine
                        + " has: " + name + " line " + line + " has " + cells);
            }
            rows++;
            return this;
        }

        /** Decides from the header and the first row what names what. */
        private void start() {
            String first = collected.get(0);
            headerSaysSo = headerSeen && (header.get(0).isBlank() || header.size() == collected.size() - 1);
            rowsAreNamed = headerSaysSo || collected.size() > 1 && !first.isBlank() && !number.read(first);
            width = collected.size();
            firstRowLine = line;
            if (headerSeen && header.size() != width && !(rowsAreNamed && header.size() == width - 1)) {
                throw new InvalidInputException("a header must have a cell a column, or one less where rows are named: "
                        + name + " has a header of " + header.size() + " cells, and " + width + " in line " + line);
            }
            if (headerSeen && rowsAreNamed && header.size() == width) {
                header = header.subList(1, width);
            }
            started = true;
            cells = 0;
            for (String cell : collected) {
                add(cell.toCharArray(), 0, cell.length());
                cells++;
            }
            collected.clear();
        }

        private void add(char[] text, int from, int n) {
            boolean isName = cells == 0 && rowsAreNamed;
            if (isName && headerSaysSo) {
                rowNames.add(new String(text, from, n));
                return;
            }
            boolean isNumber = number.read(text, from, n);
            if (isName) {
                if (isNumber && Double.isFinite(number.value())) {
                    throw new InvalidInputException("every cell must be a number, or the first of every row a name: "
                            + name + " line " + firstRowLine + " begins with " + Shown.text(rowNames.get(0))
                            + ", line " + line + " with " + Shown.text(new String(text, from, n)));
                }
                rowNames.add(new String(text, from, n));
                return;
            }
            if (!isNumber && !isBlank(text, from, n)) {
                String cell = new String(text, from, n);
                throw new InvalidInputException("every cell must be a number: " + name + " line " + line + ", column "
                        + (cells + 1) + " has " + Shown.text(cell) + (cell.indexOf(';') < 0 ? "" : SEPARATORS));
            }
            append(isNumber ? number.value() : Double.NaN);
        }

        private void append(double value) {
            if (inBlock == block.length) {
                blocks.add(block);
                block = new double[Math.min(BLOCK, 2 * block.length)];
                inBlock = 0;
            }
            block[inBlock++] = value;
            entries++;
        }

        private static boolean isBlank(char[] text, int from, int n) {
            for (int i = from; i < from + n; i++) {
                if (!NumberCell.isBlank(text[i])) {
                    return false;
                }
            }
            return true;
        }

        private NamedMatrix matrix() {
            if (rows == 0) {
                throw new InvalidInputException("delimited text must have a row of numbers: " + name
                        + (headerSeen ? " has a header alone" : " is empty"));
            }
            int columns = (int) (entries / rows);
            Heap.require(Double.BYTES * entries, () -> name);
            DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
            int at = 0;
            for (double[] full : blocks) {
                System.arraycopy(full, 0, matrix.data(), at, full.length);
                at += full.length;
            }
            System.arraycopy(block, 0, matrix.data(), at, inBlock);
            return new NamedMatrix(matrix, rowNames, header);
        }
    }
}
