package io.github.nmf4j.data;

import io.github.nmf4j.api.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model.json that was read: JSON of the format this version knows, with what a model needs.
 *
 * @param file where it was
 * @param json an object whose entries that are asked for are sound
 */
record ModelFile(Path file, JsonNode json) {
    static final String NAME = "model.json";

    static ModelFile in(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("a model must be a folder that nmf fit --out wrote: there is no " + file);
        }
        ModelFile model = new ModelFile(file, parse(file));
        JsonNode format = model.json.path("format");
        if (!format.isInt() || format.asInt() != NmfModel.FORMAT) {
            throw new InvalidInputException("a model must have format " + NmfModel.FORMAT + ": " + file + " has "
                    + (format.isMissingNode() ? "none" : format));
        }
        model.require("rank", value -> value.isInt() && value.asInt() > 0);
        model.require("shape", ModelFile::isShape);
        model.require("loss", JsonNode::isObject);
        model.require("penalties", JsonNode::isArray);
        model.require("constraints", JsonNode::isArray);
        model.require("dictionary", ModelFile::isFile);
        model.require("data", ModelFile::isFile);
        model.require("scale", value -> isFinite(value) && value.asDouble() > 0);
        model.require("seed", value -> value.isIntegralNumber() && value.canConvertToLong());
        model.require("objective", ModelFile::isFinite);
        model.require("iterations", value -> value.isInt() && value.asInt() >= 0);
        model.require("stop", JsonNode::isString);
        model.require("backend", JsonNode::isString);
        model.require("arranged", value -> value.isMissingNode() || value.isBoolean());
        for (Map.Entry<String, JsonNode> option : model.json.path("options").properties()) {
            if (!option.getValue().isValueNode()) {
                throw model.unsound("options/" + option.getKey(), option.getValue());
            }
        }
        return model;
    }

    private static JsonNode parse(Path file) {
        try {
            return JsonMapper.builder().build().readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new InvalidInputException("a model must be JSON: " + file + ", " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InvalidInputException("a model must be readable: " + file + ", " + e.getMessage(), e);
        }
    }

    private void require(String name, Predicate<JsonNode> sound) {
        JsonNode value = json.path(name);
        if (!sound.test(value)) {
            throw unsound(name, value);
        }
    }

    private InvalidInputException unsound(String name, JsonNode value) {
        return new InvalidInputException("a model must be as nmf fit wrote it: '" + name + "' is "
                + (value.isMissingNode() ? "missing" : shortened(value)) + " in " + file);
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.asDouble(Double.NaN));
    }

    private static boolean isFile(JsonNode value) {
        return value.isNull() || isPath(value);
    }

    /** {@return whether a value names a file that could be; the folders of another system may not} */
    static boolean isPath(JsonNode value) {
        try {
            return value.isString() && Path.of(value.asString()) != null;
        } catch (InvalidPathException itIsNot) {
            return false;
        }
    }

    private static boolean isShape(JsonNode value) {
        return value.isArray()
                && value.size() == 2
                && value.get(0).isInt()
                && value.get(1).isInt()
                && value.get(0).asInt() > 0
                && value.get(1).asInt() > 0;
    }

    /** {@return the texts of an object's entries that are not null, by name} */
    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.path(name).properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                texts.put(entry.getKey(), entry.getValue().asString());
            }
        });
        return texts;
    }
}
