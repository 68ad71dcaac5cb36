package io.github.nmf4j.bench;

import io.github.nmf4j.core.StoppingRule;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Our side of {@code peers/iteration.py}: for each line on standard input runs that many iterations of the seed problem and
 * answers with the median
 * seconds of one, by the thread's CPU clock and by the wall's.
 */
public final class IterationPeer {
    private IterationPeer() {}

    /**
     * Answers until standard input ends.
     *
     * @param arguments the backend's name; portable if there is none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        String backend = arguments.length > 0 ? arguments[0] : "portable";
        SeedProblem seed = new SeedProblem(42);
        PrintStream answers =
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            int iterations = Integer.parseInt(line.strip());
            Clocks clocks = new Clocks(iterations + 1);
            seed.settings(backend)
                    .onProgress(progress -> clocks.read())
                    .stopWhen(StoppingRule.afterIterations(iterations))
                    .build()
                    .fit(seed.x());
            answers.println(median(clocks.cpu) * 1e-9 + " " + median(clocks.wall) * 1e-9);
        }
    }

    /** The thread's clock and the wall's at each iteration. */
    private static final class Clocks {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private final long[] cpu;
        private final long[] wall;
        private int count;

        Clocks(int readings) {
            cpu = new long[readings];
            wall = new long[readings];
        }

        void read() {
            cpu[count] = threads.getCurrentThreadCpuTime();
            wall[count++] = System.nanoTime();
        }
    }

    private static double median(long[] readings) {
        long[] steps = new long[readings.length - 1];
        Arrays.setAll(steps, i -> readings[i + 1] - readings[i]);
        Arrays.sort(steps);
        return steps[steps.length / 2];
    }
}
