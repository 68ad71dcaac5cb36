package io.github.nmf4j.cli;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.Progress;
import io.github.nmf4j.core.StopReason;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.data.NamedMatrix;
import io.github.nmf4j.data.SpectralImage;
import io.github.nmf4j.unmix.Unmixing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code nmf demo spectra}: a simulated spectral image, its spectra and maps found again by unmixing and by a fit. */
@Command(
        name = "spectra",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        description =
                "Simulates a spectral image of 200 channels x 100 x 100 pixels, 300 photons a pixel, with a dictionary of"
                        + " 15, and finds the spectra and maps of its 3 phases: by unmixing, and beside it by the"
                        + " regularised fit of the notebook of ESPM.")
final class DemoSpectra implements Callable<Integer> {
    private static final int RANK = 3;
    private static final int ITERATIONS = 200;
    private static final int PRINT_EVERY = 20;
    private static final Shape SHAPE = new Shape(100, 100);
    private static final double CLOSE_DEGREES = 5;
    private static final double CLOSE_R2 = 0.9;

    private final Host host;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DemoOptions options;

    DemoSpectra(Host host) {
        this.host = host;
    }

    /**
     * What was simulated and what was made of it.
     *
     * @param image the data and their truth
     * @param fit by the notebook's method
     * @param fitted its spectra
     * @param unmixed the answer
     * @param known maps of the true spectra: the ceiling
     */
    private record Outcome(SpectralImage image, Result fit, Matrix fitted, UnmixingResult unmixed, Matrix known) {
        AgainstTruth answer() {
            return AgainstTruth.of(
                    image, unmixed.found().spectra(), unmixed.found().h());
        }

        AgainstTruth notebook() {
            return AgainstTruth.of(image, fitted, fit.fit().h());
        }

        AgainstTruth ceiling() {
            return AgainstTruth.of(image, image.spectra(), known);
        }
    }

    @Override
    public Integer call() {
        ResultFolder folder = options.out() == null ? null : ResultFolder.at(options.out());
        Plugins plugins = Plugins.load();
        PrintWriter out = spec.commandLine().getOut();
        SpectralImage image = SpectralImage.builder()
                .rank(RANK)
                .shape(SHAPE)
                .seed(options.seed())
                .simulate();
        Terms terms = Terms.parse(
                "kullback-leibler",
                List.of("h:laplacian:shape=" + SHAPE + ",weight=2", "h:log:weight=0.05"),
                List.of("h:unit-columns"),
                plugins,
                new Inputs());
        Nmf.Builder builder = Nmf.builder()
                .rank(RANK)
                .dictionary(image.dictionary())
                .normalized()
                .seed(options.seed())
                .threads(Runtime.getRuntime().availableProcessors())
                .stopWhen(StoppingRule.afterIterations(ITERATIONS).orWhen(host.interruption()::requested));
        terms.applyTo(builder);
        if (options.talks()) {
            out.printf(
                    "simulated: %d channels x %s pixels, %d phases, dictionary of %d, 300 photons a pixel, seed %d%n",
                    image.x().rows(), SHAPE, RANK, image.dictionary().columns(), options.seed());
            out.printf("%9s %9s %14s %12s%n", "iteration", "seconds", "objective", "iterations/s");
            builder.onProgress(at -> print(out, at));
        }
        host.interruption().begin();
        Factorization fit = builder.build().fit(image.x());

        DenseMatrix fitted = DenseMatrix.zeros(image.spectra().rows(), RANK);
        plugins.backend().multiply(Product.AB, image.dictionary(), fit.w().toDense(), 0, fitted);
        NamedMatrix x = NamedMatrix.of(image.x());
        Unmixing unmixing = Unmixing.builder()
                .rank(RANK)
                .dictionary(image.dictionary())
                .seed(options.seed())
                .threads(Runtime.getRuntime().availableProcessors())
                .build();
        Outcome outcome = new Outcome(
                image,
                new Result(fit, terms, x, Storage.asGiven(image.x())),
                fitted,
                UnmixingResult.of(unmixing.of(image.x(), SHAPE), x, SHAPE, plugins),
                unmixing.maps(image.x(), SHAPE, image.spectra()));
        if (folder != null) {
            write(folder, outcome);
        }
        tell(out, outcome, folder);
        return fit.stop() == StopReason.CANCELLED ? Run.INTERRUPTED : 0;
    }

    private static void print(PrintWriter out, Progress at) {
        if (at.iteration() % PRINT_EVERY == 0) {
            out.printf(
                    "%9d %9.2f %14.7g %12s%n",
                    at.iteration(),
                    at.seconds(),
                    at.objective(),
                    at.iteration() == 0 ? "" : String.format("%.1f", at.iteration() / at.seconds()));
            out.flush();
        }
    }

