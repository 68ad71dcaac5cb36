package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.data.NmfModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
    record Known(Matrix weights, boolean missing, Matrix background) {
        void applyTo(Nmf.Builder builder) {
            if (missing) {
                builder.missingNaN();
            }
            if (weights != null) {
                builder.weights(weights);
            }
            if (background != null) {
                builder.background(background);
            }
        }
    }

    /** Refuses what is known of data where none are given. */
    void requireData() {
        if (!plain()) {
            String option = weights != null ? "--weights" : missing != null ? "--missing" : "--background";
            throw new InvalidInputException(option + " is about the data: give --data too");
        }
    }

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
        known.applyTo(builder);
        return known;
    }

    /** A background is a number, or a file that is looked for from another folder later. */
    static void absolute(ObjectNode options) {
        JsonNode background = options.path("background");
        if (background.isString() && !Inputs.isNumber(background.asString())) {
            options.put("background", Inputs.absolute(background.asString()));
        }
    }

    /** {@return a line for each of these with which a model was fitted and that is not given for new data} */
    List<String> notGivenAgain(NmfModel model) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("weights", weights);
        given.put("missing", missing);
        given.put("background", background);
        return given.entrySet().stream()
                .filter(option -> option.getValue() == null && model.options().containsKey(option.getKey()))
                .map(option -> "the model was fitted with --" + option.getKey() + " "
                        + model.options().get(option.getKey()) + ", which is not given for the new data")
                .toList();
    }

    /** {@return whether every entry counts alike and nothing is added to the model} */
    boolean plain() {
        return weights == null && missing == null && background == null;
    }
}
