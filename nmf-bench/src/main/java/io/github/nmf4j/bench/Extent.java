package io.github.nmf4j.bench;

/**
 * Rows and columns, written {@code ROWSxCOLUMNS} in a benchmark's parameters.
 *
 * @param rows of X
 * @param columns of X
 */
record Extent(int rows, int columns) {
    static Extent parse(String text) {
        String[] parts = text.split("x", -1);
        return new Extent(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    long entries() {
        return (long) rows * columns;
    }
}
