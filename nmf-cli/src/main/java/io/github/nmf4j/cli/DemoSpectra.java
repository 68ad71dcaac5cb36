package io.github.nmf4j.cli;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
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
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code nmf demo spectra}: a simulated spectral image, its spectra and maps found again. */
@Command(
        name = "spectra",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        description =
                "Simulates a spectral image of 200 channels x 100 x 100 pixels, 300 photons a pixel, with a dictionary of"
                        + " 15, and finds the spectra and maps of its 3 phases.")
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

    /** How a found component compares with the true one it stands for. */
    private record Component(int found, double angle, double mse, double mae, double r2) {}

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

        DenseMatrix spectra = DenseMatrix.zeros(image.spectra().rows(), RANK);
        plugins.backend().multiply(Product.AB, image.dictionary(), fit.w().toDense(), 0, spectra);
        List<Component> components = compare(image, fit, spectra);
        NamedMatrix x = NamedMatrix.of(image.x());
        Result result = new Result(fit, terms, x, Storage.asGiven(image.x()));
        if (folder != null) {
            write(folder, result, image, spectra, components);
        }
        tell(out, result, components, folder);
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

    /** Compares in the order of the truth. */
    private static List<Component> compare(SpectralImage image, Factorization fit, DenseMatrix spectra) {
        int[] truthOf = Measures.matchByAngle(image.spectra(), spectra);
        Component[] components = new Component[RANK];
        for (int c = 0; c < RANK; c++) {
            int t = truthOf[c];
            double[] truth = Measures.row(image.h(), t);
            double[] map = Measures.row(fit.h(), c);
            components[t] = new Component(
                    c,
                    Measures.angle(Measures.column(image.spectra(), t), Measures.column(spectra, c)),
                    Measures.meanSquaredError(truth, map),
                    Measures.meanAbsoluteError(truth, map),
                    Measures.r2(truth, map));
        }
        return List.of(components);
    }

    private void tell(PrintWriter out, Result result, List<Component> components, ResultFolder folder) {
        if (options.json()) {
            ObjectNode json = result.line(options.out());
            json.put("seed", options.seed());
            add(json.putArray("angles"), components, Component::angle);
            add(json.putArray("mse"), components, Component::mse);
            add(json.putArray("mae"), components, Component::mae);
            add(json.putArray("r2"), components, Component::r2);
            out.println(json);
            return;
        }
        result.print(out);
        out.printf(
                "%n%-9s %16s %12s %12s %12s%n",
                "component", "angle (degrees)", "MSE of map", "MAE of map", "R2 of map");
        for (int t = 0; t < RANK; t++) {
            Component c = components.get(t);
            out.printf("%-9d %16.3f %12.6f %12.6f %12.4f%n", t, c.angle(), c.mse(), c.mae(), c.r2());
        }
        out.println(verdict(components));
        if (folder != null) {
            out.println("wrote " + folder.names() + " to " + folder.path());
        }
    }

    private static void add(ArrayNode array, List<Component> components, ToDoubleFunction<Component> measure) {
        components.forEach(c -> array.add(measure.applyAsDouble(c)));
    }

    private static String verdict(List<Component> components) {
        double angle = components.stream().mapToDouble(Component::angle).max().orElseThrow();
        double r2 = components.stream().mapToDouble(Component::r2).min().orElseThrow();
        String measured = String.format("the worst spectrum is %.2f degrees off, the worst map has R2 %.3f", angle, r2);
        boolean spectraClose = angle <= CLOSE_DEGREES;
        boolean mapsClose = r2 >= CLOSE_R2;
        if (spectraClose && mapsClose) {
            return "close to the truth: " + measured;
        }
        String which = spectraClose ? "the maps are" : mapsClose ? "the spectra are" : "spectra and maps are";
        return which + " not close to the truth: " + measured
                + "; the objective has many minima and little to choose between mixtures of the same phases";
    }

    private void write(
            ResultFolder folder, Result result, SpectralImage image, DenseMatrix spectra, List<Component> components) {
        Factorization fit = result.fit();
        Path dictionary = folder.path().resolve("G.npy");
        folder.add("W.npy", fit.w())
                .add("H.npy", fit.h())
                .add("G.npy", image.dictionary())
                .add("trace.csv", result.traceCsv())
                .add("model.json", Result.pretty(result.modelJson(host, options.seed(), null, dictionary)))
                .add("report.html", report(result, image, spectra, components))
                .write();
    }

    private String report(Result result, SpectralImage image, DenseMatrix spectra, List<Component> components) {
        Report report = new Report("nmf demo spectra")
                .paragraph("A simulated image of " + image.x().rows() + " channels and " + SHAPE
                        + " pixels, 300 photons a"
                        + " pixel, fitted as G·W·H with " + RANK + " components, seed " + options.seed() + ". Result: "
                        + verdict(components) + ".");
        List<List<String>> rows = new ArrayList<>();
        for (int t = 0; t < RANK; t++) {
            Component c = components.get(t);
            rows.add(List.of(
                    String.valueOf(t),
                    String.format("%.3f", c.angle()),
                    String.format("%.5f", c.mse()),
                    String.format("%.5f", c.mae()),
                    String.format("%.4f", c.r2())));
        }
        report.heading("Against the truth")
                .table(List.of("component", "angle (degrees)", "MSE of map", "MAE of map", "R² of map"), rows);
        report.heading("Objective").trace(result.fit().trace());
        report.heading("Spectra").paragraph("Found (solid) and true (dashed), each scaled to a sum of one.");
        for (int t = 0; t < RANK; t++) {
            report.lines(
                    "component " + t,
                    unitSum(Measures.column(spectra, components.get(t).found())),
                    unitSum(Measures.column(image.spectra(), t)));
        }
        report.heading("Maps").paragraph("Proportion of each component, 0 black to 1 white: found, then true.");
        for (int t = 0; t < RANK; t++) {
            report.images(
                    "component " + t,
                    SHAPE,
                    Measures.row(result.fit().h(), components.get(t).found()),
                    Measures.row(image.h(), t));
        }
        return report.html();
    }

    private static double[] unitSum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        for (int i = 0; i < values.length && sum > 0; i++) {
            values[i] /= sum;
        }
        return values;
    }
}
