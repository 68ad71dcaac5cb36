package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
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

    void applyTo(Nmf.Builder builder, Inputs inputs) {
        if (missing != null) {
            if (!missing.equalsIgnoreCase("nan")) {
                throw new InvalidInputException("--missing takes nan, the mark of a missing entry: '" + missing + "'");
            }
            builder.missingNaN();
        }
        if (weights != null) {
            builder.weights(inputs.matrix(weights));
        }
        if (background != null) {
            builder.background(inputs.matrixOrNumber(background));
        }
    }

    /** {@return whether every entry counts alike and nothing is added to the model} */
    boolean plain() {
        return weights == null && missing == null && background == null;
    }
}
