package io.github.nmf4j.data;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Extension;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What is minimised, and over what: the part of a model that a later {@code transform} takes over.
 *
 * @param loss the loss
 * @param penalties on either factor
 * @param constraints on either factor
 */
public record Terms(Term<Loss> loss, List<Term<Regularizer>> penalties, List<Term<Constraint>> constraints) {

    /** Keeps copies. */
    public Terms {
        penalties = List.copyOf(penalties);
        constraints = List.copyOf(constraints);
    }

    /**
     * {@return these terms without those on a factor that are made for another number of vectors: the shape of another image, the
     * fixed entries of other rows}
     *
     * @param found the factor
     * @param rank components
     * @param vectors of the factor now
     * @param leftOut receives a line for each
     */
    public Terms fitting(Factor found, int rank, int vectors, Consumer<String> leftOut) {
        return new Terms(
                loss,
                penalties.stream()
                        .filter(p -> p.factor() != found
                                || fits(p.label(), () -> p.extension().check(rank, vectors), leftOut))
                        .toList(),
                constraints.stream()
                        .filter(c -> c.factor() != found
                                || fits(c.label(), () -> c.extension().on(found).check(rank, vectors), leftOut))
                        .toList());
    }

    private static boolean fits(String label, Runnable check, Consumer<String> leftOut) {
        try {
            check.run();
            return true;
        } catch (InvalidInputException e) {
            leftOut.accept(label + " of the model is left out, for it does not fit the new data: " + e.getMessage());
            return false;
        }
    }

    /**
     * Tells a builder what to minimise, and over what.
     *
     * @param builder without loss, penalties and constraints yet
     */
    public void applyTo(Nmf.Builder builder) {
        builder.loss(loss.extension());
        for (Factor factor : Factor.values()) {
            penalties.stream()
                    .filter(p -> p.factor() == factor)
                    .map(Term::extension)
                    .reduce(Regularizer::plus)
                    .ifPresent(sum -> {
                        if (factor == Factor.W) {
                            builder.penalizeW(sum);
                        } else {
                            builder.penalizeH(sum);
                        }
                    });
            Constraint[] sets = constraints.stream()
                    .filter(c -> c.factor() == factor)
                    .map(Term::extension)
                    .toArray(Constraint[]::new);
            if (factor == Factor.W) {
                builder.constrainW(sets);
            } else {
                builder.constrainH(sets);
            }
        }
    }

    /** {@return a line for each penalty that does not promise descent} */
    public List<String> warnings() {
        return penalties.stream()
                .filter(p -> !p.extension().majorizes())
                .map(p -> p.label() + " does not promise descent in this form: the objective may rise")
                .toList();
    }

    /** {@return the entries {@code loss}, {@code penalties} and {@code constraints} of model.json} */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("loss", loss.toMap());
        map.put("penalties", penalties.stream().map(Term::toMap).toList());
        map.put("constraints", constraints.stream().map(Term::toMap).toList());
        return map;
    }

    static Terms fromJson(JsonNode json, Plugins plugins, Function<String, Matrix> files) {
        return new Terms(
                Term.fromJson(Loss.class, json.path("loss"), plugins, files),
                all(Regularizer.class, json.path("penalties"), plugins, files),
                all(Constraint.class, json.path("constraints"), plugins, files));
    }

    private static <S extends Extension<S>> List<Term<S>> all(
            Class<S> service, JsonNode array, Plugins plugins, Function<String, Matrix> files) {
        List<Term<S>> terms = new ArrayList<>();
        array.forEach(term -> terms.add(Term.fromJson(service, term, plugins, files)));
        return terms;
    }
}
