package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A choice between named forms: how a user writes one, and what is said to another word. */
final class Choices {
    private Choices() {}

    static <E extends Enum<E>> String word(E value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E parse(String what, Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> word(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(what + " must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Choices::word)
                                .collect(Collectors.joining(", "))
                        + ": '" + text + "'"));
    }
}
