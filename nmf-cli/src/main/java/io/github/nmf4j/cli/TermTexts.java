package io.github.nmf4j.cli;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Extension;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.data.Term;
import io.github.nmf4j.data.Terms;
import java.util.List;
import java.util.Locale;

/** Losses, penalties and constraints as they are written on the command line. */
final class TermTexts {
    private static final String FORM = "F:NAME[:key=value,...] with F w or h";

    private TermTexts() {}

    static Terms parse(String loss, List<String> penalties, List<String> constraints, Plugins plugins, Inputs inputs) {
        Named named = Named.parse("a loss", loss);
        return new Terms(
                Term.of(Loss.class, null, named.name(), named.values(), plugins, inputs::matrix),
                onFactors(Regularizer.class, "a penalty", penalties, plugins, inputs),
                onFactors(Constraint.class, "a constraint", constraints, plugins, inputs));
    }

    private static <S extends Extension<S>> List<Term<S>> onFactors(
            Class<S> service, String what, List<String> texts, Plugins plugins, Inputs inputs) {
        return texts.stream()
                .map(text -> onFactor(service, what, text, plugins, inputs))
                .toList();
    }

    /** {@return what a text such as {@code h:l1:weight=0.1} asks for} */
    private static <S extends Extension<S>> Term<S> onFactor(
            Class<S> service, String what, String text, Plugins plugins, Inputs inputs) {
        int colon = text.indexOf(':');
        String letter = colon < 0 ? "" : text.substring(0, colon);
        if (!letter.equals("w") && !letter.equals("h")) {
            throw Named.malformed(what, FORM, text);
        }
        Named named = Named.parse(what, FORM, text, text.substring(colon + 1));
        Factor factor = Factor.valueOf(letter.toUpperCase(Locale.ROOT));
        return Term.of(service, factor, named.name(), named.values(), plugins, inputs::matrix);
    }
}
