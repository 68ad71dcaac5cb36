package io.github.nmf4j.cli;

import io.github.nmf4j.core.Progress;

/** Where a user sees how a run goes. Told from the threads of all runs. */
interface RunView extends AutoCloseable {
    /** An iteration begins; told of each, also where nobody computes its objective. */
    void step();

    /** The objective of an iteration is known. */
    void at(Progress progress);

    @Override
    void close();
}
