package io.github.nmf4j.data;

import io.github.nmf4j.api.InvalidInputException;

/** What the settings of simulations must hold. */
final class Settings {
    private Settings() {}

    static int atLeast(int least, String name, int value) {
        if (value < least) {
            throw new InvalidInputException(name + " must be at least " + least + ": " + value);
        }
        return value;
    }

    static double within(double least, double most, String name, double value) {
        if (!(value >= least && value <= most)) {
            throw new InvalidInputException(name + " must be a number from " + least + " to " + most + ": " + value);
        }
        return value;
    }

    static int entries(int rows, int columns) {
        long entries = (long) rows * columns;
        if (entries > NpyArray.MOST_ENTRIES) {
            throw new InvalidInputException("a simulated matrix must have at most " + NpyArray.MOST_ENTRIES
                    + " entries: " + rows + " x " + columns);
        }
        return (int) entries;
    }
}
