package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.core.Acceleration;
import io.github.nmf4j.core.Gate;
import io.github.nmf4j.core.Hals;
import io.github.nmf4j.core.Iterate;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Objective;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.Problem;
import io.github.nmf4j.core.SeenData;
import io.github.nmf4j.core.Solver;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.core.Sweep;
import io.github.nmf4j.data.MatrixFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Counts the sweeps that solvers and accelerations need: a row a method, medians over starts, to within some shares of the
 * lowest objective that any method reaches from the same start.
 *
 * <p>Sweeps do not depend on the machine; a sweep given up after its first pass counts one half. Starts from which methods end
 * more than 1e-5 apart are in different minima: they are listed and left out.
 *
 * <p>{@code -Dclock=cpu} counts the seconds that the fitting thread computes, for one thread on a machine that others use;
 * {@code -Dmost=N} limits the sweeps.
 *
 * <p>{@code -Dstarts=0-4} runs only these starts of each problem, and {@code -Dmethods=REGEX} only methods that match, to split
 * long runs, which a line a run puts together again. With {@code -Dcurves=FILE} every point of every run is written there too, a line of CSV each: problem, method, start, sweeps,
 * seconds, excess over the limit; with {@code -Ddump=FOLDER} data, starts and limits, for {@code peers/converge.py}.
 *
 * <pre>{@code java -cp benchmarks.jar io.github.nmf4j.bench.Convergence [-Dnmf4j.reference=…] toy clusters dense sparse gamma}</pre>
 */
public final class Convergence {
    private static final double SAME_MINIMUM = 1e-5;

    private Convergence() {}

    /** One point of a run. */
    private record Point(double sweeps, double seconds, double objective) {}

    /** Writes down what each sweep began with. */
    private static final class Recorder implements Acceleration {
        private final Acceleration acceleration;
        private final LongSupplier clock = System.getProperty("clock", "wall").equals("cpu")
                ? ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime
                : System::nanoTime;
        private final List<Point> points = new ArrayList<>();
        private double sweeps;
        private Iterate first;

        Recorder(Acceleration acceleration) {
            this.acceleration = acceleration;
        }

        @Override
        public String name() {
            return acceleration.name();
        }

