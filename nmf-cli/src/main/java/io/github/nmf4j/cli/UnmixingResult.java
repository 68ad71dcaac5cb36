package io.github.nmf4j.cli;

import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.data.NamedMatrix;
import io.github.nmf4j.data.Terms;
import io.github.nmf4j.report.FitReport;
import io.github.nmf4j.report.Page;
import io.github.nmf4j.unmix.Diagnosis;
import io.github.nmf4j.unmix.Diagnosis.Regime;
import io.github.nmf4j.unmix.Unmixed;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What unmixing found, and how it is told: what a fit writes, and how far to trust it.
 *
 * @param found spectra, maps and diagnosis
 * @param result the same as a fit, under the terms that a later {@code transform} goes by
 * @param shape of the image
 */
record UnmixingResult(Unmixed found, Result result, Shape shape) {
    private static final List<String> HEADER =
            List.of("component", "photons a pixel", "mean share", "support", "purity");

    static UnmixingResult of(Unmixed found, NamedMatrix x, Shape shape, Plugins plugins) {
        Terms terms = TermTexts.parse("kullback-leibler", List.of(), List.of("h:unit-columns"), plugins, new Inputs());
        return new UnmixingResult(
                found, new Result(found.factorization(), terms, x, Storage.asGiven(x.matrix())), shape);
    }

    private int rank() {
        return found.factorization().rank();
    }

    /** {@return model.json} */
    ObjectNode modelJson(Host host, long seed, Path data, Path dictionary) {
        ObjectNode model = result.modelJson(host, seed, data, dictionary);
        model.put("method", "unmix").put("image", shape.toString());
        diagnose(model);
        return model;
    }

    ResultFolder addTo(ResultFolder folder, ObjectNode model) {
        return folder.add("W.npy", found.w())
                .add("H.npy", found.h())
                .add("trace.csv", result.traceCsv())
                .add("model.json", Result.pretty(model));
    }

    /** {@return what {@code --json} prints} */
    ObjectNode line(Path out) {
        ObjectNode json = result.line(out);
        diagnose(json);
        return json;
    }

    private void diagnose(ObjectNode json) {
        Diagnosis diagnosis = found.diagnosis();
        json.put("regime", diagnosis.regime().label());
        json.put("gap", diagnosis.gap());
        numbers(json.putArray("support"), diagnosis.support());
        json.put("supportNeeded", diagnosis.leastSupport());
        numbers(json.putArray("starts"), diagnosis.starts());
        numbers(json.putArray("photons"), diagnosis.photons());
        numbers(json.putArray("eigenvalues"), diagnosis.eigenvalues());
        json.put("noise", diagnosis.noise());
        if (Double.isFinite(diagnosis.gain())) {
            json.put("gain", diagnosis.gain());
        }
        json.put("departure", diagnosis.departure());
        numbers(json.putArray("room"), diagnosis.room());
        ArrayNode remarks = json.putArray("remarks");
        diagnosis.remarks().forEach(remarks::add);
    }

    private static void numbers(ArrayNode array, List<Double> values) {
        values.forEach(value -> array.add(value.doubleValue()));
    }

    /** {@return the outcome in a sentence or two} */
    String summary() {
        Diagnosis diagnosis = found.diagnosis();
        return String.format(
                "%d channels, %s pixels, %d components; %s, after %.2f s",
                found.spectra().rows(),
                shape,
                rank(),
                diagnosis.regime() == Regime.DETERMINED ? "determined by the data" : "weakly determined",
                found.factorization().seconds());
    }

    void print(PrintWriter out) {
        Diagnosis diagnosis = found.diagnosis();
        out.println(summary());
        out.printf(
                "gap %.3g; objective %.9g after %d iterations from the best of %d starts%n",
                diagnosis.gap(),
                found.factorization().objective(),
                found.factorization().iterations(),
                diagnosis.starts().size());
        out.printf("%-9s %16s %14s %10s %10s%n", HEADER.toArray());
        for (List<String> row : rows()) {
            out.printf("%-9s %16s %14s %10s %10s%n", row.toArray());
        }
        diagnosis.remarks().forEach(remark -> out.println("note: " + remark));
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < rank(); c++) {
            rows.add(List.of(
                    String.valueOf(c),
                    String.format("%.4g", found.diagnosis().photons().get(c)),
                    String.format(
                            "%.3f",
                            Arrays.stream(Measures.row(found.h(), c)).average().orElse(0)),
                    String.format("%.3g", found.diagnosis().support().get(c)),
                    String.format("%.2g", 1 / (1 + found.diagnosis().room().get(c)))));
        }
        return rows;
    }

    /** {@return what there is to see of it} */
    FitReport report() {
        return FitReport.of(found.w(), found.h())
                .trace(found.factorization().trace())
                .traceNote(
                        "It is the cost of the simplex: its volume, the pixels outside it, corners that are no spectra. It is"
                                + " another function in each stage, so it may rise where one begins.")
                .shape(shape)
                .names(result.x().rowNames(), result.x().columnNames());
    }

    /** Tells how far to trust it. */
    void diagnosis(Page report) {
        Diagnosis diagnosis = found.diagnosis();
        report.heading("How far to trust it")
                .paragraph(String.format(
                        "%s. Gap %.3g (the last component beside the noise; clear from 5 on). Each facet of the simplex needs a"
                                + " support of %.3g to be held by the pixels; purity is the least share in its purest pixel"
                                + " that the spectra allow.",
                        diagnosis.regime() == Regime.DETERMINED ? "Determined by the data" : "Weakly determined",
                        diagnosis.gap(),
                        diagnosis.leastSupport()))
                .table(HEADER, rows());
        diagnosis.remarks().forEach(remark -> report.paragraph("Note: " + remark + "."));
        if (diagnosis.remarks().isEmpty()) {
            report.paragraph("Nothing speaks against it.");
        }
    }
}
