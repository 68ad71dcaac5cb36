package io.github.nmf4j.cli;

import io.github.nmf4j.api.Extension;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Plugins;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An extension with its values, and the files that its matrices came from.
 *
 * @param factor where it acts; null for a loss
 * @param extension configured
 * @param texts values as they were given
 * @param <S> the service
 */
record Configured<S extends Extension<S>>(Factor factor, S extension, Map<String, String> texts) {
    private static final String FORM = "F:NAME[:key=value,...] with F w or h";

    static <S extends Extension<S>> Configured<S> of(
            Class<S> service, Factor factor, Named named, Plugins plugins, Inputs inputs) {
        return new Configured<>(
                factor, plugins.find(service, named.name(), named.values(), inputs::matrix), named.values());
    }

    /** {@return what a text such as {@code h:l1:weight=0.1} asks for} */
    static <S extends Extension<S>> Configured<S> onFactor(
            Class<S> service, String what, String text, Plugins plugins, Inputs inputs) {
        int colon = text.indexOf(':');
        String letter = colon < 0 ? "" : text.substring(0, colon);
        if (!letter.equals("w") && !letter.equals("h")) {
            throw Named.malformed(what, FORM, text);
        }
        Named named = Named.parse(what, FORM, text, text.substring(colon + 1));
        return of(service, Factor.valueOf(letter.toUpperCase(Locale.ROOT)), named, plugins, inputs);
    }

    /** {@return the extension with all its values, to be written to model.json} */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (factor != null) {
            json.put("factor", factor.name().toLowerCase(Locale.ROOT));
        }
        json.put("name", extension.name());
        ObjectNode arguments = json.putObject("arguments");
        extension.arguments().asMap().forEach((name, value) -> {
            if (value instanceof Double number) {
                arguments.put(name, number);
            } else if (value instanceof Integer count) {
                arguments.put(name, count);
            } else if (value instanceof double[] numbers) {
                ArrayNode array = arguments.putArray(name);
                for (double number : numbers) {
                    array.add(number);
                }
            } else if (value instanceof Matrix) {
                arguments.putObject(name).put("file", Inputs.absolute(texts.get(name)));
            } else if (value instanceof Shape || value instanceof String) {
                arguments.put(name, value.toString());
            }
        });
        return json;
    }

    /** {@return what {@link #toJson} wrote} */
    static <S extends Extension<S>> Configured<S> fromJson(
            Class<S> service, JsonNode json, Plugins plugins, Inputs inputs) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.path("arguments").properties().forEach(entry -> texts.put(entry.getKey(), text(entry.getValue())));
        Factor factor = !json.has("factor")
                ? null
                : switch (json.get("factor").asString()) {
                    case "w" -> Factor.W;
                    case "h" -> Factor.H;
                    default ->
                        throw new InvalidInputException(
                                "a factor of a model must be \"w\" or \"h\": " + json.get("factor"));
                };
        return of(service, factor, new Named(json.path("name").asString(), texts), plugins, inputs);
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            StringJoiner joined = new StringJoiner("/");
            value.forEach(number -> joined.add(number.asString()));
            return joined.toString();
        }
        if (value.isObject()) {
            if (!value.has("file")) {
                throw new InvalidInputException("a matrix in model.json must name its file: " + value);
            }
            return value.get("file").asString();
        }
        return value.asString();
    }

    /** {@return as in {@code h:laplacian}} */
    String label() {
        return factor.name().toLowerCase(Locale.ROOT) + ":" + extension.name();
    }
}
