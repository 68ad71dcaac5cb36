package io.github.nmf4j.cli;

import io.github.nmf4j.core.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says on a line now and then how a run goes, where standard error is no terminal: after ten seconds, then when the time has
 * doubled, but every five minutes at least. A run of an hour writes sixteen lines.
 */
final class ProgressLines implements RunView {
    private static final double FIRST = 10;
    private static final double APART = 300;
    private static final double NANOS = 1e-9;

    private final PrintWriter err;
    private final LongSupplier clock;
    private final long limit;
    private long began;
    private double next = FIRST;
    private long done = -1; // the first question comes before the first iteration
    private Progress last;

    ProgressLines(PrintWriter err, LongSupplier clock, long limit) {
        this.err = err;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public synchronized void step() {
        done++;
        if (done == 0) { // what came before, reading and the start, says nothing of the pace
            began = clock.getAsLong();
            return;
        }
        double seconds = (clock.getAsLong() - began) * NANOS;
        if (seconds < next) {
            return;
        }
        next = Math.min(2 * seconds, seconds + APART);
        double pace = done / seconds;
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "nmf: iteration %d after %.0f s, %s a second", done, seconds, pace(pace)));
        if (last != null) {
            line.append(String.format(Locale.ROOT, ", objective %.7g", last.objective()));
        }
        if (last != null && last.iteration() > 0) {
            line.append(String.format(Locale.ROOT, ", relative change %.1e", last.relativeChange()));
        }
        line.append(String.format(Locale.ROOT, "; %.0f s left at most", Math.max(0, limit - done) / pace));
        err.println(line);
        err.flush();
    }

    @Override
    public synchronized void at(Progress progress) {
        last = progress;
    }

    @Override
    public void close() {}

    /** {@return iterations a second to three digits, and never with an exponent where there are many} */
    static String pace(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 999.5 ? "%.3g" : "%.0f", perSecond);
    }
}
