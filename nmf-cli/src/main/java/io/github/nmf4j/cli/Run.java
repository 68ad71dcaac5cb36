package io.github.nmf4j.cli;

import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Restarts;

/** Runs a fit under the eyes of its user, a bar on a terminal and a line now and then elsewhere, and open to interruption. */
final class Run {
    static final int INTERRUPTED = 130;

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
        if (options.quiet()) {
            builder.stopWhen(options.stoppingRule().orWhen(interruption::requested));
            interruption.begin();
            return builder.build().fit(x, starts);
        }
        try (RunView view = view((long) starts * options.maxIterations(), options, host)) {
            // Asked once an iteration: a heartbeat that, unlike a listener, does not make the objective be computed.
            builder.stopWhen(options.stoppingRule().orWhen(() -> {
                view.step();
                return interruption.requested();
            }));
            if (options.watched()) {
                builder.onProgress(view::at);
            }
            interruption.begin();
            return builder.build().fit(x, starts);
        }
    }

    private static RunView view(long limit, RunOptions options, Host host) {
        return host.terminal() ? new TerminalBar(limit) : new ProgressLines(options.err(), System::nanoTime, limit);
    }
}
