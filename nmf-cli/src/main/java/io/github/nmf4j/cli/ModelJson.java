package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.data.NmfModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads model.json. */
final class ModelJson {
    static final String NAME = "model.json";

    private ModelJson() {}

    /** {@return what stands in the model.json of a folder, which has the format that is known and a rank} */
    static ObjectNode read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("a model must be a folder that nmf fit --out wrote: there is no " + file);
        }
        try {
            if (JsonMapper.builder().build().readTree(Files.readString(file)) instanceof ObjectNode json
                    && json.path("format").asInt(0) == NmfModel.FORMAT
                    && json.path("rank").isInt()) {
                return json;
            }
            throw new InvalidInputException("a model must have format " + NmfModel.FORMAT + " and a rank: " + file);
        } catch (JacksonException e) {
            throw new InvalidInputException("a model must be JSON: " + file + ", " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InvalidInputException("a model must be readable: " + file + ", " + e.getMessage(), e);
        }
    }
}
