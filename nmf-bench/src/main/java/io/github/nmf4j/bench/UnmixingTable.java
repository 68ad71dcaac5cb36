package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.core.UnitColumns;
import io.github.nmf4j.data.Atoms;
import io.github.nmf4j.data.Maps;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.data.SpectralImage;
import io.github.nmf4j.regularizers.Laplacian;
import io.github.nmf4j.regularizers.LogPenalty;
import io.github.nmf4j.unmix.Diagnosis;
import io.github.nmf4j.unmix.Unmixed;
import io.github.nmf4j.unmix.Unmixing;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Prints the table of docs/unmixing.md: how far unmixing is from the truth on simulated images of several kinds, and what it
 * takes beside 100 iterations of a fit.
 *
 * <p>Arguments: the first seed (3000 unless said; seeds below 3000 were looked at while the method was chosen), and the folder of
 * reference data for the problems made of the toy image's spectra and maps, which are left out without it. With {@code each}
 * as a third argument a line a problem is printed too; a fourth is a part of the names of the rows that are wanted, of all unless said.
 */
public final class UnmixingTable {
    private static final int FIRST_SEED = 3000;
    private static final double CLOSE_DEGREES = 5;
    private static final double CLOSE_R2 = 0.9;
    private static final double CLEAR_GAP = 5;
    private static final Shape SHAPE = new Shape(100, 100);
    private static final int TIMED = 5;
    private static final int CLEAR = 9;
    private static final String DENSITIES = "toy maps, densities uniform in .1–2";

    private final long seed;
    private final boolean each;
    private final String wanted;
    private final PrintStream out;

    private UnmixingTable(long seed, boolean each, String wanted, PrintStream out) {
        this.seed = seed;
        this.each = each;
        this.wanted = wanted;
        this.out = out;
    }

    /** An image with its truth. */
    private record Problem(String name, Matrix x, Matrix g, DenseMatrix spectra, DenseMatrix h, Shape shape) {}

    /** How far the worst component is off; {@code bound} is the worst R² with the true spectra known. */
    private record Outcome(double angle, double r2, double bound, double gap, String regime) {
        boolean close() {
            return angle <= CLOSE_DEGREES && r2 >= CLOSE_R2;
        }
    }

    /**
     * Prints the table.
     *
     * @param args first seed, folder of reference data, {@code each}
     */
    public static void main(String... args) {
        Locale.setDefault(Locale.ROOT);
        long seed = args.length > 0 ? Long.parseLong(args[0]) : FIRST_SEED;
        boolean each = args.length > 2 && args[2].equals("each");
        String wanted = args.length > 3 ? args[3] : "";
        UnmixingTable table = new UnmixingTable(seed, each, wanted, System.out);
        table.header();
        if (args.length > 1 && !args[1].isEmpty()) {
            table.toy(Path.of(args[1], "toy-full"));
        }
        table.simulated();
        if (table.wants("assumptions")) {
            table.assumptions();
        }
        if (table.wants("times")) {
            table.times();
        }
    }

    private boolean wants(String row) {
        return row.contains(wanted);
    }

    private void header() {
        out.println("| problems | number | largest angle, median/p90/max | smallest R², median/p10/min |"
                + " R² with D known | all angles ≤ 5° and R² ≥ .9 |");
        out.println("| --- | --- | --- | --- | --- | --- |");
    }

    private void toy(Path folder) {
        Matrix g = matrix(folder, "G.npy");
        DenseMatrix spectra = matrix(folder, "truth_GW.npy").toDense();
        DenseMatrix h = matrix(folder, "truth_H.npy").toDense();
        for (int[] row : new int[][] {{300, 17}, {1000, 8}, {100, 8}}) {
            DenseMatrix sent = spectra.copy();
            sent.scale(row[0] / 300.0);
            print(
                    "toy maps and densities, " + row[0] + " counts",
                    row[1],
                    s -> toy("noise " + s, g, sent, h, seed + s));
        }
        if (wants(DENSITIES)) {
            densities(g, spectra, h);
        }
    }

    /** As many images as it takes to have enough with a clear gap. */
    private void densities(Matrix g, DenseMatrix spectra, DenseMatrix h) {
        List<Outcome> clear = new ArrayList<>();
        List<Outcome> faint = new ArrayList<>();
        for (int s = 0; clear.size() < CLEAR; s++) {
            SplittableRandom random = new SplittableRandom(seed + s);
            DenseMatrix sent = spectra.copy();
            for (int c = 0; c < sent.columns(); c++) {
                DenseMatrix column = sent.slice(0, c, sent.rows(), 1);
                double sum = Arrays.stream(column.copy().data()).sum();
                column.scale(300 * random.nextDouble(0.1, 2) / sum);
            }
            Outcome outcome = outcome(toy("densities " + s, g, sent, h, seed + s));
            (outcome.gap() >= CLEAR_GAP ? clear : faint).add(outcome);
        }
        print(DENSITIES + ", gap ≥ 5", clear);
        print(DENSITIES + ", gap < 5, met on the way", faint);
    }

