package io.github.nmf4j.cli;

import io.github.nmf4j.core.Progress;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal: iterations, time so far and left, iterations a second, objective and its relative change. */
final class TerminalBar implements RunView {
    private static final int WIDTH = 80;
    private static final int UPDATE_MILLIS = 200;

    private final long limit;

    /** Appears with the first iteration: what came before, reading and the start, says nothing of the pace. */
    private ProgressBar bar;

    TerminalBar(long limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void step() {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("fit")
                    .setInitialMax(limit)
                    .setUpdateIntervalMillis(UPDATE_MILLIS)
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed(new DecimalFormat("#.#", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                    .setSpeedUnit(ChronoUnit.SECONDS)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                    .build();
        } else {
            bar.step();
        }
    }

    @Override
    public synchronized void at(Progress progress) {
        if (bar != null) {
            String change =
                    progress.iteration() == 0 ? "" : String.format(Locale.ROOT, " -%.1e", progress.relativeChange());
            bar.setExtraMessage(String.format(Locale.ROOT, " %.7g%s", progress.objective(), change));
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
