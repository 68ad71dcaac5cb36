package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Views of the panels of matrices, made when a matrix is first seen: sweeps go back and forth between the same few, and a view
 * made anew for every panel of every pass would be garbage that grows with X. Not thread-safe.
 */
final class Panels {
    /** Of either factor two iterates, their extrapolations, and two statistics. */
    private static final int KEPT = 12;

    private final int width;
    private final Deque<Views> seen = new ArrayDeque<>();

    private record Views(DenseMatrix of, DenseMatrix[] panels) {}

    /** @param width columns of a panel; the last may have fewer */
    Panels(int width) {
        this.width = width;
    }

    /** {@return the panels of a matrix, left to right; null for null} */
    DenseMatrix[] of(DenseMatrix matrix) {
        if (matrix == null) {
            return null;
        }
        for (Views views : seen) {
            if (views.of == matrix) {
                return views.panels;
            }
        }
        DenseMatrix[] panels = new DenseMatrix[(matrix.columns() + width - 1) / width];
        Arrays.setAll(
                panels, p -> matrix.slice(0, p * width, matrix.rows(), Math.min(width, matrix.columns() - p * width)));
        if (seen.size() == KEPT) {
            seen.removeFirst();
        }
        seen.addLast(new Views(matrix, panels));
        return panels;
    }
}
