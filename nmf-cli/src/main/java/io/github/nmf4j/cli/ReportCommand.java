package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.data.NamedMatrix;
import io.github.nmf4j.data.NmfModel;
import io.github.nmf4j.report.FitReport;
import io.github.nmf4j.report.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code nmf report}: shows what a fit wrote. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        description =
                "Writes report.html, a page that opens from disk, about the result in a folder: model.json, trace.csv,"
                        + " W.npy and H.npy.")
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL_DIR", description = "What nmf fit --out wrote.")
    private Path model;

    @Option(
            names = "--shape",
            paramLabel = "HxW",
            description = "Height and width of the image that a row of H is (as the model says, if it does).")
    private String shape;

    @Option(names = "--data", paramLabel = "FILE", description = "X, to show what the model leaves of it.")
    private Path data;

    @Option(
            names = "--dictionary",
            paramLabel = "FILE",
            description = "G, where it is no longer where the fit read it.")
    private Path dictionary;

    @Mixin
    private DataOptions dataOptions;

    @Mixin
    private ReportOptions options;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write report.html (MODEL_DIR).")
    private Path out;

    @Override
    public Integer call() {
        Inputs inputs = new Inputs();
        NmfModel read = NmfModel.load(model, Plugins.load(), inputs::matrix);
        ResultFolder folder = ResultFolder.at("--out", out == null ? model : out);
        ResultFolder figures = options.folder();
        if (data == null) {
            dataOptions.requireData();
        }
        try {
            ReportOptions.write(folder, figures, page(read, inputs));
        } catch (JacksonException e) { // a number where a text should be, or the other way about
            throw new InvalidInputException(
                    "a model must be as nmf fit wrote it: " + model.resolve("model.json") + ", "
                            + e.getOriginalMessage(),
                    e);
        }
        spec.commandLine().getOut().println("wrote " + folder.path().resolve(ReportOptions.FILE));
        return 0;
    }

    private Page page(NmfModel read, Inputs inputs) {
        ObjectNode json = Result.parsed(read.json());
        Path file = dictionary == null ? read.dictionary().orElse(null) : dictionary;
        Matrix g = file == null ? null : inputs.matrix(file);
        Matrix w = read.w();
        Matrix h = read.h();
        int rows = g == null ? w.rows() : g.rows();
        if (g != null && g.columns() != w.rows()) {
            throw new InvalidInputException("the dictionary must have as many columns as W has rows, " + w.rows() + ": "
                    + g.rows() + " x " + g.columns());
        }
        FitReport report = FitReport.of(w, h).trace(read.trace());
        ReportOptions.known(report, options.truth(inputs, h.rows(), rows, w.rows(), h.columns()), g)
                .names(names(json, "rows", rows), names(json, "columns", h.columns()));
        shape(json).ifPresent(report::shape);
        if (data != null) {
            NamedMatrix x = inputs.read(data);
            DataOptions.Known known = dataOptions.read(inputs);
            report.data(x.matrix()).weights(known.weights()).background(known.background());
        }
        return ModelReport.complete(ModelReport.begin(json), json, report, Map.of());
    }

    /** As it was asked for, or as the run had it. */
    private Optional<Shape> shape(JsonNode json) {
        if (shape != null) {
            return Optional.of(Shape.parse(shape));
        }
        return json.path("image").isString()
                ? Optional.of(Shape.parse(json.path("image").asString()))
                : Optional.empty();
    }

    private static List<String> names(JsonNode json, String side, int count) {
        List<String> names = new ArrayList<>();
        json.path("names").path(side).forEach(name -> names.add(name.asString()));
        return names.size() == count ? names : List.of();
    }
}
