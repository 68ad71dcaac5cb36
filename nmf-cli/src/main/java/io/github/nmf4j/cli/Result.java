package io.github.nmf4j.cli;

import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Optimality;
import io.github.nmf4j.core.Restarts;
import io.github.nmf4j.core.StopReason;
import io.github.nmf4j.data.NamedMatrix;
import io.github.nmf4j.data.NmfModel;
import io.github.nmf4j.data.Terms;
import io.github.nmf4j.data.TraceFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a fit found, and how it is told: files, one line of JSON, or a summary for people.
 *
 * @param fit the factors
 * @param terms what was minimised
 * @param x shape and names of the data
 * @param storage how the data were held
 * @param runs from each start, where there were several
 */
record Result(Factorization fit, Terms terms, NamedMatrix x, Storage storage, List<Restarts.Run> runs) {
    /** Runs that the summary lists. */
    private static final int SHOWN = 20;

    /** Share of the data term; what {@code --tolerance} is by itself. */
    private static final double OPEN = 1e-4;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Result(Factorization fit, Terms terms, NamedMatrix x, Storage storage) {
        this(fit, terms, x, storage, List.of());
    }

    /** {@return the trace as it is written: row 0 is the start} */
    String traceCsv() {
        return TraceFile.csv(fit.trace());
    }

    private List<String> columns() {
        return TraceFile.columns(fit.trace().terms());
    }

