package io.github.nmf4j.cli;

import io.github.nmf4j.report.FitReport;
import io.github.nmf4j.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what model.json knows of a run on the page that shows it. */
final class ModelReport {
    /** What stands elsewhere on the page, or is too long for it. */
    private static final Set<String> ELSEWHERE =
            Set.of("names", "command", "restarts", "remarks", "w", "h", "versions");

    private static final Map<String, String> STOPS = Map.of(
            "tolerance", "neither factor could gain more than the tolerance",
            "relative-decrease", "the objective hardly fell any more",
            "change", "the factors hardly changed any more",
            "iterations", "the limit on iterations was reached",
            "time", "the time was up",
            "cancelled", "it was interrupted");

    private final ObjectNode model;

    private ModelReport(ObjectNode model) {
        this.model = model;
    }

    /** {@return a page with a summary, for what is to be seen to follow} */
    static Page begin(ObjectNode model) {
        String name = model.path("data").isString()
                ? Inputs.path(model.path("data").asString()).getFileName() + ": "
                : "";
        Page page =
                new Page(name + (model.path("method").asString("fit").equals("unmix") ? "unmixing" : "factorisation")
                        + " of rank " + model.path("rank").asInt());
        return new ModelReport(model).summary(page);
    }

    private Page summary(Page page) {
        JsonNode shape = model.path("shape");
        page.paragraph(String.format(
                "X is %s x %s, held %s. Loss %s; objective %.9g after %d iterations in %.3g s, backend %s.",
                shape.path(0).asString(),
                shape.path(1).asString(),
                model.path("storage").asString(),
                model.path("loss").path("name").asString(),
                model.path("objective").asDouble(),
                model.path("iterations").asInt(),
                model.path("seconds").asDouble(),
                model.path("backend").asString()));
        page.paragraph(stop());
        model.path("remarks").forEach(remark -> page.paragraph("Note: " + remark.asString() + "."));
        return page;
    }

    private String stop() {
        String label = model.path("stop").asString();
        String stop = "Stop: " + label + (STOPS.containsKey(label) ? ", " + STOPS.get(label) + ". " : ". ");
        JsonNode certificate = model.path("certificate");
        if (!certificate.isObject()) {
            return stop + "There is no certificate, for another method than alternating updates found the factors.";
        }
        if (!certificate.path("gap").isNumber()) {
            return stop + "Certificate: nothing limits what the factors could still gain.";
        }
        boolean bound = certificate.path("bound").asBoolean();
        return stop
                + String.format(
                        "Certificate: H with W held, and W with H held, could together lower the objective by %s %.3g%s%s.",
                        bound ? "at most" : "about",
                        certificate.path("gap").asDouble(),
                        certificate.path("relative").isNumber()
                                ? String.format(
                                        ", which is %.3g of the data term",
                                        certificate.path("relative").asDouble())
                                : "; the data term is 0",
                        bound ? "" : ", to first order, for the objective is not convex in each factor");
    }

    /** {@return the whole page: what is to be seen, then all settings, and how to repeat the run} */
    static Page complete(Page page, ObjectNode model, FitReport report, Map<String, String> options) {
        report.addTo(page);
        return new ModelReport(model).settings(page, options);
    }

    private Page settings(Page page, Map<String, String> options) {
        if (model.path("restarts").size() > 0) {
            page.heading("Starts")
                    .table(List.of("seed", "objective", "iterations", "stop", "similarity to the best"), restarts());
        }
        List<List<String>> rows = new ArrayList<>();
        model.properties().forEach(entry -> {
            if (!ELSEWHERE.contains(entry.getKey())) {
                String value = text(entry.getValue());
                rows.add(List.of(entry.getKey(), entry.getKey().equals("shape") ? value.replace(", ", " x ") : value));
            }
        });
        page.heading("Settings").words(List.of("of the run", "value"), rows);
        if (!options.isEmpty()) {
            page.words(
                    List.of("option", "value"),
                    options.entrySet().stream()
                            .map(option -> List.of(option.getKey(), option.getValue()))
                            .toList());
        }
        page.heading("To repeat it").verbatim(command());
        JsonNode versions = model.path("versions");
        return page.foot("nmf4j " + versions.path("nmf4j").asString() + ", Java "
                + versions.path("java").asString() + ", " + versions.path("vm").asString());
    }

    private List<List<String>> restarts() {
        List<List<String>> rows = new ArrayList<>();
        model.path("restarts")
                .forEach(run -> rows.add(List.of(
                        run.path("seed").asString(),
                        String.format("%.9g", run.path("objective").asDouble()),
                        run.path("iterations").asString(),
                        run.path("stop").asString(),
                        String.format("%.4f", run.path("similarity").asDouble()))));
        return rows;
    }

    /** A value in one line: {@code a = 1, b = 2} for an object. */
    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "–";
        }
        StringJoiner parts = new StringJoiner(", ");
        if (value.has("name") && value.has("arguments")) {
            return term(value);
        }
        if (value.isObject()) {
            value.properties().forEach(entry -> parts.add(entry.getKey() + " = " + text(entry.getValue())));
            return parts.toString();
        }
        if (value.isArray()) {
            value.forEach(element -> parts.add(text(element)));
            return parts.length() == 0 ? "none" : parts.toString();
        }
        return value.asString();
    }

    /** As it is written on the command line. */
    private static String term(JsonNode json) {
        StringJoiner arguments = new StringJoiner(",", ":", "").setEmptyValue("");
        json.get("arguments")
                .properties()
                .forEach(entry -> arguments.add(entry.getKey() + "=" + text(entry.getValue())));
        String factor = json.has("factor") ? json.get("factor").asString() + ":" : "";
        return factor + json.get("name").asString() + arguments;
    }

    private String command() {
        StringJoiner words = new StringJoiner(" ");
        words.add("nmf");
        model.path("command").forEach(word -> words.add(quoted(word.asString())));
        return words.toString();
    }

    /** A word as a POSIX shell reads it. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