        @Override
        public Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem) {
            first = start.copy();
            long began = clock.getAsLong();
            Gate recording = new Gate() {
                @Override
                public boolean wantsObjective() {
                    return true;
                }

                @Override
                public boolean proceed(Iterate at, Objective objective) {
                    points.add(new Point(sweeps, (clock.getAsLong() - began) * 1e-9, objective.total()));
                    return gate.proceed(at, objective);
                }
            };
            Sweep counting = new Sweep() {
                @Override
                public boolean run(Iterate from, Iterate into, Gate inner) {
                    boolean done = sweep.run(from, into, inner);
                    sweeps += done ? 1 : 0.5;
                    return done;
                }

                @Override
                public Optional<Sweep> on(SeenData seen) {
                    return sweep.on(seen);
                }
            };
            return acceleration.run(counting, start, recording, problem);
        }
    }

    private static List<Point> run(ConvergenceProblem problem, int start, String[] method) {
        Plugins plugins = Plugins.load();
        Recorder recorder = new Recorder(plugins.find(Acceleration.class, method[1]));
        Nmf.Builder builder = problem.builder(start)
                .acceleration(recorder)
                .stopWhen(StoppingRule.afterIterations(problem.sweeps(method[0], method[1])));
        String[] solver = method[0].split(":");
        builder.solver(
                solver.length == 1 ? plugins.find(Solver.class, solver[0]) : new Hals(Integer.parseInt(solver[1])));
        String backend = System.getProperty("backend");
        if (backend != null) {
            builder.backend(backend);
        }
        builder.build().fit(problem.x(start));
        String folder = System.getProperty("dump");
        if (folder != null) {
            String prefix = problem.name() + "-";
            MatrixFiles.write(Path.of(folder, prefix + "x.npy"), problem.x(start));
            DenseMatrix w = recorder.first.values(Factor.W).transposed();
            MatrixFiles.write(Path.of(folder, prefix + start + "-w.npy"), w);
            MatrixFiles.write(Path.of(folder, prefix + start + "-h.npy"), recorder.first.values(Factor.H));
        }
        return recorder.points;
    }

    private static Point first(List<Point> points, double limit) {
        for (Point point : points) {
            if (point.objective <= limit) {
                return point;
            }
        }
        return null;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
    }

    private static void table(ConvergenceProblem problem) {
        System.out.println();
        System.out.println(problem.title());
        String pattern = System.getProperty("methods", ".*");
        List<String[]> methods = problem.methods().stream()
                .filter(method -> String.join(" ", method).matches(pattern))
                .toList();
        int[] starts = starts(problem);
        List<List<List<Point>>> runs = new ArrayList<>();
        for (String[] method : methods) {
            List<List<Point>> ofMethod = new ArrayList<>();
            for (int start : starts) {
                ofMethod.add(run(problem, start, method));
            }
            runs.add(ofMethod);
        }
        double[] limits = new double[starts.length];
        for (int start = 0; start < limits.length; start++) {
            limits[start] = Double.POSITIVE_INFINITY;
            for (List<List<Point>> ofMethod : runs) {
                List<Point> points = ofMethod.get(start);
                limits[start] = Math.min(limits[start], points.get(points.size() - 1).objective);
            }
        }
        writeLimits(problem, starts, limits);
        for (int i = 0; i < starts.length; i++) {
            for (int m = 0; m < methods.size(); m++) {
                ends(problem, starts[i], methods.get(m), runs.get(m).get(i), limits[i]);
            }
        }
        for (int m = 0; m < methods.size(); m++) {
            report(problem, methods.get(m), runs.get(m), limits);
            write(problem, String.join(" ", methods.get(m)), starts, runs.get(m), limits);
        }
    }

    /** One run in a line, to put pieces of a long comparison together: where it ended, and when it was how near to that. */
    private static void ends(ConvergenceProblem problem, int start, String[] method, List<Point> points, double limit) {
        double end = points.get(points.size() - 1).objective;
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "  start %d %-24s ends at %.9g, %.1e above",
                start,
                String.join(" ", method),
                end,
                end / limit - 1));
        for (double threshold : problem.thresholds()) {
            Point at = first(points, problem.absolute() ? threshold : end * (1 + threshold));
            line.append(String.format(
                    Locale.ROOT,
                    " | %.7g: %5.1f %.3fs",
                    threshold,
                    at == null ? Double.NaN : at.sweeps,
                    at == null ? Double.NaN : at.seconds));
        }
        System.out.println(line);
    }

    private static int[] starts(ConvergenceProblem problem) {
        String[] ends =
                System.getProperty("starts", "0-" + (problem.starts() - 1)).split("-");
        int last = Integer.parseInt(ends[ends.length - 1]);
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Math.min(last, problem.starts() - 1))
                .toArray();
    }

    private static void writeLimits(ConvergenceProblem problem, int[] starts, double[] limits) {
        String folder = System.getProperty("dump");
        for (int i = 0; i < limits.length && folder != null; i++) {
            append(Path.of(folder, problem.name() + "-" + starts[i] + "-limit.txt"), Double.toString(limits[i]));
        }
    }

    private static void append(Path file, CharSequence text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(
            ConvergenceProblem problem, String method, int[] starts, List<List<Point>> runs, double[] limits) {
        String file = System.getProperty("curves");
        if (file == null) {
            return;
        }
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < starts.length; i++) {
            for (Point point : runs.get(i)) {
                csv.append(String.format(
                        Locale.ROOT,
                        "\"%s\",%s,%d,%.1f,%.6f,%.9g%n",
                        problem.title(),
                        method,
                        starts[i],
                        point.sweeps,
                        point.seconds,
                        point.objective / limits[i] - 1));
            }
        }
        append(Path.of(file), csv);
    }

    private static void report(ConvergenceProblem problem, String[] method, List<List<Point>> runs, double[] limits) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-24s", method[0] + " " + method[1]));
        for (int t = 0; t < problem.thresholds().length; t++) {
            double threshold = problem.thresholds()[t];
            double[] sweeps = new double[runs.size()];
            double[] seconds = new double[runs.size()];
            int used = 0;
            int missed = 0;
            for (int start = 0; start < runs.size(); start++) {
                List<Point> points = runs.get(start);
                double end = points.get(points.size() - 1).objective;
                boolean elsewhere = !problem.absolute()
                        && end > limits[start] * (1 + SAME_MINIMUM)
                        && end < limits[start] * (1 + problem.elsewhere());
                Point at = first(points, problem.absolute() ? threshold : limits[start] * (1 + threshold));
                if (at == null && elsewhere) {
                    continue;
                }
                sweeps[used] = at == null ? Double.POSITIVE_INFINITY : at.sweeps;
                seconds[used++] = at == null ? Double.POSITIVE_INFINITY : at.seconds;
                missed += at == null ? 1 : 0;
            }
            double[] s = Arrays.copyOf(sweeps, used);
            double most = Arrays.stream(s).max().orElse(Double.NaN);
            line.append(String.format(
                    Locale.ROOT,
                    " | %.7g: %5.0f (max %4.0f) %.3fs%s",
                    threshold,
                    used == 0 ? Double.NaN : median(s),
                    most,
                    used == 0 ? Double.NaN : median(Arrays.copyOf(seconds, used)),
                    used < runs.size()
                            ? " [" + (runs.size() - used) + " elsewhere]"
                            : missed > 0 ? " [" + missed + " missed]" : ""));
        }
        System.out.println(line);
    }

    /**
     * Prints tables.
     *
     * @param names of problems; all if none
     */
    public static void main(String... names) {
        System.out.println(System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        List<String> wanted = List.of(names);
        for (ConvergenceProblem problem : ConvergenceProblem.all()) {
            if (wanted.isEmpty() || wanted.contains(problem.name())) {
                table(problem);
            }
        }
    }
}
