package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;

/** What is asked of spectra and atoms that are given, and how spectra are brought to the photons of an image. */
final class GivenSpectra {
    private GivenSpectra() {}

    /** {@return spectra of the mean number of photons a pixel of x each} */
    static DenseMatrix brought(DenseMatrix spectra, Matrix x) {
        double photons = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                photons += x.get(i, j);
            }
        }
        DenseMatrix brought = spectra.copy();
        for (int a = 0; a < brought.columns(); a++) {
            DenseMatrix column = brought.slice(0, a, brought.rows(), 1);
            column.scale(photons / x.columns() / Answer.sum(column));
        }
        return brought;
    }

    static void require(String name, String letter, Matrix given, int rows) {
        requireRows(name, given, rows);
        requireNonNegative(name, letter, given);
    }

    static void requireRows(String name, Matrix given, int rows) {
        if (given.rows() != rows) {
            throw new InvalidInputException(
                    name + " must have as many rows as x, " + rows + ": " + given.rows() + " x " + given.columns());
        }
    }

    static void requireNonNegative(String name, String letter, Matrix given) {
        for (int i = 0; i < given.rows(); i++) {
            for (int q = 0; q < given.columns(); q++) {
                double value = given.get(i, q);
                if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                    throw new InvalidInputException(
                            name + " must be finite and non-negative: " + letter + "[" + i + ", " + q + "] = " + value);
                }
            }
        }
    }
}
