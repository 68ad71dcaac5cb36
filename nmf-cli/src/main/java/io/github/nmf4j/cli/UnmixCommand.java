package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.data.NamedMatrix;
import io.github.nmf4j.report.FitReport;
import io.github.nmf4j.report.Page;
import io.github.nmf4j.report.Truth;
import io.github.nmf4j.unmix.Unmixed;
import io.github.nmf4j.unmix.Unmixing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code nmf unmix}: spectra and maps of the spectral image in a file. */
@Command(
        name = "unmix",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        description =
                "Finds the spectra and maps that made a spectral image of counts: X (channels x pixels) is Poisson with mean"
                        + " W·H, or G·W·H, and every column of H sums to one.",
        footer = {
            "",
            "Not a factorisation that is run to the end: a lower objective is no better answer there. Noise is whitened, the"
                    + " pixels' scores are smoothed, and the smallest simplex around them is fitted.",
            "",
            "  nmf unmix counts.npy --rank 3 --shape 100x100 --dictionary G.npy --out result"
        })
final class UnmixCommand implements Callable<Integer> {
    private static final String DOSE = "dose.npy";
    private static final String[] FILES = {"W.npy", "H.npy", "trace.csv", "model.json", "report.html", DOSE};

    private final Host host;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DATA",
            description = "X, counts as they were counted: .npy, .npz, .mtx, .csv or .tsv, each also with .gz.")
    private Path data;

    @Option(
            names = {"--rank", "-k"},
            paramLabel = "K",
            required = true,
            description = "The number of components, at least 2.")
    private int rank;

    @Option(
            names = "--shape",
            paramLabel = "HxW",
            required = true,
            description = "Height and width of the image; column j of X is the pixel at row j/W and column j%%W.")
    private String shape;

    @Option(
            names = "--dictionary",
            paramLabel = "FILE",
            description = "G: spectra are combinations of its columns, and W has a row for each.")
    private Path dictionary;

    @Option(
            names = "--gain",
            paramLabel = "NUMBER|auto",
            description = "What counts were multiplied by to give X; auto measures it by the noise (counts).")
    private String gain;

    @Option(
            names = "--varying-dose",
            description =
                    "Dose or thickness differs from pixel to pixel: every pixel is brought to the mean, H holds shares of"
                            + " photons, and dose.npy what each pixel had.")
    private boolean varyingDose;

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "5",
            description = "Simplices to begin from; the best is taken (${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Of the starts; another one changes the result by far less than the noise (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads; results do not depend on it (as many as there are processors).")
    private Integer threads;

    @Option(names = "--report", description = "Understood as in fit; report.html is written with --out in any case.")
    private boolean report;

    @Mixin
    private ReportOptions reportOptions;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write the results; made if it does not exist.")
    private Path out;

    @Option(names = "--json", description = "One line of JSON on standard output instead of the summary.")
    private boolean json;

    @Option(names = "--quiet", description = "Understood as in fit; there is no progress bar here.")
    private boolean quiet;

    UnmixCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Inputs inputs = new Inputs();
        Plugins plugins = Plugins.load();
        ResultFolder folder = out == null ? null : ResultFolder.at(out);
        ResultFolder figures = reportOptions.folder();
        if (folder == null) {
            requireNoReport();
        }
        Shape image = Shape.parse(shape);
        Unmixing.Builder builder = Unmixing.builder()
                .rank(rank)
                .starts(starts)
                .seed(seed)
                .threads(threads == null ? Runtime.getRuntime().availableProcessors() : threads);
        if (gain != null) {
            gain(builder);
        }
        if (varyingDose) {
            builder.varyingDose();
        }
        Matrix atoms = dictionary == null ? null : inputs.matrix(dictionary);
        if (atoms != null) {
            builder.dictionary(atoms);
        }
        NamedMatrix x = inputs.read(data);
        Truth truth = reportOptions.truth(inputs, rank, x.matrix(), atoms);
        if (folder != null) {
            folder.spare(inputs, FILES);
        }
        Unmixed found = builder.build().of(x.matrix(), image);
        UnmixingResult result = UnmixingResult.of(found, x, image, plugins);
        if (folder != null) {
            ObjectNode model = result.modelJson(host, seed, data, dictionary);
            Page page = ModelReport.begin(model);
            result.diagnosis(page);
            FitReport shown = ReportOptions.known(result.report(), truth, atoms).data(x.matrix());
            ModelReport.complete(page, model, shown, Given.options(spec));
            result.addTo(folder, model);
            if (varyingDose) {
                folder.add(DOSE, found.dose());
            }
            ReportOptions.write(folder, figures, page);
        }
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.println(result.line(out));
        } else {
            result.print(console);
            if (folder != null) {
                console.println("wrote " + folder.names() + " to " + folder.path());
            }
        }
        return 0;
    }

    private void requireNoReport() {
        if (report) {
            throw new InvalidInputException("--report needs --out, the folder that report.html is written to");
        }
        reportOptions.requireReport("--out");
    }

    private void gain(Unmixing.Builder builder) {
        if (gain.equals("auto")) {
            builder.estimateGain();
            return;
        }
        try {
            builder.gain(Double.parseDouble(gain));
        } catch (NumberFormatException e) {
            throw new InvalidInputException("a gain is a number or auto: '" + gain + "'", e);
        }
    }
}
