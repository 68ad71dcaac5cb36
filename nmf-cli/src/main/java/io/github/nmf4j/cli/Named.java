package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An extension as users ask for it: a name and values for some of its parameters.
 *
 * @param name of the extension
 * @param values text by parameter, in the order given
 */
record Named(String name, Map<String, String> values) {
    private static final String FORM = "NAME[:key=value,...]";

    /**
     * {@return what a text asks for}
     *
     * @param what the kind of extension, for messages
     * @param text as in {@code beta:beta=0.5}
     */
    static Named parse(String what, String text) {
        return parse(what, FORM, text, text);
    }

    static Named parse(String what, String form, String whole, String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        Map<String, String> values = new LinkedHashMap<>();
        if (name.isEmpty()) {
            throw malformed(what, form, whole);
        }
        if (colon >= 0) {
            for (String part : text.substring(colon + 1).split(",", -1)) {
                int equals = part.indexOf('=');
                if (equals < 1) {
                    throw malformed(what, form, whole);
                }
                if (values.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                    throw new InvalidInputException(
                            "a parameter is given once: " + part.substring(0, equals) + " in '" + whole + "'");
                }
            }
        }
        return new Named(name, values);
    }

    static InvalidInputException malformed(String what, String form, String text) {
        return new InvalidInputException(what + " is written " + form + ": '" + text + "'");
    }
}
