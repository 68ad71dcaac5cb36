package io.github.nmf4j.bench;

import io.github.nmf4j.data.MatrixFiles;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Our side of {@code peers/peers.py}: one virtual machine that does one work after another and answers each line of standard
 * input by one of standard output.
 *
 * <pre>
 * open NAME KIND key=value…   ok
 * run NAME CALLS              median seconds of a call: the thread's CPU, the wall's
 * restart NAME                ok
 * write NAME FILE             ok
 * objective NAME              a number
 * close NAME                  ok
 * </pre>
 *
 * A request that fails is answered by {@code failed} and the reason.
 */
public final class Peer {
    private final Map<String, Work> open = new HashMap<>();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private Peer() {}

    /**
     * Answers until standard input ends.
     *
     * @param arguments none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers =
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        Peer peer = new Peer();
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println(peer.answer(line.strip().split(" ")));
        }
    }

    private String answer(String[] request) {
        try {
            String name = request[1];
            return switch (request[0]) {
                case "open" -> done(() -> open.put(name, Work.of(request[2], settings(request))));
                case "run" -> run(open.get(name), Integer.parseInt(request[2]));
                case "restart" -> done(open.get(name)::restart);
                case "write" ->
                    done(() -> MatrixFiles.write(
                            Path.of(request[2]), open.get(name).result()));
                case "objective" -> Double.toString(open.get(name).objective());
                case "close" -> done(() -> open.remove(name));
                default -> "failed: no request is called " + request[0];
            };
        } catch (RuntimeException e) {
            return "failed: " + e;
        }
    }

    private static String done(Runnable what) {
        what.run();
        return "ok";
    }

    private static Map<String, String> settings(String[] request) {
        Map<String, String> settings = new HashMap<>();
        for (String pair : Arrays.asList(request).subList(3, request.length)) {
            settings.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return settings;
    }

    private String run(Work work, int calls) {
        long[] cpu = new long[calls];
        long[] wall = new long[calls];
        for (int i = 0; i < calls; i++) {
            work.prepare();
            long cpuBefore = threads.getCurrentThreadCpuTime();
            long wallBefore = System.nanoTime();
            work.call();
            wall[i] = System.nanoTime() - wallBefore;
            cpu[i] = threads.getCurrentThreadCpuTime() - cpuBefore;
        }
        return median(cpu) * 1e-9 + " " + median(wall) * 1e-9;
    }

    private static long median(long[] readings) {
        Arrays.sort(readings);
        return readings[readings.length / 2];
    }
}
