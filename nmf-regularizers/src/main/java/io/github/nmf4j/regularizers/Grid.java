package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Shape;

/**
 * The pixels of an image, row after row, each beside those above, below, left and right of it; the borders are free.
 *
 * @param shape height and width
 */
record Grid(Shape shape) implements Graph {
    @Override
    public long vectors() {
        return shape.pixels();
    }

    @Override
    public void check(String owner, int vectors) {
        if (vectors() != vectors) {
            throw new InvalidInputException(owner + ": shape must have as many pixels as the factor has vectors, "
                    + vectors + ": " + shape + " has " + vectors());
        }
    }

    @Override
    public int mostNeighbours() {
        return Math.min(2, shape.height() - 1) + Math.min(2, shape.width() - 1);
    }

    @Override
    public int neighbours(int i, int[] into) {
        int width = shape.width();
        int row = i / width;
        int column = i - row * width;
        int n = 0;
        if (row > 0) {
            into[n++] = i - width;
        }
        if (column > 0) {
            into[n++] = i - 1;
        }
        if (column < width - 1) {
            into[n++] = i + 1;
        }
        if (row < shape.height() - 1) {
            into[n++] = i + width;
        }
        return n;
    }

    @Override
    public double weight(int i, int e) {
        return 1.0;
    }

    @Override
    public double largestDegree() {
        return mostNeighbours();
    }

    /** A checkerboard. */
    @Override
    public int[] colours() {
        int[] colours = new int[Math.toIntExact(vectors())];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = (i / shape.width() + i % shape.width()) % 2;
        }
        return colours;
    }
}
