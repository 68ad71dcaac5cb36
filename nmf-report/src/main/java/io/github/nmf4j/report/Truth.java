package io.github.nmf4j.report;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Measures;
import java.util.ArrayList;
import java.util.List;

/**
 * Factors that are known, to compare with.
 *
 * @param w as many rows as W or, with a dictionary, as X, and rank columns; or null
 * @param h rank × columns of X; or null
 */
public record Truth(Matrix w, Matrix h) {
    /**
     * Refuses factors that cannot be compared.
     *
     * @param rank components of the fit
     * @param rows of X
     * @param rowsOfW of W: those of X, or atoms of the dictionary
     * @param columns of X
     * @throws InvalidInputException if a shape does not fit
     */
    public void require(int rank, int rows, int rowsOfW, int columns) {
        if (w != null && (w.columns() != rank || w.rows() != rows && w.rows() != rowsOfW)) {
            String either = rows == rowsOfW ? "" : " or " + rows + " x " + rank + " (as the dictionary times W)";
            throw new InvalidInputException("a true W must be " + rowsOfW + " x " + rank + " (as W)" + either + ": "
                    + w.rows() + " x " + w.columns());
        }
        if (h != null && (h.rows() != rank || h.columns() != columns)) {
            throw new InvalidInputException(
                    "a true H must be " + rank + " x " + columns + " (as H): " + h.rows() + " x " + h.columns());
        }
    }

    /**
     * {@return true spectra in the order of the found ones and their measures}
     *
     * @param spectra found: W, or the dictionary times W
     * @param trueSpectra true, of the same shape, or null
     * @param foundH found
     */
    static Matched match(Matrix spectra, Matrix trueSpectra, Matrix foundH, Matrix trueH) {
        int[] truthOf = trueSpectra != null
                ? Measures.matchByAngle(trueSpectra, spectra)
                : Measures.matchByAngle(trueH.transposed(), foundH.transposed());
        return new Matched(truthOf, trueSpectra, trueH);
    }

    /**
     * The truth in the order of what was found.
     *
     * @param truthOf the true component of each found one
     * @param spectra true, or null
     * @param h true, or null
     */
    record Matched(int[] truthOf, Matrix spectra, Matrix h) {
        double[] spectrum(int found) {
            return spectra == null ? null : Measures.column(spectra, truthOf[found]);
        }

        double[] map(int found) {
            return h == null ? null : Measures.row(h, truthOf[found]);
        }

        List<String> header() {
            List<String> header = new ArrayList<>(List.of("component", "true component"));
            if (spectra != null) {
                header.add("angle of W, °");
            }
            if (h != null) {
                header.addAll(List.of("angle of H, °", "MSE of H", "R² of H", "R² of H, best scale"));
            }
            return header;
        }

        List<String> row(int found, Matrix foundSpectra, Matrix foundH) {
            List<String> row = new ArrayList<>(List.of(String.valueOf(found), String.valueOf(truthOf[found])));
            if (spectra != null) {
                row.add(Text.number(Measures.angle(spectrum(found), Measures.column(foundSpectra, found))));
            }
            if (h != null) {
                double[] truth = map(found);
                double[] map = Measures.row(foundH, found);
                row.add(Text.number(Measures.angle(truth, map)));
                row.add(Text.number(Measures.meanSquaredError(truth, map)));
                row.add(Text.number(Measures.r2(truth, map)));
                row.add(Text.number(Measures.r2(truth, scaledTo(truth, map))));
            }
            return row;
        }

        /** The map times the number that brings it closest to the truth. */
        private static double[] scaledTo(double[] truth, double[] map) {
            double across = 0;
            double square = 0;
            for (int j = 0; j < map.length; j++) {
                across += truth[j] * map[j];
                square += map[j] * map[j];
            }
            double[] scaled = map.clone();
            for (int j = 0; j < scaled.length; j++) {
                scaled[j] *= square > 0 ? across / square : 0;
            }
            return scaled;
        }
    }
}
