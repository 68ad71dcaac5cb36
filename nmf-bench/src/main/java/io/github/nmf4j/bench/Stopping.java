package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.BetaDivergence;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.ItakuraSaito;
import io.github.nmf4j.core.KullbackLeibler;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.StopReason;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.data.Clusters;
import io.github.nmf4j.data.SpectralImage;
import io.github.nmf4j.data.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the default stop, a gap of 1e-4 or 1000 iterations, leaves undone: how far the objective lies above what twenty times
 * more sweeps reach from the same start, on simulated data of three kinds, sizes and levels of noise, for every loss, from three random starts each.
 *
 * <p>{@code -Dlosses=REGEX} runs only losses that match, to split long runs, which a line a run puts together again.
 *
 * <pre>{@code java -cp benchmarks.jar io.github.nmf4j.bench.Stopping [15 30 60] [clusters topics spectra]}</pre>
 */
public final class Stopping {
    private static final int STARTS = 3;
    private static final int MOST = 1000;
    private static final int MORE = 20;
    private static final double CLOSE = 0.01;
    private static final int RANK = 4;
    private static final int CHANNELS = 50;

    private Stopping() {}

    private record Data(String name, Matrix x) {}

    private static List<Data> data(int size) {
        List<Data> all = new ArrayList<>();
        double[] noises = {0.2, 0.5, 1};
        double[] counts = {50, 300, 2000};
        double[] lengths = {20, 60, 200};
        for (double noise : noises) {
            Matrix x = Clusters.builder()
                    .samples(2 * size)
                    .features(size)
                    .noise(noise)
                    .simulate()
                    .x();
            all.add(new Data("clusters " + 2 * size + " x " + size + ", noise " + noise, x));
        }
        for (double length : lengths) {
            Matrix x = Topics.builder()
                    .documents(2 * size)
                    .words(size)
                    .topics(RANK)
                    .length(length)
                    .simulate()
                    .x();
            all.add(new Data("topics " + 2 * size + " x " + size + ", length " + length, x));
        }
        int side = (int) Math.sqrt(2 * size);
        for (double count : counts) {
            Matrix x = SpectralImage.builder()
                    .channels(CHANNELS)
                    .rank(RANK)
                    .shape(new Shape(side, side))
                    .photons(count)
                    .simulate()
                    .x();
            all.add(new Data("spectra " + x.rows() + " x " + x.columns() + ", photons " + count, x));
        }
        return all;
    }

    private static Matrix positive(Matrix x) {
        DenseMatrix shifted = x.toDense().copy();
        double mean = Arrays.stream(shifted.data()).average().orElse(1);
        for (int i = 0; i < shifted.data().length; i++) {
            shifted.data()[i] += 0.01 * mean;
        }
        return shifted;
    }

    private static Nmf.Builder builder(Loss loss, int start) {
        return Nmf.builder()
                .rank(RANK)
                .loss(loss)
                .start("random")
                .seed(start)
                .backend(System.getProperty("backend", "portable"));
    }

    /** Counts runs and those that ended close by. */
    private static final class Count {
        private int runs;
        private int close;
        private int limited;
        private double worst;

        void add(Factorization fit, double excess) {
            runs++;
            close += excess <= CLOSE ? 1 : 0;
            limited += fit.stop() == StopReason.TOLERANCE ? 0 : 1;
            worst = Math.max(worst, excess);
        }

        void print(String name) {
            System.out.printf(
                    Locale.ROOT,
                    "%-18s within %.0f %%: %d of %d; at the limit of iterations: %d; farthest: %.2e%n",
                    name,
                    100 * CLOSE,
                    close,
                    runs,
                    limited,
                    worst);
        }
    }

    private static void run(Matrix x, Loss loss, int start, String name, Count... counts) {
        Factorization fit = builder(loss, start)
                .stopWhen(StoppingRule.gapBelow(1e-4).orAfterIterations(MOST))
                .build()
                .fit(x);
        Factorization on = builder(loss, start)
                .stopWhen(StoppingRule.gapBelow(1e-9).orAfterIterations((1 + MORE) * fit.iterations()))
                .build()
                .fit(x);
        double excess = fit.objective() / on.objective() - 1;
        System.out.printf(
                Locale.ROOT,
                "%-38s %-18s %7d %12.2e %10s%n",
                name,
                named(loss),
                fit.iterations(),
                excess,
                fit.stop().label());
        for (Count count : counts) {
            count.add(fit, excess);
        }
    }

    private static String named(Loss loss) {
        return loss.name() + (loss instanceof BetaDivergence b ? " " + b.beta() : "");
    }

    /**
     * Prints the table.
     *
     * @param arguments sizes, 15, 30 and 60 unless given, and beginnings of the names of the data, all unless given
     */
    public static void main(String... arguments) {
        List<Loss> losses = List.of(
                new KullbackLeibler(),
                new Euclidean(),
                new ItakuraSaito(),
                new BetaDivergence(0.5),
                new BetaDivergence(1.5),
                new BetaDivergence(3));
        String wanted = System.getProperty("losses", ".*");
        losses = losses.stream().filter(loss -> named(loss).matches(wanted)).toList();
        List<String> names =
                Arrays.stream(arguments).filter(a -> !a.matches("\\d+")).toList();
        int[] sizes = Arrays.stream(arguments)
                .filter(a -> a.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .toArray();
        System.out.printf("%-38s %-18s %7s %12s %10s%n", "data, seed 0", "loss", "sweeps", "excess", "rule");
        Map<String, Count> counts = new LinkedHashMap<>();
        Count all = new Count();
        for (int size : sizes.length == 0 ? new int[] {15, 30, 60} : sizes) {
            for (Data data : data(size)) {
                if (!names.isEmpty() && names.stream().noneMatch(data.name::startsWith)) {
                    continue;
                }
                for (Loss loss : losses) {
                    Matrix x = loss.allowsZero() ? data.x : positive(data.x);
                    Count count = counts.computeIfAbsent(named(loss), n -> new Count());
                    for (int start = 0; start < STARTS; start++) {
                        run(x, loss, start, data.name, count, all);
                    }
                }
            }
        }
        counts.forEach((name, count) -> count.print(name));
        all.print("all");
    }
}
