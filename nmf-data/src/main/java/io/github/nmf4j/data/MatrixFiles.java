package io.github.nmf4j.data;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * Reads and writes matrices; the ending of its name says what a file is.
 *
 * <table>
 * <caption>Files that are read</caption>
 * <tr><td>{@code .npy}</td><td>a NumPy array of two dimensions, bool, i1 to i8, u1 to u8, f2, f4 or f8, of either byte
 * order, by rows or by columns. Entries of up to four bytes stay as narrow in memory; i8 and u8 become the nearest
 * {@code double}. A large file, not compressed, is {@link #map mapped}</td></tr>
 * <tr><td>{@code .npz}</td><td>such an array alone in its archive, or a SciPy matrix in csr, csc or coo; repeated entries
 * add</td></tr>
 * <tr><td>{@code .mtx}</td><td>Matrix Market: a coordinate list becomes a sparse matrix, an array a dense one</td></tr>
 * <tr><td>{@code .csv}, {@code .tsv}</td><td>delimited text. A header is a first row without numbers; the first column
 * names the rows where it holds words, or where the header has a blank above it or is one cell short. {@code nan} and
 * empty cells are missing and read as NaN</td></tr>
 * </table>
 *
 * <p>Each may be compressed by gzip and then ends in {@code .gz} too. Values are read as they are: whether a negative,
 * infinite or missing one is of use is the fit's to say. What breaks a rule ends in an {@link InvalidInputException} with
 * the rule, the value and its place.
 */
public final class MatrixFiles {
    private MatrixFiles() {}

    private enum Format {
        NPY {
            @Override
            NamedMatrix read(Source source) throws IOException {
                NpyArray array = NpyArray.open(source);
                boolean large = Files.size(source.file()) > Runtime.getRuntime().maxMemory() / MAPPED_SHARE;
                boolean stays = large && !isPacked(source.file());
                return NamedMatrix.of(stays ? array.mapped(MappedStorage.PIECE_BITS) : array.matrix());
            }

            @Override
            void write(NamedMatrix matrix, OutputStream out) throws IOException {
                NpyWriter.write(matrix.matrix(), out);
            }
        },
        NPZ {
            @Override
            NamedMatrix read(Source source) throws IOException {
                boolean packed =
                        source.file().toString().toLowerCase(Locale.ROOT).endsWith(PACKED);
                return NamedMatrix.of(packed ? Npz.readPacked(source) : Npz.read(source.file()));
            }

            @Override
            void write(NamedMatrix matrix, OutputStream out) {
                throw new InvalidInputException("matrices are written as .npy, .mtx, .csv or .tsv: not as .npz");
            }
        },
        MTX {
            @Override
            NamedMatrix read(Source source) throws IOException {
                return NamedMatrix.of(MatrixMarket.read(source));
            }

            @Override
            void write(NamedMatrix matrix, OutputStream out) throws IOException {
                MatrixMarket.write(matrix.matrix(), out);
            }
        },
        CSV {
            @Override
            NamedMatrix read(Source source) throws IOException {
                return DelimitedText.read(source, ',');
            }

            @Override
            void write(NamedMatrix matrix, OutputStream out) throws IOException {
                DelimitedText.write(matrix, ',', out);
            }
        },
        TSV {
            @Override
            NamedMatrix read(Source source) throws IOException {
                return DelimitedText.read(source, '\t');
            }

            @Override
            void write(NamedMatrix matrix, OutputStream out) throws IOException {
                DelimitedText.write(matrix, '\t', out);
            }
        };

        private static final String PACKED = ".gz";

        /** A file of more than this part of the heap is mapped. */
        private static final int MAPPED_SHARE = 4;

        abstract NamedMatrix read(Source source) throws IOException;

        abstract void write(NamedMatrix matrix, OutputStream out) throws IOException;

        static Format of(Path file) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            String bare = isPacked(file) ? name.substring(0, name.length() - PACKED.length()) : name;
            for (Format format : values()) {
                if (bare.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
                    return format;
                }
            }
            throw new InvalidInputException(
                    "a matrix file must end in .npy, .npz, .mtx, .csv or .tsv, or one of these and .gz: " + file);
        }

        static boolean isPacked(Path file) {
            return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(PACKED);
        }
    }

    /**
     * {@return the matrix in a file, with the names of its rows and columns where the file has them}
     *
     * <p>An uncompressed {@code .npy} file of more than a quarter of the heap's limit is {@link #map mapped} instead.
     *
     * @param file ends in {@code .npy}, {@code .npz}, {@code .mtx}, {@code .csv} or {@code .tsv}, and then perhaps in
     *     {@code .gz}
     * @throws InvalidInputException if it is not such a file, cannot be read, or does not hold what it says it holds
     */
    public static NamedMatrix read(Path file) {
        requireFile(file);
        return open(file, Format.of(file)::read);
    }

    /**
     * {@return the matrix in an {@code .npy} file, its entries left there and read where they are needed}
     *
     * <p>It takes no heap to speak of, may be larger than the heap and have more entries than an array, and reads from many
     * threads. The file must not be changed or shortened while the matrix is in use: that would change the matrix, and where
     * the end has gone the virtual machine throws an {@link InternalError}. It is let go when the matrix is collected.
     *
     * @param file ends in {@code .npy}
     * @throws InvalidInputException if it is not such a file, cannot be mapped, or is shorter or longer than its header says
     */
    public static Matrix map(Path file) {
        requireFile(file);
        if (Format.of(file) != Format.NPY || Format.isPacked(file)) {
            throw new InvalidInputException("a file that is mapped must end in .npy: " + file);
        }
        return open(file, source -> NamedMatrix.of(NpyArray.open(source).mapped(MappedStorage.PIECE_BITS)))
                .matrix();
    }

    private static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException("a matrix must be in a file: " + file + " is a folder");
        }
        if (!Files.exists(file)) {
            throw new InvalidInputException("a matrix file must exist: " + file);
        }
    }

    @FunctionalInterface
    private interface Reading {
        NamedMatrix read(Source source) throws IOException;
    }

    private static NamedMatrix open(Path file, Reading reading) {
        boolean packed = Format.isPacked(file);
        try (Source source = packed ? Source.gzip(file) : Source.plain(file)) {
            return reading.read(source);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("a matrix file must exist: " + file, e);
        } catch (AccessDeniedException e) {
            throw new InvalidInputException("a matrix file must be readable: " + file, e);
        } catch (ZipException | EOFException e) {
            String what = packed ? "a .gz file must be intact: " : "an .npz file must be an intact zip archive: ";
            throw new InvalidInputException(what + file + ", " + reason(e), e);
        } catch (IOException e) {
            throw new InvalidInputException("a matrix file must be readable: " + file + ", " + reason(e), e);
        }
    }

    /**
     * Writes a matrix, whole or not at all ({@link WholeFile}).
     *
     * @param file ends in {@code .npy}, {@code .mtx}, {@code .csv} or {@code .tsv}, and then perhaps in {@code .gz}
     * @param matrix any
     * @throws InvalidInputException if the file has another ending or cannot be written
     */
    public static void write(Path file, Matrix matrix) {
        write(file, NamedMatrix.of(matrix));
    }

    /**
     * Writes a matrix, whole or not at all ({@link WholeFile}). Numbers in text read back as the same bits; names are kept
     * in delimited text and have no place in the other formats.
     *
     * @param file ends in {@code .npy} (f8, by rows), {@code .mtx} (a coordinate list if the matrix is sparse, otherwise an
     *     array), {@code .csv} or {@code .tsv}, and then perhaps in {@code .gz}
     * @param matrix any
     * @throws InvalidInputException if the file has another ending or cannot be written, or if names would be read back as
     *     numbers
     */
    public static void write(Path file, NamedMatrix matrix) {
        Format format = Format.of(file);
        WholeFile.write(file, out -> {
            if (Format.isPacked(file)) {
                GZIPOutputStream packing = new GZIPOutputStream(out);
                format.write(matrix, packing);
                packing.finish();
            } else {
                format.write(matrix, out);
            }
        });
    }

    private static String reason(IOException e) {
        if (e instanceof EOFException) {
            return "it ends too early";
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceAll("\\s+", " ");
    }
}
