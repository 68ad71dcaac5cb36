package io.github.nmf4j.cli;

import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Restarts;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Runs a fit under the eyes of its user: with a progress bar where there is a terminal, and open to interruption. */
final class Run {
    static final int INTERRUPTED = 130;
    private static final int WIDTH = 80;
    private static final int UPDATE_MILLIS = 200;

    private Run() {}

    static Factorization of(Nmf.Builder builder, Matrix x, RunOptions options, Host host) {
        return of(builder, x, 1, options, host).best().fit();
    }

    /**
     * {@return the runs from several starts}
     *
     * @param starts at least 1; with several the bar counts the iterations of all
     */
    static Restarts of(Nmf.Builder builder, Matrix x, int starts, RunOptions options, Host host) {
        Interruption interruption = host.interruption();
        if (options.quiet() || !host.terminal()) {
            builder.stopWhen(options.stoppingRule().orWhen(interruption::requested));
            interruption.begin();
            return builder.build().fit(x, starts);
        }
        try (ProgressBar bar = bar((long) starts * options.maxIterations())) {
            // Asked once an iteration: a heartbeat that, unlike a listener, does not make the objective be computed.
            builder.stopWhen(options.stoppingRule().orWhen(() -> {
                bar.step();
                return interruption.requested();
            }));
            if (options.watched()) {
                builder.onProgress(at -> bar.setExtraMessage(String.format("%.7g", at.objective())));
            }
            interruption.begin();
            return builder.build().fit(x, starts);
        }
    }

    private static ProgressBar bar(long limit) {
        return new ProgressBarBuilder()
                .setTaskName("fit")
                .setInitialMax(limit)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build();
    }
}
