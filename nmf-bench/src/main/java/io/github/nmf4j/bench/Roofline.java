package io.github.nmf4j.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What one core of this machine can do at most, by loops that HotSpot vectorises or the Vector API: multiply-adds, divisions, and reading
 * memory. The best of several repeats, for a ceiling is not lowered by a neighbour.
 */
public final class Roofline {
    /** Doubles of an array that stays in L1. */
    private static final int SPAN = 1024;

    /**
     * Dependent multiply-adds a load and store; the span's vectors are independent and overlap. This comes within an eighth of
     * what hand-placed registers reach on Zen 4; longer chains fill the scheduler.
     */
    private static final int CHAIN = 8;

    private static final int REPEATS = 15;
    private static final int SPANS = 100_000;
    private static final int SWEEPS = 2;
    private static final double MEGABYTE = 1e6;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Roofline() {}

    /**
     * Prints a line {@code name value} for each ceiling.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        double[] a = new double[SPAN];
        double[] b = new double[SPAN];
        double[] c = new double[SPAN];
        Arrays.fill(a, 1);
        Arrays.fill(b, 3);
        out.printf(Locale.ROOT, "fma_gflops %.1f%n", multiplyAddPeak(a));
        out.printf(Locale.ROOT, "division_ns %.3f%n", nanos(SPANS, () -> divide(a, b, c)) / SPAN);
        for (int megabytes : new int[] {40, 400}) {
            double[] large = new double[(int) (megabytes * MEGABYTE / Double.BYTES)];
            Arrays.fill(large, 1);
            out.printf(
                    Locale.ROOT,
                    "read_%d_mb_gbs %.1f%n",
                    megabytes,
                    (double) Double.BYTES * large.length / nanos(SWEEPS, () -> read(large, c)));
        }
    }

    /** Nanoseconds of a call by the thread's CPU clock, which is read once for so many calls; the least of several means. */
    private static double nanos(int calls, Runnable work) {
        double least = Double.POSITIVE_INFINITY;
        for (int r = 0; r < REPEATS; r++) {
            long began = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < calls; i++) {
                work.run();
            }
            double spent = THREADS.getCurrentThreadCpuTime() - began;
            least = Math.min(least, spent / calls);
        }
        return least;
    }

    /** GFLOP/s; with the Vector API where it is there, for what C2 makes of the plain loop differs between releases. */
    private static double multiplyAddPeak(double[] a) {
        double plain = 2.0 * CHAIN * SPAN / nanos(SPANS, () -> multiplyAdd(a));
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return plain;
        }
        double[] sink = new double[1];
        double flops = VectorPeak.flops(SPAN);
        return Math.max(plain, flops / nanos(SPANS, () -> sink[0] += VectorPeak.multiplyAdd(SPAN)));
    }

    private static void multiplyAdd(double[] a) {
        for (int i = 0; i < SPAN; i++) {
            double v = a[i];
            v = Math.fma(v, 0.5, 1.0);
            v = Math.fma(v, 0.5, 1.0);
            v = Math.fma(v, 0.5, 1.0);
            v = Math.fma(v, 0.5, 1.0);
            v = Math.fma(v, 0.5, 1.0);
            v = Math.fma(v, 0.5, 1.0);
            v = Math.fma(v, 0.5, 1.0);
            a[i] = Math.fma(v, 0.5, 1.0);
        }
    }

    private static void divide(double[] a, double[] b, double[] into) {
        for (int i = 0; i < SPAN; i++) {
            into[i] = a[i] / b[i];
        }
    }

    /** Copies into an array that stays in L1, which costs what the reading costs. */
    private static void read(double[] from, double[] into) {
        for (int at = 0; at + SPAN <= from.length; at += SPAN) {
            System.arraycopy(from, at, into, 0, SPAN);
        }
    }
}