    private void tell(PrintWriter out, Outcome outcome, ResultFolder folder) {
        if (options.json()) {
            ObjectNode json = outcome.unmixed().line(options.out());
            json.put("seed", options.seed());
            outcome.answer().addTo(json);
            ObjectNode notebook = json.putObject("notebook");
            outcome.notebook().addTo(notebook);
            notebook.setAll(outcome.fit().line(null));
            outcome.ceiling().add(json.putObject("ceiling").putArray("r2"), AgainstTruth.Component::r2);
            out.println(json);
            return;
        }
        outcome.fit().print(out);
        out.println();
        outcome.unmixed().print(out);
        out.println();
        List<String> header = header();
        out.printf("%-9s | %-24s | %-24s | %s%n", "", "unmixing", "the notebook's fit", "known spectra");
        out.printf("%-9s | %10s %13s | %10s %13s | %10s%n", header.toArray());
        for (List<String> row : rows(outcome)) {
            out.printf("%-9s | %10s %13s | %10s %13s | %10s%n", row.toArray());
        }
        out.println(verdict(outcome));
        if (folder != null) {
            out.println("wrote " + folder.names() + " to " + folder.path());
        }
    }

    private static List<String> header() {
        return List.of("component", "angle (°)", "R² of map", "angle (°)", "R² of map", "R² of map");
    }

    private static List<List<String>> rows(Outcome outcome) {
        List<List<String>> rows = new ArrayList<>();
        for (int t = 0; t < RANK; t++) {
            AgainstTruth.Component answer = outcome.answer().components().get(t);
            AgainstTruth.Component notebook = outcome.notebook().components().get(t);
            rows.add(List.of(
                    String.valueOf(t),
                    String.format("%.2f", answer.angle()),
                    String.format("%.4f", answer.r2()),
                    String.format("%.2f", notebook.angle()),
                    String.format("%.4f", notebook.r2()),
                    String.format("%.4f", outcome.ceiling().components().get(t).r2())));
        }
        return rows;
    }

    private static String verdict(Outcome outcome) {
        double angle = outcome.answer().largestAngle();
        double r2 = outcome.answer().smallestR2();
        String measured = String.format(
                "the worst spectrum is %.2f degrees off, the worst map has R² %.3f, where %.3f is what the true spectra would"
                        + " give",
                angle, r2, outcome.ceiling().smallestR2());
        boolean spectraClose = angle <= CLOSE_DEGREES;
        boolean mapsClose = r2 >= CLOSE_R2;
        if (spectraClose && mapsClose) {
            return "close to the truth: " + measured;
        }
        String which = spectraClose ? "the maps are" : mapsClose ? "the spectra are" : "spectra and maps are";
        return which + " not close to the truth: " + measured;
    }

    private void write(ResultFolder folder, Outcome outcome) {
        Path dictionary = folder.path().resolve("G.npy");
        outcome.unmixed()
                .addTo(folder, host, options.seed(), null, dictionary)
                .add("G.npy", outcome.image().dictionary())
                .add("notebook-W.npy", outcome.fit().fit().w())
                .add("notebook-H.npy", outcome.fit().fit().h())
                .add("notebook-trace.csv", outcome.fit().traceCsv())
                .add("report.html", report(outcome))
                .write();
    }

    private String report(Outcome outcome) {
        SpectralImage image = outcome.image();
        Report report = new Report("nmf demo spectra")
                .paragraph("A simulated image of " + image.x().rows() + " channels and " + SHAPE
                        + " pixels, 300 photons a pixel, dictionary of "
                        + image.dictionary().columns() + ", " + RANK + " phases, seed " + options.seed()
                        + ": unmixed, and fitted as the notebook does it (Kullback–Leibler, Laplacian and log penalty,"
                        + " unit columns). Unmixing is " + verdict(outcome) + ".")
                .heading("Against the truth")
                .paragraph("The ceiling is what maps reach whose spectra are known.")
                .table(
                        List.of("component", "unmixing, °", "R²", "notebook's fit, °", "R²", "ceiling, R²"),
                        rows(outcome))
                .heading("Spectra")
                .paragraph("By unmixing (solid) and true (dashed), each scaled to a sum of one.");
        AgainstTruth answer = outcome.answer();
        for (int t = 0; t < RANK; t++) {
            report.lines(
                    "component " + t,
                    UnmixingResult.unitSum(Measures.column(
                            outcome.unmixed().found().spectra(),
                            answer.components().get(t).found())),
                    UnmixingResult.unitSum(Measures.column(image.spectra(), t)));
        }
        report.heading("Maps")
                .paragraph("Proportion of each component, 0 black to 1 white: by unmixing, by the fit, and true.");
        AgainstTruth notebook = outcome.notebook();
        for (int t = 0; t < RANK; t++) {
            report.images(
                    "component " + t,
                    SHAPE,
                    Measures.row(
                            outcome.unmixed().found().h(),
                            answer.components().get(t).found()),
                    Measures.row(
                            outcome.fit().fit().h(),
                            notebook.components().get(t).found()),
                    Measures.row(image.h(), t));
        }
        outcome.unmixed().diagnosis(report);
        report.heading("Objective of the fit")
                .trace(outcome.fit().fit().trace())
                .paragraph(
                        "It falls further with more iterations; the answer does not come closer to the truth by that.");
        return report.html();
    }
}
