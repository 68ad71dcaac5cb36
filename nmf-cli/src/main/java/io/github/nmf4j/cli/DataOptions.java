package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Nmf;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What is known of each entry of the data. */
final class DataOptions {
    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "A weight for each entry of the data, 0 or more; an entry of weight 0 is never used.")
    private Path weights;

    @Option(names = "--missing", paramLabel = "nan", description = "NaN in the data marks a missing entry.")
    private String missing;

    @Option(
            names = "--background",
            paramLabel = "NUMBER|FILE",
            description =
                    "A known part of the model in the scale of the data: a number, or a file with a row, a column or a"
                            + " matrix.")
    private String background;

    /**
     * What was read.
     *
     * @param weights or null
     * @param missing whether NaN marks a missing entry
     * @param background or null
     */
    record Known(Matrix weights, boolean missing, Matrix background) {}

    Known read(Inputs inputs) {
        if (missing != null) {
            if (!missing.equalsIgnoreCase("nan")) {
                throw new InvalidInputException("--missing takes nan, the mark of a missing entry: '" + missing + "'");
            }
        }
        return new Known(
                weights == null ? null : inputs.matrix(weights),
                missing != null,
                background == null ? null : inputs.matrixOrNumber(background));
    }

    Known applyTo(Nmf.Builder builder, Inputs inputs) {
        Known known = read(inputs);
        if (known.missing()) {
            builder.missingNaN();
        }
        if (known.weights() != null) {
            builder.weights(known.weights());
        }
        if (known.background() != null) {
            builder.background(known.background());
        }
        return known;
    }

    /** {@return whether every entry counts alike and nothing is added to the model} */
    boolean plain() {
        return weights == null && missing == null && background == null;
    }
}
