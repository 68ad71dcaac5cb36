package io.github.nmf4j.cli;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.data.NamedMatrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the matrices of one run and remembers their files, so that no result is written over one. */
final class Inputs {
    private final Set<Path> files = new LinkedHashSet<>();

    NamedMatrix read(Path file) {
        NamedMatrix matrix = MatrixFiles.read(file);
        files.add(file);
        return matrix;
    }

    Matrix matrix(Path file) {
        return read(file).matrix();
    }

    /** {@return the matrix in the file that a text names} */
    Matrix matrix(String text) {
        return matrix(path(text));
    }

    /** {@return a number as a matrix of one entry, or the matrix in the file that a text names} */
    Matrix matrixOrNumber(String text) {
        return isNumber(text) ? DenseMatrix.of(new double[] {Double.parseDouble(text)}) : matrix(text);
    }

    static boolean isNumber(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException itIsNot) {
            return false;
        }
    }

    /** Remembers a file that was read by other means. */
    void add(Path file) {
        files.add(file);
    }

    /** {@return whether a file is one of those that were read} */
    boolean contains(Path file) {
        try {
            for (Path read : files) {
                if (Files.exists(file) && Files.exists(read) && Files.isSameFile(file, read)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses a matrix where no extension takes one. */
    static Matrix refuse(String text) {
        throw new InvalidInputException("no file is read here: '" + text + "'");
    }

    static String absolute(String text) {
        return path(text).toAbsolutePath().normalize().toString();
    }

    /** {@return the file that a text names} */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("a file name must be one that can be: '" + text + "', " + e.getReason(), e);
        }
    }
}