    private static Problem toy(String name, Matrix g, DenseMatrix spectra, DenseMatrix h, long seed) {
        return new Problem(name, SpectralImage.counts(spectra, h, seed), g, spectra, h, SHAPE);
    }

    private void simulated() {
        print("blobs, spheres, wedges, grains; three kinds of G; 300 counts", 64, s -> simulated(3, 300, s, true));
        print("the same, 100 counts", 16, s -> simulated(3, 100, s, true));
        print("the same, 1000 counts", 16, s -> simulated(3, 1000, s, true));
        print("two components", 16, s -> simulated(2, 300, s, true));
        print("four components", 16, s -> simulated(4, 300, s, true));
        print("five components", 16, s -> simulated(5, 300, s, true));
        print("six components", 16, s -> simulated(6, 300, s, true));
        print("three components, no dictionary", 16, s -> simulated(3, 300, s, false));
    }

    /** What the three flags say of images that are as assumed, and of images that are not. */
    private void assumptions() {
        double[] gain = new double[24];
        double[] departure = new double[24];
        double[] departureOfRamp = new double[24];
        double[] room = new double[24];
        double[] roomOfThird = new double[24];
        for (int s = 0; s < gain.length; s++) {
            Problem problem = simulated(3, 300, s, true);
            Diagnosis diagnosis = diagnosis(problem.x(), problem);
            gain[s] = diagnosis.gain();
            departure[s] = diagnosis.departure();
            room[s] = most(diagnosis.room());
            DenseMatrix ramp = problem.h().copy();
            for (int j = 0; j < ramp.columns(); j++) {
                ramp.slice(0, j, ramp.rows(), 1).scale(1 - 0.2 * (j % SHAPE.width()) / SHAPE.width());
            }
            departureOfRamp[s] = diagnosis(SpectralImage.counts(problem.spectra(), ramp, seed + s), problem)
                    .departure();
            DenseMatrix third = problem.h().copy();
            for (int j = 0; j < third.columns(); j++) {
                double moved = third.get(1, j) * 2 / 3;
                third.set(1, j, third.get(1, j) - moved);
                third.set(0, j, third.get(0, j) + moved);
            }
            roomOfThird[s] = most(diagnosis(SpectralImage.counts(problem.spectra(), third, seed + s), problem)
                    .room());
        }
        out.println();
        range("gain of counts", gain);
        range("departure, one dose", departure);
        range("departure, dose falling by a fifth across the image", departureOfRamp);
        range("room, maps as they are", room);
        range("room, one map at most a third", roomOfThird);
    }

    private static Diagnosis diagnosis(Matrix x, Problem problem) {
        return Unmixing.builder()
                .rank(problem.spectra().columns())
                .dictionary(problem.g())
                .build()
                .of(x, problem.shape())
                .diagnosis();
    }

