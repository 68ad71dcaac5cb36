package io.github.nmf4j.cli;

import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.StopReason;
import io.github.nmf4j.data.NamedMatrix;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code nmf transform}: one factor for new data, with the other as a fit has found it. */
@Command(
        name = "transform",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        description =
                "Finds W for new rows with the H of a model held, or H for new columns with its W held, under the loss,"
                        + " penalties and constraints of that model.")
final class TransformCommand implements Callable<Integer> {
    private static final String MODEL = ModelJson.NAME;

    private final Host host;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL_DIR", description = "What nmf fit --out wrote.")
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description = "X: .npy, .npz, .mtx, .csv or .tsv, each also with .gz.")
    private Path data;

    @Option(names = "--columns", description = "The data are new columns: find H, hold W.")
    private boolean columns;

    @Option(
            names = "--dictionary",
            paramLabel = "FILE",
            description = "G, where it is no longer where the fit read it.")
    private Path dictionary;

    @Mixin
    private DataOptions dataOptions;

    @Mixin
    private RunOptions run;

    TransformCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Factor found = columns ? Factor.H : Factor.W;
        String[] files = {found + ".npy", "trace.csv", MODEL};
        Inputs inputs = new Inputs();
        Plugins plugins = Plugins.load();
        ResultFolder folder = run.out() == null ? null : ResultFolder.at(run.out());
        run.stoppingRule();
        JsonNode json = modelJson();
        for (String name : new String[] {MODEL, "W.npy", "H.npy"}) {
            inputs.add(model.resolve(name));
        }
        if (folder != null) {
            folder.spare(inputs, files);
        }
        Terms all = Terms.fromJson(json, plugins, inputs).withoutPenaltiesOn(found.other());
        int rank = json.get("rank").asInt();
        Nmf.Builder builder = Nmf.builder().rank(rank);
        run.applyTo(builder, plugins);
        double scale = json.get("scale").asDouble();
        if (scale != 1) {
            builder.scaledBy(scale);
        }
        Matrix held = inputs.matrix(model.resolve(found.other() + ".npy"));
        if (found == Factor.W) {
            builder.startH(held);
        } else {
            builder.startW(held);
        }
        builder.hold(found.other()).start("random");
        Path g = dictionary != null || !json.path("dictionary").isString()
                ? dictionary
                : Path.of(json.path("dictionary").asString());
        Matrix atoms = g == null ? null : inputs.matrix(g);
        if (g != null) {
            builder.dictionary(atoms);
        }
        dataOptions.applyTo(builder, inputs);
        NamedMatrix x = inputs.read(data);
        requireFit(found, x.matrix(), held, g);
        int vectorsOfW = atoms == null ? x.matrix().rows() : atoms.columns();
        List<String> leftOut = new ArrayList<>();
        Terms terms = all.fitting(
                found, rank, found == Factor.W ? vectorsOfW : x.matrix().columns(), leftOut);
        terms.applyTo(builder);
        if (folder != null) {
            folder.spare(inputs, files);
        }
        Storage storage = Storage.of(x.matrix(), terms.loss().extension(), dataOptions);
        x = new NamedMatrix(storage.x(), x.rowNames(), x.columnNames()); // and forget x as it came
        PrintWriter err = spec.commandLine().getErr();
        plugins.broken().forEach(line -> err.println(Failures.brokenPlugin(line)));
        leftOut.forEach(line -> err.println("nmf: " + line));
        terms.warnings().forEach(line -> err.println("nmf: " + line));
        err.flush();

        Factorization fit = Run.of(builder, storage.x(), run, host);
        Result result = new Result(fit, terms, x, storage);
        if (folder != null) {
            folder.add(files[0], found == Factor.W ? fit.w() : fit.h())
                    .add(files[1], result.traceCsv())
                    .add(files[2], Result.pretty(result.modelJson(host, run.seed(), data, g)))
                    .write();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (run.json()) {
            out.println(result.line(run.out()));
        } else {
            result.print(out);
            if (folder != null) {
                out.println("wrote " + folder.names() + " to " + folder.path());
            }
        }
        return fit.stop() == StopReason.CANCELLED ? Run.INTERRUPTED : 0;
    }

    private void requireFit(Factor found, Matrix x, Matrix held, Path g) {
        if (found == Factor.W && x.columns() != held.columns()) {
            throw new InvalidInputException("new rows must have as many columns as H has, " + held.columns() + ": "
                    + data + " is " + x.rows() + " x " + x.columns());
        }
        if (found == Factor.H && g == null && x.rows() != held.rows()) {
            throw new InvalidInputException("new columns must have as many rows as W has, " + held.rows() + ": " + data
                    + " is " + x.rows() + " x " + x.columns());
        }
    }

    private static void requireField(Path file, String name, boolean sound) {
        if (!sound) {
            throw new InvalidInputException(
                    "a model must be as nmf fit wrote it: '" + name + "' is missing or unsound in " + file);
        }
    }

    private JsonNode modelJson() {
        JsonNode json = ModelJson.read(model);
        Path file = model.resolve(MODEL);
        requireField(file, "loss", json.path("loss").isObject());
        requireField(file, "penalties", json.path("penalties").isArray());
        requireField(file, "constraints", json.path("constraints").isArray());
        double scale = json.path("scale").asDouble(Double.NaN);
        requireField(file, "scale", scale > 0 && scale < Double.POSITIVE_INFINITY);
        requireField(
                file,
                "dictionary",
                json.has("dictionary")
                        && (json.get("dictionary").isNull()
                                || json.get("dictionary").isString()));
        return json;
    }
}
