package io.github.nmf4j.cli;

import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.StopReason;
import io.github.nmf4j.data.NamedMatrix;
import io.github.nmf4j.data.NmfModel;
import io.github.nmf4j.data.Terms;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
    private static final String MODEL = "model.json";

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
        NmfModel held = NmfModel.load(model, plugins, inputs::matrix);
        for (String name : new String[] {MODEL, "W.npy", "H.npy"}) {
            inputs.add(model.resolve(name));
        }
        if (folder != null) {
            folder.spare(inputs, files);
        }
        Path g = dictionary == null ? held.dictionary().orElse(null) : dictionary;
        Matrix atoms = g == null ? null : inputs.matrix(g);
        NamedMatrix x = inputs.read(data);
        requireFit(found, x.matrix(), held, g);
        int vectors = found == Factor.H
                ? x.matrix().columns()
                : atoms == null ? x.matrix().rows() : atoms.columns();
        List<String> remarks = new ArrayList<>(dataOptions.notGivenAgain(held));
        Terms terms = held.terms().fitting(found, held.rank(), vectors, remarks::add);
        DataOptions.Known known = dataOptions.read(inputs);
        if (folder != null) {
            folder.spare(inputs, files);
        }
        Storage storage = Storage.of(x.matrix(), terms.loss().extension(), dataOptions);
        x = new NamedMatrix(storage.x(), x.rowNames(), x.columnNames()); // and forget x as it came
        PrintWriter err = spec.commandLine().getErr();
        plugins.broken().forEach(line -> err.println(Failures.brokenPlugin(line)));
        remarks.forEach(line -> err.println("nmf: " + line));
        terms.warnings().forEach(line -> err.println("nmf: " + line));
        err.flush();

        Supplier<Nmf.Builder> begun = () -> {
            Nmf.Builder builder = held.toFind(found, terms);
            run.applyTo(builder, plugins);
            if (atoms != null) {
                builder.dictionary(atoms);
            }
            known.applyTo(builder);
            return builder;
        };
        Factorization fit = held.find(
                found,
                vectors,
                storage.x(),
                run.tolerance(),
                begun,
                builder -> Run.of(builder, storage.x(), run, host));
        Result result = new Result(fit, terms, x, storage);
        if (folder != null) {
            folder.add(files[0], found == Factor.W ? fit.w() : fit.h())
                    .add(files[1], result.traceCsv())
                    .add(
                            files[2],
                            Result.pretty(result.modelJson(host, run.seed(), data, g)
                                    .put("method", "transform")
                                    .put(
                                            "held",
                                            Inputs.absolute(model.resolve(found.other() + ".npy")
                                                    .toString()))))
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

    private void requireFit(Factor found, Matrix x, NmfModel held, Path g) {
        if (found == Factor.W && x.columns() != held.columns()) {
            throw new InvalidInputException("new rows must have as many columns as H has, " + held.columns() + ": "
                    + data + " is " + x.rows() + " x " + x.columns());
        }
        if (found == Factor.H && g == null && x.rows() != held.rows()) {
            throw new InvalidInputException("new columns must have as many rows as W has, " + held.rows() + ": " + data
                    + " is " + x.rows() + " x " + x.columns());
        }
    }
}