    private static double most(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private void range(String name, double[] values) {
        Arrays.sort(values);
        out.printf(
                "%s, %d images: %.3f to %.3f, median %.3f%n",
                name, values.length, values[0], values[values.length - 1], quantile(values, 0.5));
    }

    /** Kinds of maps and of atoms in turn, so that every pair comes up. */
    private Problem simulated(int rank, double photons, int s, boolean dictionary) {
        Maps[] maps = {Maps.BLOBS, Maps.SPHERES, Maps.WEDGES, Maps.GRAINS};
        Atoms[] atoms = Atoms.values();
        SpectralImage image = SpectralImage.builder()
                .rank(rank)
                .photons(photons)
                .maps(maps[s % maps.length])
                .look(atoms[s / maps.length % atoms.length])
                .seed(seed + s)
                .simulate();
        return new Problem(
                maps[s % maps.length] + " " + atoms[s / maps.length % atoms.length],
                image.x(),
                dictionary ? image.dictionary() : null,
                image.spectra(),
                image.h(),
                image.shape());
    }

    private Outcome outcome(Problem problem) {
        Outcome outcome = measured(problem);
        if (each) {
            out.printf(
                    "  %-20s angle %6.2f R² %6.3f bound %6.3f gap %8.3f %s%n",
                    problem.name(), outcome.angle(), outcome.r2(), outcome.bound(), outcome.gap(), outcome.regime());
        }
        return outcome;
    }

    private Outcome measured(Problem problem) {
        int rank = problem.spectra().columns();
        Unmixing.Builder builder =
                Unmixing.builder().rank(rank).threads(Runtime.getRuntime().availableProcessors());
        if (problem.g() != null) {
            builder.dictionary(problem.g());
        }
        Unmixing unmixing = builder.build();
        Unmixed found;
        try {
            found = unmixing.of(problem.x(), problem.shape());
        } catch (InvalidInputException refused) {
            out.println("  " + problem.name() + " refused: " + refused.getMessage());
            return new Outcome(90, 0, Double.NaN, 0, "refused");
        }
        int[] truthOf = Measures.matchByAngle(problem.spectra(), found.spectra());
        Matrix known = unmixing.maps(problem.x(), problem.shape(), problem.spectra());
        double angle = 0;
        double r2 = 1;
        double bound = 1;
        for (int c = 0; c < rank; c++) {
            double[] spectrum = Measures.column(problem.spectra(), truthOf[c]);
            double[] map = Measures.row(problem.h(), truthOf[c]);
            angle = Math.max(angle, Measures.angle(spectrum, Measures.column(found.spectra(), c)));
            r2 = Math.min(r2, Measures.r2(map, Measures.row(found.h(), c)));
            bound = Math.min(bound, Measures.r2(map, Measures.row(known, truthOf[c])));
        }
        return new Outcome(
                angle,
                r2,
                bound,
                found.diagnosis().gap(),
                found.diagnosis().regime().label());
    }

    /** A problem is made when its turn comes, and not kept. */
    private void print(String name, int count, IntFunction<Problem> problems) {
        if (wants(name)) {
            print(
                    name,
                    IntStream.range(0, count)
                            .mapToObj(problems)
                            .map(this::outcome)
                            .toList());
        }
    }

    private void print(String name, List<Outcome> outcomes) {
        double[] angle = outcomes.stream().mapToDouble(Outcome::angle).sorted().toArray();
        double[] r2 = outcomes.stream().mapToDouble(Outcome::r2).sorted().toArray();
        double[] bound = outcomes.stream().mapToDouble(Outcome::bound).sorted().toArray();
        out.printf(
                "| %s | %d | %.1f/%.1f/%.1f | %.3f/%.3f/%.3f | %.3f | %d |%n",
                name,
                outcomes.size(),
                quantile(angle, 0.5),
                quantile(angle, 0.9),
                quantile(angle, 1),
                quantile(r2, 0.5),
                quantile(r2, 0.1),
                quantile(r2, 0),
                quantile(bound, 0.5),
                outcomes.stream().filter(Outcome::close).count());
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** The fit of the demonstration, 100 iterations, and unmixing of the same image, in turns. */
    private void times() {
        SpectralImage image = SpectralImage.builder().seed(seed).simulate();
        int threads = Runtime.getRuntime().availableProcessors();
        LinearAlgebraBackend backend = Plugins.load().backend();
        double[] fit = new double[TIMED];
        double[] unmix = new double[TIMED];
        for (int t = -1; t < TIMED; t++) {
            long start = System.nanoTime();
            Nmf.builder()
                    .rank(3)
                    .dictionary(image.dictionary())
                    .penalizeH(new Laplacian(SHAPE).times(2).plus(new LogPenalty().times(0.05)))
                    .constrainH(new UnitColumns())
                    .normalized()
                    .backend(backend)
                    .threads(threads)
                    .stopWhen(StoppingRule.afterIterations(100))
                    .build()
                    .fit(image.x());
            long middle = System.nanoTime();
            Unmixing.builder()
                    .rank(3)
                    .dictionary(image.dictionary())
                    .threads(threads)
                    .build()
                    .of(image.x(), SHAPE);
            long end = System.nanoTime();
            if (t >= 0) {
                fit[t] = (middle - start) * 1e-9;
                unmix[t] = (end - middle) * 1e-9;
            }
        }
        Arrays.sort(fit);
        Arrays.sort(unmix);
        out.printf(
                "%nmedian of %d, %d threads, Java %s: 100 iterations of a fit (%s) %.3f s, unmixing %.3f s%n",
                TIMED, threads, System.getProperty("java.version"), backend.name(), fit[TIMED / 2], unmix[TIMED / 2]);
    }

    private static Matrix matrix(Path folder, String name) {
        return MatrixFiles.read(folder.resolve(name)).matrix();
    }
}
