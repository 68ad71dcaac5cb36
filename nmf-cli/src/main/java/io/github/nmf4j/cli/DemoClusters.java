package io.github.nmf4j.cli;

import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.StopReason;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.data.Clusters;
import io.github.nmf4j.data.NamedMatrix;
import io.github.nmf4j.data.Terms;
import io.github.nmf4j.report.Page;
import io.github.nmf4j.report.PrincipalComponents;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code nmf demo clusters}: samples around a few centres, factorised with too few components and with enough. */
@Command(
        name = "clusters",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        description =
                "Simulates 5000 samples of 1000 features around 5 centres, and fits them with 2 to 8 components under"
                        + " the Euclidean loss.")
final class DemoClusters implements Callable<Integer> {
    private static final int CLUSTERS = 5;
    private static final int FEWEST = 2;
    private static final int MOST = 8;
    private static final int ITERATIONS = 200;
    private static final double TOLERANCE = 1e-5;

    private final Host host;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DemoOptions options;

    DemoClusters(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        ResultFolder folder = options.out() == null ? null : ResultFolder.at(options.out());
        ResultFolder figures = options.figures();
        Plugins plugins = Plugins.load();
        PrintWriter out = spec.commandLine().getOut();
        Clusters simulated =
                Clusters.builder().clusters(CLUSTERS).seed(options.seed()).simulate();
        Terms terms = TermTexts.parse("euclidean", List.of(), List.of(), plugins, new Inputs());
        double floor = relativeNoise(simulated);
        if (options.talks()) {
            out.printf(
                    "simulated: %d samples x %d features around %d centres, seed %d; the noise alone is %.4f of the data%n",
                    simulated.x().rows(), simulated.x().columns(), CLUSTERS, options.seed(), floor);
        }
        if (!options.json()) {
            out.printf(
                    "%4s %11s %9s %14s %15s %8s%n",
                    "rank", "iterations", "seconds", "objective", "relative error", "purity");
        }
        List<ClustersPage.Attempt> attempts = new ArrayList<>();
        host.interruption().begin();
        for (int rank = FEWEST; rank <= MOST; rank++) {
            ClustersPage.Attempt attempt = attempt(simulated, terms, plugins, rank);
            attempts.add(attempt);
            if (!options.json()) {
                Factorization fit = attempt.fit();
                out.printf(
                        "%4d %11d %9.2f %14.7g %15.4f %8.4f%n",
                        rank,
                        fit.iterations(),
                        fit.seconds(),
                        fit.objective(),
                        attempt.relativeError(),
                        attempt.purity());
                out.flush();
            }
            if (attempt.fit().stop() == StopReason.CANCELLED) {
                break;
            }
        }
        ClustersPage.Attempt last = attempts.get(Math.min(CLUSTERS - FEWEST, attempts.size() - 1));
        Result result = new Result(last.fit(), terms, NamedMatrix.of(simulated.x()), Storage.asGiven(simulated.x()));
        if (folder != null) {
            folder.add("W.npy", last.fit().w())
                    .add("H.npy", last.fit().h())
                    .add("trace.csv", result.traceCsv())
                    .add("model.json", Result.pretty(result.modelJson(host, options.seed(), null, null)));
            ReportOptions.write(folder, figures, report(simulated, plugins, attempts, last, floor));
        }
        if (options.json()) {
            ObjectNode json = result.line(options.out());
            json.put("seed", options.seed());
            json.put("relativeError", last.relativeError());
            json.put("purity", last.purity());
            ArrayNode all = json.putArray("attempts");
            for (ClustersPage.Attempt attempt : attempts) {
                all.addObject()
                        .put("rank", attempt.fit().rank())
                        .put("relativeError", attempt.relativeError())
                        .put("purity", attempt.purity());
            }
            out.println(json);
        } else {
            out.println(verdict(last, floor));
            if (folder != null) {
                out.println("wrote " + folder.names() + " to " + folder.path());
            }
        }
        return last.fit().stop() == StopReason.CANCELLED ? Run.INTERRUPTED : 0;
    }

    private ClustersPage.Attempt attempt(Clusters simulated, Terms terms, Plugins plugins, int rank) {
        Nmf.Builder builder = Nmf.builder()
                .rank(rank)
                .seed(options.seed())
                .threads(Runtime.getRuntime().availableProcessors())
                .stopWhen(StoppingRule.relativeDecreaseBelow(TOLERANCE)
                        .orAfterIterations(ITERATIONS)
                        .orWhen(host.interruption()::requested));
        terms.applyTo(builder);
        Factorization fit = builder.build().fit(simulated.x());
        return new ClustersPage.Attempt(
                fit,
                Measures.relativeError(simulated.x(), fit.w(), fit.h()),
                Measures.purity(simulated.labels(), fit.w(), fit.h()));
    }

    /** ‖X − centre of each sample‖ / ‖X‖: what remains when the centres are known. */
    private static double relativeNoise(Clusters simulated) {
        double off = 0;
        double all = 0;
        for (int i = 0; i < simulated.x().rows(); i++) {
            for (int j = 0; j < simulated.x().columns(); j++) {
                double value = simulated.x().get(i, j);
                double difference = value - simulated.centres().get(simulated.labels()[i], j);
                off += difference * difference;
                all += value * value;
            }
        }
        return Math.sqrt(off / all);
    }

    private static String verdict(ClustersPage.Attempt last, double floor) {
        return String.format(
                "with %d components the dominant one names the cluster of %.1f %% of the samples; relative error %.4f, the"
                        + " noise alone %.4f",
                last.fit().rank(), 100 * last.purity(), last.relativeError(), floor);
    }

    private Page report(
            Clusters simulated,
            Plugins plugins,
            List<ClustersPage.Attempt> attempts,
            ClustersPage.Attempt last,
            double floor) {
        PrincipalComponents leading = PrincipalComponents.of(
                simulated.x(),
                ClustersPage.COMPONENTS,
                plugins.backend(last.fit().backend()),
                options.seed());
        return new ClustersPage(simulated, leading, attempts, last, floor).page(verdict(last, floor), options.seed());
    }
}
