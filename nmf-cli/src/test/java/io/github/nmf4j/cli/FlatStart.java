package io.github.nmf4j.cli;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.core.Start;
import io.github.nmf4j.core.StartData;
import java.util.Arrays;

/** A start that a test puts into a jar of its own. */
public final class FlatStart implements Start {
    @Override
    public String name() {
        return "flat";
    }

    @Override
    public void write(StartData data, DenseMatrix w, DenseMatrix h) {
        Arrays.fill(w.data(), 1);
        Arrays.fill(h.data(), 1);
    }
}
