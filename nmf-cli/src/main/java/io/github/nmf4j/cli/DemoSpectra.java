package io.github.nmf4j.cli;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.PortableBackend;
import io.github.nmf4j.core.Progress;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.data.NamedMatrix;
import io.github.nmf4j.data.SpectralImage;
import io.github.nmf4j.data.Terms;
import io.github.nmf4j.unmix.Unmixing;
import java.io.PrintWriter;
import java.nio.file.Path;
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
                        + " 15, and finds the spectra and maps of its 3 phases: by fits as in the notebook of ESPM, without"
                        + " regularisation and with it, and by unmixing.")
final class DemoSpectra implements Callable<Integer> {
    private static final int RANK = 3;
    private static final int ITERATIONS = 200;
    private static final int PRINT_EVERY = 20;
    private static final Shape SHAPE = new Shape(100, 100);
    private static final String ROW = "%-9s | %8s %9s | %8s %9s | %8s %9s | %9s%n";

    private final Host host;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DemoOptions options;

    DemoSpectra(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        ResultFolder folder = options.out() == null ? null : ResultFolder.at(options.out());
        ResultFolder figures = options.figures();
        Plugins plugins = Plugins.load();
        PrintWriter out = spec.commandLine().getOut();
        SpectralImage image = SpectralImage.builder()
                .rank(RANK)
                .shape(SHAPE)
                .seed(options.seed())
                .simulate();
        if (options.talks()) {
            out.printf(
                    "simulated: %d channels x %s pixels, %d phases, dictionary of %d, 300 photons a pixel, seed %d%n",
                    image.x().rows(), SHAPE, RANK, image.dictionary().columns(), options.seed());
        }
        host.interruption().begin();
        SpectraStudy.Fitted plain = fit("without regularisation", List.of(), image, plugins, out);
        SpectraStudy.Fitted regularised = fit(
                "with regularisation",
                List.of("h:laplacian:shape=" + SHAPE + ",weight=2", "h:log:weight=0.05"),
                image,
                plugins,
                out);
        Unmixing unmixing = Unmixing.builder()
                .rank(RANK)
                .dictionary(image.dictionary())
                .seed(options.seed())
                .threads(Runtime.getRuntime().availableProcessors())
                .build();
        SpectraStudy study = new SpectraStudy(
                image,
                plain,
                regularised,
                UnmixingResult.of(unmixing.of(image.x(), SHAPE), NamedMatrix.of(image.x()), SHAPE, plugins),
                unmixing.maps(image.x(), SHAPE, image.spectra()));
        if (folder != null) {
            write(folder, figures, study);
        }
        tell(out, study, folder);
        return host.interruption().requested() ? Run.INTERRUPTED : 0;
    }

    private SpectraStudy.Fitted fit(
            String title, List<String> penalties, SpectralImage image, Plugins plugins, PrintWriter out) {
        Terms terms = TermTexts.parse("kullback-leibler", penalties, List.of("h:unit-columns"), plugins, new Inputs());
        Nmf.Builder builder = Nmf.builder()
                .rank(RANK)
                .dictionary(image.dictionary())
                .normalized()
                .seed(options.seed())
                .threads(Runtime.getRuntime().availableProcessors())
                .stopWhen(StoppingRule.afterIterations(ITERATIONS).orWhen(host.interruption()::requested));
        terms.applyTo(builder);
        if (options.talks()) {
            out.println(title);
            out.printf("%9s %9s %14s %12s%n", "iteration", "seconds", "objective", "iterations/s");
            builder.onProgress(at -> print(out, at));
        }
        Factorization fit = builder.build().fit(image.x());
        DenseMatrix spectra = DenseMatrix.zeros(image.x().rows(), RANK);
        new PortableBackend().multiply(Product.AB, image.dictionary(), fit.w().toDense(), 0, spectra);
        return new SpectraStudy.Fitted(
                new Result(fit, terms, NamedMatrix.of(image.x()), Storage.asGiven(image.x())), spectra);
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

    private void tell(PrintWriter out, SpectraStudy study, ResultFolder folder) {
        if (options.json()) {
            ObjectNode json = study.unmixed().line(options.out());
            json.put("seed", options.seed());
            study.answer().addTo(json);
            add(json.putObject("notebook"), study.withRegularisation(), study.regularised());
            add(json.putObject("plain"), study.withoutRegularisation(), study.plain());
            study.ceiling().add(json.putObject("ceiling").putArray("r2"), AgainstTruth.Component::r2);
            out.println(json);
            return;
        }
        out.println();
        study.plain().result().print(out);
        study.regularised().result().print(out);
        out.println();
        study.unmixed().print(out);
        out.println();
        out.printf(
                "%-9s | %-18s | %-18s | %-18s | %s%n", "", "unmixing", "regularised fit", "plain fit", "known spectra");
        out.printf(ROW, "component", "angle, °", "R²", "angle, °", "R²", "angle, °", "R²", "R²");
        study.rows().forEach(row -> out.printf(ROW, row.toArray()));
        out.println(study.verdict());
        out.println(study.comparison());
        if (folder != null) {
            out.println("wrote " + folder.names() + " to " + folder.path());
        }
    }

    private static void add(ObjectNode json, AgainstTruth measured, SpectraStudy.Fitted fitted) {
        measured.addTo(json);
        json.setAll(fitted.result().line(null));
    }

    private void write(ResultFolder folder, ResultFolder figures, SpectraStudy study) {
        Path dictionary = folder.path().resolve("G.npy");
        ObjectNode model = study.unmixed().modelJson(host, options.seed(), null, dictionary);
        study.unmixed().addTo(folder, model).add("G.npy", study.image().dictionary());
        add(folder, "notebook-", study.regularised());
        add(folder, "plain-", study.plain());
        ReportOptions.write(folder, figures, SpectraPage.of(study, options.seed()));
    }

    private static void add(ResultFolder folder, String prefix, SpectraStudy.Fitted fitted) {
        folder.add(prefix + "W.npy", fitted.fit().w())
                .add(prefix + "H.npy", fitted.fit().h())
                .add(prefix + "trace.csv", fitted.result().traceCsv());
    }
}
