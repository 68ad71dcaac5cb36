package io.github.nmf4j.cli;

import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.core.Trace;
import io.github.nmf4j.data.Clusters;
import io.github.nmf4j.report.Curves;
import io.github.nmf4j.report.Figure;
import io.github.nmf4j.report.Page;
import io.github.nmf4j.report.PrincipalComponents;
import io.github.nmf4j.report.Raster;
import io.github.nmf4j.report.Scatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shows the study of the clusters.
 *
 * @param simulated samples and their truth
 * @param leading principal components of the samples
 * @param attempts by rank
 * @param chosen the one whose W is shown
 * @param floor the relative error that the true centres leave
 */
record ClustersPage(
        Clusters simulated, PrincipalComponents leading, List<Attempt> attempts, Attempt chosen, double floor) {
    /** How many principal components are found; two of them are drawn. */
    static final int COMPONENTS = 10;

    /** One fit and its measures. */
    record Attempt(Factorization fit, double relativeError, double purity) {}

    Page page(String verdict, long seed) {
        Page page = new Page("Samples around centres")
                .paragraph(simulated.x().rows() + " samples of " + simulated.x().columns() + " features around "
                        + simulated.centres().rows() + " centres, seed " + seed + ", fitted under the Euclidean loss.")
                .paragraph("Result: " + verdict + ".");
        ranks(page);
        plane(page);
        assignments(page);
        return page.heading("To repeat it")
                .verbatim("nmf demo clusters --seed " + seed)
                .foot("nmf4j " + Versions.nmf4j() + ", Java " + Versions.java() + ", " + Versions.machine());
    }

    private void ranks(Page page) {
        List<List<String>> rows = new ArrayList<>();
        Curves.Builder errors = Curves.of("Relative error by iteration", "iteration", "‖X − WH‖ / ‖X‖");
        double norm =
                Math.sqrt(Arrays.stream(simulated.x().data()).map(v -> v * v).sum());
        int longest = 0;
        for (Attempt attempt : attempts) {
            Factorization fit = attempt.fit();
            rows.add(List.of(
                    String.valueOf(fit.rank()),
                    String.valueOf(fit.iterations()),
                    String.format("%.4f", attempt.relativeError()),
                    String.format("%.4f", attempt.purity())));
            List<Trace.Row> trace = fit.trace().rows();
            // The loss is ½‖X − WH‖².
            errors.line(
                    "k = " + fit.rank(),
                    trace.stream().mapToDouble(Trace.Row::iteration).toArray(),
                    trace.stream()
                            .mapToDouble(row -> Math.sqrt(2 * row.objective()) / norm)
                            .toArray());
            longest = Math.max(longest, fit.iterations());
        }
        errors.dashed("noise", new double[] {0, longest}, new double[] {floor, floor});
        page.heading("How many components")
                .paragraph(
                        "The error falls with every component up to the number of centres, and hardly beyond it. The dashed line"
                                + " is what the true centres leave: the noise alone.")
                .figures(List.of(
                        errors.build(),
                        Curves.of("Relative error by rank", "components", "‖X − WH‖ / ‖X‖")
                                .line("fit", ranksOfAttempts(), errorsOfAttempts())
                                .dashed("noise", new double[] {first(), last()}, new double[] {floor, floor})
                                .build()))
                .table(List.of("rank", "iterations", "relative error", "purity"), rows);
    }

    private double first() {
        return ranksOfAttempts()[0];
    }

    private double last() {
        return ranksOfAttempts()[attempts.size() - 1];
    }

    private double[] ranksOfAttempts() {
        return attempts.stream().mapToDouble(attempt -> attempt.fit().rank()).toArray();
    }

    private double[] errorsOfAttempts() {
        return attempts.stream().mapToDouble(Attempt::relativeError).toArray();
    }

    private void plane(Page page) {
        double[] x = Measures.column(leading.scores(), 0);
        double[] y = Measures.column(leading.scores(), 1);
        List<String> names = IntStream.range(0, simulated.centres().rows())
                .mapToObj(c -> "cluster " + c)
                .toList();
        List<Figure> figures = new ArrayList<>();
        figures.add(points("Samples by cluster", x, y).coloured(simulated.labels(), names));
        for (int c = 0; c < chosen.fit().rank(); c++) {
            figures.add(points("Samples by component " + c + " of W", x, y)
                    .coloured("entry of W", Measures.column(chosen.fit().w(), c)));
        }
        page.heading("The samples in a plane")
                .paragraph(
                        "Along the two directions in which they vary most, coloured by their true cluster, then by each column of W"
                                + " at rank " + chosen.fit().rank()
                                + ". A component that stands for a cluster lights up in it alone.")
                .thirds(figures);
        double[] number = new double[COMPONENTS];
        double[] sum = new double[COMPONENTS];
        Arrays.setAll(number, i -> i + 1);
        for (int i = 0; i < COMPONENTS; i++) {
            sum[i] = 100 * leading.explained()[i] + (i == 0 ? 0 : sum[i - 1]);
        }
        page.figures(List.of(Curves.of("Explained variance", "principal component", "% of the variance")
                .line(
                        "each",
                        number,
                        Arrays.stream(leading.explained()).map(v -> 100 * v).toArray())
                .line("up to it", number, sum)
                .show(0)
                .build()));
    }

    private Scatter.Points points(String title, double[] x, double[] y) {
        return Scatter.of(title, axis("First", 0), axis("Second", 1), x, y);
    }

    private String axis(String which, int component) {
        return String.format("%s principal component (%.1f %%)", which, 100 * leading.explained()[component]);
    }

    private void assignments(Page page) {
        int[] labels = simulated.labels();
        int[] order = IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> labels[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int rank = chosen.fit().rank();
        double[] values = new double[rank * order.length];
        for (int c = 0; c < rank; c++) {
            double[] column = Measures.column(chosen.fit().w(), c);
            double most = Arrays.stream(column).max().orElse(0);
            for (int i = 0; i < order.length; i++) {
                values[c * order.length + i] = most > 0 ? column[order[i]] / most : 0;
            }
        }
        Raster.Builder map = Raster.heatMap("W, samples in the order of their clusters", rank, order.length, values)
                .axes("component of W", "cluster of the samples")
                .unit("share of the greatest")
                .range(0, 1);
        for (int from = 0; from < order.length; ) {
            int label = labels[order[from]];
            int to = from;
            while (to < order.length && labels[order[to]] == label) {
                to++;
            }
            map.mark((from + to - 1) / 2.0, String.valueOf(label));
            from = to;
        }
        page.heading("Which component names which cluster").figures(List.of(map.build()));
    }
}
