package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.Restarts;
import io.github.nmf4j.core.Start;
import io.github.nmf4j.core.StopReason;
import io.github.nmf4j.data.NamedMatrix;
import io.github.nmf4j.data.Terms;
import io.github.nmf4j.report.FitReport;
import io.github.nmf4j.report.Truth;
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
import tools.jackson.databind.node.ObjectNode;

/** {@code nmf fit}: factorises the matrix in a file. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        description = "Factorises the matrix in a file: X (n x p) is close to W (n x k) times H (k x p).",
        footer = {
            "",
            "Losses, penalties and constraints are written NAME[:key=value,...]; nmf plugins lists them. Lists are joined by"
                    + " '/', as in weight=0/0.3/0.6.",
            "",
            "  nmf fit counts.npy.gz --rank 3 --normalize --constraint h:unit-columns \\",
            "          --penalty h:laplacian:shape=80x80,weight=100 --out result"
        })
final class FitCommand implements Callable<Integer> {
    private static final String[] FILES = {"W.npy", "H.npy", "trace.csv", "model.json"};

    private final Host host;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DATA",
            arity = "0..1",
            description = "X: .npy, .npz, .mtx, .csv or .tsv, each also with .gz; needed unless --from knows it.")
    private Path data;

    @Option(
            names = {"--rank", "-k"},
            paramLabel = "K",
            description = "The number of components; needed unless --from knows it.")
    private int rank;

    @Option(
            names = "--loss",
            paramLabel = "NAME[:...]",
            defaultValue = "kullback-leibler",
            description = "What misfit costs (${DEFAULT-VALUE}).")
    private String loss;

    @Option(
            names = "--penalty",
            paramLabel = "F:NAME[:...]",
            description = "A penalty on W or H, as in h:l1:weight=0.1; repeatable, penalties add.")
    private List<String> penalties = new ArrayList<>();

    @Option(
            names = "--constraint",
            paramLabel = "F:NAME[:...]",
            description = "A set that W or H stays in, as in h:unit-columns; repeatable.")
    private List<String> constraints = new ArrayList<>();

    @Option(
            names = "--dictionary",
            paramLabel = "FILE",
            description = "G: the model is G·W·H, and W has a row for each" + " column of G.")
    private Path dictionary;

    @Option(names = "--normalize", description = "Scale X by k/(n·mean X) while fitting; undone in what is written.")
    private boolean normalize;

    @Mixin
    private DataOptions dataOptions;

    @Option(names = "--start", paramLabel = "NAME", description = "How W and H start: see nmf plugins.")
    private String start;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Run from N starts, seeds counting upwards, and keep the best; the later ones are random-acol unless"
                            + " --start is given (${DEFAULT-VALUE}).")
    private int restarts;

    @Option(
            names = "--revive",
            description = "Start components that died again, from the column of X that is fitted worst.")
    private boolean revive;

    @Option(
            names = "--w0",
            paramLabel = "FILE",
            description = "The first W, in the scale in which W is written; with --h0.")
    private Path w0;

    @Option(names = "--h0", paramLabel = "FILE", description = "The first H; with --w0.")
    private Path h0;

    @Option(
            names = "--report",
            description = "Write report.html too, a page about the result that opens from disk; with --out.")
    private boolean report;

    @Option(
            names = "--shape",
            paramLabel = "HxW",
            description = "Height and width of the image that a row of H is, for the report.")
    private String shape;

    @Mixin
    private ReportOptions reportOptions;

    @Mixin
    private Continuation continuation;

    @Mixin
    private RunOptions run;

    FitCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Inputs inputs = new Inputs();
        Plugins plugins = Plugins.load();
        PrintWriter err = spec.commandLine().getErr();
        plugins.broken().forEach(line -> err.println(Failures.brokenPlugin(line)));
        continuation.open(spec, plugins, inputs);
        ResultFolder folder = run.out() == null ? null : ResultFolder.at(run.out());
        ResultFolder figures = reportOptions.folder();
        requireReport();
        Nmf.Builder builder = Nmf.builder().rank(rank);
        run.stoppingRule();
        run.applyTo(builder, plugins);
        requireOneStart();
        Terms terms = continuation.terms(spec, TermTexts.parse(loss, penalties, constraints, plugins, inputs));
        terms.applyTo(builder);
        continuation.applyTo(builder);
        if (normalize && !continuation.goesOn()) {
            builder.normalized();
        }
        startFrom(builder, plugins, inputs);
        if (revive) {
            builder.reviveDeadComponents();
        }
        Matrix atoms = dictionary == null ? null : inputs.matrix(dictionary);
        if (atoms != null) {
            builder.dictionary(atoms);
        }
        DataOptions.Known known = dataOptions.applyTo(builder, inputs);
        NamedMatrix x = inputs.read(data);
        continuation.requireShape(x.matrix(), data);
        Shape image = shape == null ? null : Shape.parse(shape);
        if (image != null) {
            FitReport.requireShape(image, x.matrix().columns());
        }
        Truth truth = reportOptions.truth(inputs, rank, x.matrix(), atoms);
        continuation.requireShape(x.matrix(), data);
        if (folder != null) {
            folder.spare(inputs, FILES);
        }
        Storage storage = Storage.of(x.matrix(), terms.loss().extension(), dataOptions);
        x = new NamedMatrix(storage.x(), x.rowNames(), x.columnNames()); // and forget x as it came
        terms.warnings().forEach(line -> err.println("nmf: " + line));
        err.flush();

        Restarts runs = Run.of(builder, storage.x(), restarts, run, host);
        Factorization fit = continuation.after(runs.best().fit(), err);
        Result result = new Result(fit, terms, x, storage, restarts == 1 ? List.of() : runs.runs());
        if (folder != null) {
            ObjectNode model =
                    continuation.addTo(result.modelJson(host, runs.best().seed(), data, dictionary), spec);
            if (image != null) {
                model.put("image", image.toString());
            }
            folder.add(FILES[0], fit.w())
                    .add(FILES[1], fit.h())
                    .add(FILES[2], result.traceCsv())
                    .add(FILES[3], Result.pretty(model));
            if (report) {
                FitReport shown = ReportOptions.known(FitReport.of(fit.w(), fit.h()), truth, atoms)
                        .trace(fit.trace())
                        .names(x.rowNames(), x.columnNames())
                        .data(x.matrix())
                        .weights(known.weights())
                        .background(known.background());
                if (image != null) {
                    shown.shape(image);
                }
                ReportOptions.write(
                        folder,
                        figures,
                        ModelReport.complete(ModelReport.begin(model), model, shown, Given.options(spec)));
            } else {
                folder.write();
            }
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

    private void requireReport() {
        if (!report) {
            reportOptions.requireReport("--report");
        } else if (run.out() == null) {
            throw new InvalidInputException("--report needs --out, the folder that report.html is written to");
        }
    }

    private void requireOneStart() {
        if ((w0 == null) != (h0 == null)) {
            throw new InvalidInputException(
                    "--w0 and --h0 are given together: only " + (w0 == null ? "--h0 " + h0 : "--w0 " + w0));
        }
        if (w0 != null && start != null) {
            throw new InvalidInputException(
                    "a run starts from --start or from --w0 and --h0, not both: --start " + start);
        }
    }

    private void startFrom(Nmf.Builder builder, Plugins plugins, Inputs inputs) {
        if (start != null) {
            Named named = Named.parse("a start", start);
            builder.start(plugins.find(Start.class, named.name(), named.values(), Inputs::refuse));
        }
        if (w0 != null) {
            builder.startW(inputs.matrix(w0)).startH(inputs.matrix(h0));
        }
    }
}
