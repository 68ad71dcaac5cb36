package io.github.nmf4j.cli;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is minimised, and over what: the part of a model that a later {@code transform} takes over.
 *
 * @param loss the loss
 * @param penalties on either factor
 * @param constraints on either factor
 */
record Terms(Configured<Loss> loss, List<Configured<Regularizer>> penalties, List<Configured<Constraint>> constraints) {

    static Terms parse(String loss, List<String> penalties, List<String> constraints, Plugins plugins, Inputs inputs) {
        Configured<Loss> configuredLoss = Configured.of(Loss.class, null, Named.parse("a loss", loss), plugins, inputs);
        List<Configured<Regularizer>> configuredPenalties = new ArrayList<>();
        for (String text : penalties) {
            configuredPenalties.add(Configured.onFactor(Regularizer.class, "a penalty", text, plugins, inputs));
        }
        List<Configured<Constraint>> configuredConstraints = new ArrayList<>();
        for (String text : constraints) {
            configuredConstraints.add(Configured.onFactor(Constraint.class, "a constraint", text, plugins, inputs));
        }
        return new Terms(configuredLoss, configuredPenalties, configuredConstraints);
    }

    /** {@return these terms without the penalties on a factor, whose value cannot change when it is held} */
    Terms withoutPenaltiesOn(Factor held) {
        return new Terms(
                loss, penalties.stream().filter(p -> p.factor() != held).toList(), constraints);
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
    Terms fitting(Factor found, int rank, int vectors, List<String> leftOut) {
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

    private static boolean fits(String label, Runnable check, List<String> leftOut) {
        try {
            check.run();
            return true;
        } catch (InvalidInputException e) {
            leftOut.add(label + " of the model is left out, for it does not fit the new data: " + e.getMessage());
            return false;
        }
    }

    void applyTo(Nmf.Builder builder) {
        builder.loss(loss.extension());
        for (Factor factor : Factor.values()) {
            penalties.stream()
                    .filter(p -> p.factor() == factor)
                    .map(Configured::extension)
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
                    .map(Configured::extension)
                    .toArray(Constraint[]::new);
            if (factor == Factor.W) {
                builder.constrainW(sets);
            } else {
                builder.constrainH(sets);
            }
        }
    }

    /** {@return a line for each penalty that does not promise descent} */
    List<String> warnings() {
        return penalties.stream()
                .filter(p -> !p.extension().majorizes())
                .map(p -> p.label() + " does not promise descent in this form: the objective may rise")
                .toList();
    }

    void addTo(ObjectNode json) {
        json.set("loss", loss.toJson());
        ArrayNode penaltiesJson = json.putArray("penalties");
        penalties.forEach(p -> penaltiesJson.add(p.toJson()));
        ArrayNode constraintsJson = json.putArray("constraints");
        constraints.forEach(c -> constraintsJson.add(c.toJson()));
    }

    static Terms fromJson(JsonNode json, Plugins plugins, Inputs inputs) {
        List<Configured<Regularizer>> penalties = new ArrayList<>();
        json.path("penalties").forEach(p -> penalties.add(Configured.fromJson(Regularizer.class, p, plugins, inputs)));
        List<Configured<Constraint>> constraints = new ArrayList<>();
        json.path("constraints")
                .forEach(c -> constraints.add(Configured.fromJson(Constraint.class, c, plugins, inputs)));
        return new Terms(Configured.fromJson(Loss.class, json.path("loss"), plugins, inputs), penalties, constraints);
    }
}
