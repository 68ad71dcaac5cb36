package io.github.nmf4j.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Values for the {@link Parameter parameters} of an extension, by name; immutable.
 *
 * <p>An extension is rebuilt from its name and {@link Extension#arguments() arguments} alone: that is how model.json and
 * distributed fits carry it.
 */
public final class Arguments {
    /** No values at all. */
    public static final Arguments NONE = new Arguments(Map.of());

    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * {@return these values and one more}
     *
     * @param name the parameter
     * @param value a {@code Double}, {@code double[]}, {@code Integer}, {@link Shape}, {@code String} or {@link Matrix}
     */
    public Arguments and(String name, Object value) {
        Map<String, Object> more = new TreeMap<>(values);
        more.put(name, value instanceof double[] array ? array.clone() : value);
        return new Arguments(Collections.unmodifiableMap(more));
    }

    /**
     * {@return these values without one}
     *
     * @param name the parameter
     */
    public Arguments without(String name) {
        Map<String, Object> fewer = new TreeMap<>(values);
        fewer.remove(name);
        return new Arguments(Collections.unmodifiableMap(fewer));
    }

    /** {@return the values by name, in alphabetical order, not to be changed} */
    public Map<String, Object> asMap() {
        return values;
    }

    /**
     * {@return whether a value is given}
     *
     * @param name the parameter
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * {@return the number given, or the fallback}
     *
     * @param name a parameter of kind {@link Parameter.Kind#NUMBER}
     * @param fallback the value when none is given
     */
    public double number(String name, double fallback) {
        return get(name, Double.class).orElse(fallback);
    }

    /**
     * {@return the numbers given, if any}
     *
     * @param name a parameter of kind {@link Parameter.Kind#NUMBERS}
     */
    public Optional<double[]> numbers(String name) {
        return get(name, double[].class).map(double[]::clone);
    }

    /**
     * {@return the count given, or the fallback}
     *
     * @param name a parameter of kind {@link Parameter.Kind#COUNT}
     * @param fallback the value when none is given
     */
    public int count(String name, int fallback) {
        return get(name, Integer.class).orElse(fallback);
    }

    /**
     * {@return the shape given, if any}
     *
     * @param name a parameter of kind {@link Parameter.Kind#SHAPE}
     */
    public Optional<Shape> shape(String name) {
        return get(name, Shape.class);
    }

    /**
     * {@return the word given, or the fallback}
     *
     * @param name a parameter of kind {@link Parameter.Kind#CHOICE}
     * @param fallback the value when none is given
     */
    public String choice(String name, String fallback) {
        return get(name, String.class).orElse(fallback);
    }

    /**
     * {@return the matrix given, if any}
     *
     * @param name a parameter of kind {@link Parameter.Kind#MATRIX}
     */
    public Optional<Matrix> matrix(String name) {
        return get(name, Matrix.class);
    }

    private <T> Optional<T> get(String name, Class<T> type) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new InvalidInputException(
                    "parameter '" + name + "' takes a " + type.getSimpleName() + ": " + show(value));
        }
        return Optional.of(type.cast(value));
    }

    /**
     * Refuses names that an extension does not have.
     *
     * @param owner the extension, for the message
     * @param known its parameters
     * @return these arguments
     * @throws InvalidInputException if a value is given for anything else
     */
    public Arguments checkedAgainst(String owner, List<Parameter> known) {
        List<String> names = known.stream().map(Parameter::name).toList();
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new InvalidInputException(unknown(owner, name, names));
            }
        }
        return this;
    }

    /**
     * {@return values as a user writes them, read by the parameters' kinds}
     *
     * @param owner the extension, for messages
     * @param known its parameters
     * @param texts text by name
     * @param files how to read the matrix that a text names
     * @throws InvalidInputException if a name is unknown or a text cannot be read
     */
    public static Arguments parse(
            String owner, List<Parameter> known, Map<String, String> texts, Function<String, Matrix> files) {
        Arguments parsed = NONE;
        List<String> names = known.stream().map(Parameter::name).toList();
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            Parameter parameter = known.stream()
                    .filter(p -> p.name().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(unknown(owner, entry.getKey(), names)));
            parsed = parsed.and(parameter.name(), read(owner, parameter, entry.getValue(), files));
        }
        return parsed;
    }

    private static Object read(String owner, Parameter parameter, String text, Function<String, Matrix> files) {
        try {
            return switch (parameter.kind()) {
                case NUMBER -> Double.valueOf(text);
                case COUNT -> Integer.valueOf(text);
                case NUMBERS -> {
                    List<Double> numbers = new ArrayList<>();
                    for (String part : text.split("/", -1)) {
                        numbers.add(Double.valueOf(part));
                    }
                    yield numbers.stream().mapToDouble(Double::doubleValue).toArray();
                }
                case SHAPE -> Shape.parse(text);
                case CHOICE -> text;
                case MATRIX -> files.apply(text);
            };
        } catch (NumberFormatException e) {
            String wanted = parameter.kind() == Parameter.Kind.COUNT ? "a whole number" : "a number";
            throw new InvalidInputException(
                    owner + ": " + parameter.name() + " must be " + wanted + ": '" + text + "'", e);
        }
    }

    private static String unknown(String owner, String name, List<String> names) {
        return owner + " has no parameter '" + name + "'"
                + (names.isEmpty() ? "; it has none" : "; it has: " + String.join(", ", names));
    }

    private static String show(Object value) {
        return value instanceof double[] array ? array.length + " numbers" : String.valueOf(value);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Arguments that) || !values.keySet().equals(that.values.keySet())) {
            return false;
        }
        return values.entrySet().stream()
                .allMatch(e -> java.util.Objects.deepEquals(e.getValue(), that.values.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        return values.keySet().hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(text.isEmpty() ? "" : ",")
                .append(name)
                .append('=')
                .append(value instanceof double[] array ? join(array) : value.toString()));
        return text.toString();
    }

    private static String join(double[] numbers) {
        StringBuilder text = new StringBuilder();
        for (double number : numbers) {
            text.append(text.isEmpty() ? "" : "/").append(number);
        }
        return text.toString();
    }
}
