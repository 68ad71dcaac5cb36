package io.github.nmf4j.api;

import java.util.List;

/**
 * What every plug-in is: a named, immutable, thread-safe and cheap prototype that describes its parameters.
 *
 * <p>{@code ServiceLoader} makes the prototype with the standard values; {@link #with} returns a configured copy, and
 * {@link #arguments} gives back what it was configured with, so that {@code x.with(x.arguments())} equals {@code x}.
 *
 * @param <S> the service
 */
public interface Extension<S> {
    /** {@return the name users select it by: lower-case words joined by hyphens, unique in its service} */
    String name();

    /** {@return one line for people who choose: what it is for and what it does not promise; may be empty} */
    default String summary() {
        return "";
    }

    /** {@return what can be set, in the order to show it} */
    default List<Parameter> parameters() {
        return List.of();
    }

    /**
     * {@return a copy configured with these values; what is not given keeps its standard value}
     *
     * @param values refused where unknown or out of range
     * @throws InvalidInputException naming the rule, the value and the extension
     */
    @SuppressWarnings("unchecked")
    default S with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return (S) this;
    }

    /** {@return the values that rebuild this configuration from the prototype} */
    default Arguments arguments() {
        return Arguments.NONE;
    }
}
