package io.github.nmf4j.data;

import io.github.nmf4j.api.Extension;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Plugins;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * An extension with its values, and the files that its matrices came from.
 *
 * @param factor where it acts; null for a loss
 * @param extension configured
 * @param texts values as they were given
 * @param <S> the service
 */
public record Term<S extends Extension<S>>(Factor factor, S extension, Map<String, String> texts) {
    /** Keeps a copy. */
    public Term {
        texts = Map.copyOf(texts);
    }

    /**
     * {@return the extension of a name with its values}
     *
     * @param service which service
     * @param factor where it acts; null for a loss
     * @param name of the extension
     * @param texts values as users write them, by parameter
     * @param plugins where it is looked for
     * @param files how to read the matrix that a text names
     * @param <S> the service
     */
    public static <S extends Extension<S>> Term<S> of(
            Class<S> service,
            Factor factor,
            String name,
            Map<String, String> texts,
            Plugins plugins,
            Function<String, Matrix> files) {
        return new Term<>(factor, plugins.find(service, name, texts, files), texts);
    }

    /** {@return the extension with all its values, as model.json holds it} */
    Map<String, Object> toMap() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        extension.arguments().asMap().forEach((name, value) -> arguments.put(name, written(name, value)));
        Map<String, Object> map = new LinkedHashMap<>();
        if (factor != null) {
            map.put("factor", letter());
        }
        map.put("name", extension.name());
        map.put("arguments", arguments);
        return map;
    }

    private Object written(String name, Object value) {
        if (value instanceof Matrix) {
            Path file = Path.of(texts.get(name)).toAbsolutePath().normalize();
            return Map.of("file", file.toString());
        }
        return value instanceof Number || value instanceof double[] ? value : value.toString();
    }

    /** {@return what {@link #toMap} wrote} */
    static <S extends Extension<S>> Term<S> fromJson(
            Class<S> service, JsonNode json, Plugins plugins, Function<String, Matrix> files) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.path("arguments").properties().forEach(entry -> texts.put(entry.getKey(), text(entry.getValue())));
        Factor factor = service.equals(Loss.class) ? null : factor(json.path("factor"));
        if (!json.path("name").isString()) {
            throw new InvalidInputException(
                    "a " + service.getSimpleName().toLowerCase(Locale.ROOT) + " of a model must have a name: " + json);
        }
        return of(service, factor, json.path("name").asString(), texts, plugins, files);
    }

    private static Factor factor(JsonNode json) {
        return Arrays.stream(Factor.values())
                .filter(f -> json.isString() && letter(f).equals(json.asString()))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInputException("a factor of a model must be \"w\" or \"h\": " + shown(json)));
    }

    private static String shown(JsonNode json) {
        return json.isMissingNode() ? "there is none" : json.toString();
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            StringJoiner joined = new StringJoiner("/");
            value.forEach(number -> joined.add(scalar(number)));
            return joined.toString();
        }
        if (value.isObject()) {
            if (!ModelFile.isPath(value.path("file"))) {
                throw new InvalidInputException("a matrix of a model must name its file: " + value);
            }
            return value.get("file").asString();
        }
        return scalar(value);
    }

    private static String scalar(JsonNode value) {
        if (!value.isNumber() && !value.isString()) {
            throw new InvalidInputException("a value of a model must be a number or a text: " + value);
        }
        return value.asString();
    }

    private String letter() {
        return letter(factor);
    }

    private static String letter(Factor factor) {
        return factor.name().toLowerCase(Locale.ROOT);
    }

    /** {@return as in {@code h:laplacian}} */
    public String label() {
        return letter() + ":" + extension.name();
    }
}
