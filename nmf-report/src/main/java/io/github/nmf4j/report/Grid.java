package io.github.nmf4j.report;

import io.github.nmf4j.api.InvalidInputException;

/**
 * Values in rows and columns.
 *
 * @param rows how many
 * @param columns how many
 * @param values row after row; NaN where there is none
 */
record Grid(int rows, int columns, double[] values) {
    Grid {
        if (rows < 1 || columns < 1 || values.length != (long) rows * columns) {
            throw new InvalidInputException(
                    "an image needs a value for each of " + rows + " x " + columns + " pixels: " + values.length);
        }
    }

    /** {@return the means of blocks of neighbours, so that there are no more rows and columns than asked for} */
    Grid atMost(int mostRows, int mostColumns) {
        int high = Math.min(rows, mostRows);
        int wide = Math.min(columns, mostColumns);
        if (high == rows && wide == columns) {
            return this;
        }
        double[] means = new double[high * wide];
        for (int i = 0; i < high; i++) {
            for (int j = 0; j < wide; j++) {
                means[i * wide + j] = mean(
                        first(i, rows, high),
                        first(i + 1, rows, high),
                        first(j, columns, wide),
                        first(j + 1, columns, wide));
            }
        }
        return new Grid(high, wide, means);
    }

    private static int first(int block, int all, int blocks) {
        return (int) ((long) block * all / blocks);
    }

    private double mean(int top, int bottom, int left, int right) {
        double sum = 0;
        int count = 0;
        for (int i = top; i < bottom; i++) {
            for (int j = left; j < right; j++) {
                double value = values[i * columns + j];
                if (!Double.isNaN(value)) {
                    sum += value;
                    count++;
                }
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** {@return the values as a PNG in the shades of some colours} */
    byte[] png(Colours colours, double low, double high) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (Double.isNaN(values[i]) ? Png.CLEAR : Colours.shade(values[i], low, high));
        }
        return Png.indexed(columns, rows, pixels, colours.shades());
    }
}
