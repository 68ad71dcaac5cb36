package io.github.nmf4j.data;

import io.github.nmf4j.api.InvalidInputException;
import java.util.function.Supplier;

/** Refuses what the heap can never hold, before it is tried. */
final class Heap {
    private static final long MEGABYTE = 1 << 20;

    private Heap() {}

    static void require(long bytes, Supplier<String> what) {
        long most = Runtime.getRuntime().maxMemory();
        if (bytes < 0 || bytes > most) {
            throw new InvalidInputException("a matrix must fit into the heap of " + most / MEGABYTE
                    + " MB (java -Xmx): " + what.get() + " needs " + bytes / MEGABYTE + " MB");
        }
    }
}
