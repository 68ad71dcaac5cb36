package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every demo understands. */
final class DemoOptions {
    @Option(names = "--out", paramLabel = "DIR", description = "Where to write the factors, the trace and report.html.")
    private Path out;

    @Option(
            names = "--figures",
            paramLabel = "DIR",
            description = "Where to write each figure of the report as SVG, and images as PNG too.")
    private Path figures;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the simulation and the start" + " (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", description = "One line of JSON on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "Only the result, not the course of the fit.")
    private boolean quiet;

    Path out() {
        return out;
    }

    /** {@return the folder for figures, or null} */
    ResultFolder figures() {
        if (figures != null && out == null) {
            throw new InvalidInputException("--figures is for the report: give --out too");
        }
        return figures == null ? null : ResultFolder.at("--figures", figures);
    }

    long seed() {
        return seed;
    }

    boolean json() {
        return json;
    }

    boolean talks() {
        return !json && !quiet;
    }
}