    /** {@return the model: what is needed to use the factors, and to repeat the run} */
    ObjectNode modelJson(Host host, long seed, Path data, Path dictionary) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", NmfModel.FORMAT);
        json.put("method", "fit");
        json.put("rank", fit.rank());
        json.putArray("shape").add(x.matrix().rows()).add(x.matrix().columns());
        shape(json.putObject("w").put("file", "W.npy"), fit.w());
        shape(json.putObject("h").put("file", "H.npy"), fit.h());
        json.put("data", data == null ? null : data.toAbsolutePath().normalize().toString());
        json.put(
                "dictionary",
                dictionary == null
                        ? null
                        : dictionary.toAbsolutePath().normalize().toString());
        json.setAll((ObjectNode) JSON.valueToTree(terms.toMap()));
        json.put("scale", fit.scale());
        json.put("seed", seed);
        addOutcome(json);
        json.put("storage", storage.name());
        ObjectNode names = json.putObject("names");
        names(names.putArray("rows"), x.rowNames());
        names(names.putArray("columns"), x.columnNames());
        ObjectNode versions = json.putObject("versions");
        versions.put("nmf4j", Versions.nmf4j());
        versions.put("java", Versions.java());
        versions.put("vm", Versions.machine());
        ArrayNode command = json.putArray("command");
        host.arguments().forEach(command::add);
        return json;
    }

    private static void shape(ObjectNode json, Matrix factor) {
        json.putArray("shape").add(factor.rows()).add(factor.columns());
    }

    private static void names(ArrayNode array, List<String> names) {
        names.forEach(array::add);
    }

    static String pretty(ObjectNode json) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    /** {@return what {@link #pretty} wrote} */
    static ObjectNode parsed(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    /** {@return what {@code --json} prints} */
    ObjectNode line(Path out) {
        ObjectNode json = JSON.createObjectNode();
        addOutcome(json);
        json.put("rows", x.matrix().rows());
        json.put("columns", x.matrix().columns());
        json.put("rank", fit.rank());
        json.put("loss", terms.loss().extension().name());
        json.put("scale", fit.scale());
        json.put("storage", storage.name());
        if (out != null) {
            json.put("out", out.toString());
        }
        return json;
    }

    private void addOutcome(ObjectNode json) {
        json.put("objective", fit.objective());
        json.put("iterations", fit.iterations());
        json.put("seconds", fit.seconds());
        json.put("stop", fit.stop().label());
        fit.optimality().ifPresent(optimality -> {
            ObjectNode certificate = json.putObject("certificate");
            certificate.put("gap", finite(optimality.gap()));
            certificate.put("relative", finite(optimality.relative()));
            certificate.put("bound", optimality.bound());
        });
        json.put("solver", fit.solver());
        json.put("acceleration", fit.acceleration());
        if (!runs.isEmpty()) {
            ArrayNode all = json.putArray("restarts");
            runs.forEach(run -> all.addObject()
                    .put("seed", run.seed())
                    .put("objective", run.fit().objective())
                    .put("iterations", run.fit().iterations())
                    .put("stop", run.fit().stop().label())
                    .put("similarity", run.similarity()));
        }
        ArrayNode remarks = json.putArray("remarks");
        fit.remarks().forEach(remarks::add);
        json.put("backend", fit.backend());
        json.put("threads", fit.threads());
    }

    /** JSON has no infinity: a gap that nothing limits is written as null. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    void print(PrintWriter out) {
        out.printf(
                "%d x %d, %s; rank %d, %s; backend %s, %d thread%s%n",
                x.matrix().rows(),
                x.matrix().columns(),
                storage.describe(),
                fit.rank(),
                terms.loss().extension().name(),
                fit.backend(),
                fit.threads(),
                fit.threads() == 1 ? "" : "s");
        out.printf(
                "objective %.9g after %d iterations in %.3g s%s: %s%n",
                fit.objective(), fit.iterations(), fit.seconds(), pace(), because(fit.stop()));
        fit.optimality().filter(this::saysSomething).ifPresent(at -> out.printf("  %s%n", gain(at)));
        if (endedEarly()) {
            out.println("  more iterations (--max-iterations) or other starts (--restarts) may lower it");
        }
        List<String> names = columns();
        for (int t = 0; t < names.size() && names.size() > 1; t++) {
            out.printf(
                    "  %-24s %.9g%n", names.get(t), fit.trace().last().terms().get(t));
        }
        if (!runs.isEmpty()) {
            out.printf("  %-24s %-18s %-11s %s%n", "seed", "objective", "iterations", "similarity to the best");
            runs.stream()
                    .limit(SHOWN)
                    .forEach(run -> out.printf(
                            "  %-24d %-18.9g %-11d %.4f%n",
                            run.seed(), run.fit().objective(), run.fit().iterations(), run.similarity()));
            if (runs.size() > SHOWN) {
                out.printf("  and %d more, which model.json lists%n", runs.size() - SHOWN);
            }
        }
        if (fit.scale() != 1) {
            out.printf("  in the scale of the fit, %.6g times the data%n", fit.scale());
        }
    }

    private static String gain(Optimality at) {
        if (!Double.isFinite(at.gap())) {
            return "nothing limits what either factor alone could gain";
        }
        String limit = at.bound() ? "at most" : "about";
        return Double.isFinite(at.relative())
                ? String.format("either factor alone could gain %s %.2g of the data term", limit, at.relative())
                : String.format("either factor alone could gain %s %.2g; the data term is 0", limit, at.gap());
    }

    /** {@return whether a limit ended the run while more than the standard tolerance was open: a plateau, or a slow fall} */
    private boolean endedEarly() {
        boolean limited = fit.stop() == StopReason.ITERATIONS || fit.stop() == StopReason.TIME;
        return limited && fit.optimality().filter(at -> at.relative() > OPEN).isPresent();
    }

    private String pace() {
        return fit.iterations() > 0 && fit.seconds() > 0
                ? String.format(" (%s a second)", ProgressLines.pace(fit.iterations() / fit.seconds()))
                : "";
    }

    /** Where X is met exactly, gap and data term are rounding errors, and their ratio would contradict the reason to stop. */
    private boolean saysSomething(Optimality at) {
        return fit.stop() != StopReason.TOLERANCE || !(at.relative() >= 1);
    }

    private static String because(StopReason stop) {
        return switch (stop) {
            case TOLERANCE -> "neither factor could gain more than the tolerance";
            case RELATIVE_DECREASE -> "it hardly fell any more";
            case CHANGE -> "the factors hardly changed any more";
            case ITERATIONS -> "the limit on iterations";
            case TIME -> "the time is up";
            case CANCELLED -> "interrupted";
        };
    }
}
