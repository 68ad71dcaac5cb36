package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.report.FitReport;
import io.github.nmf4j.report.Page;
import io.github.nmf4j.report.Truth;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What a report is to be compared with, and where its figures go. */
final class ReportOptions {
    static final String FILE = "report.html";

    @Option(
            names = "--figures",
            paramLabel = "DIR",
            description = "Where to write each figure of the report as SVG, and images as PNG too.")
    private Path figures;

    @Option(
            names = "--truth-w",
            paramLabel = "FILE",
            description = "A W that is known, of the shape of W or, with a dictionary, of G·W; compared in the report.")
    private Path truthW;

    @Option(names = "--truth-h", paramLabel = "FILE", description = "An H that is known; compared in the report.")
    private Path truthH;

    /** {@return the folder for figures, or null} */
    ResultFolder folder() {
        return figures == null ? null : ResultFolder.at("--figures", figures);
    }

    /**
     * Refuses options that only a report shows where there is to be none.
     *
     * @param needed the option that would have a report written
     */
    void requireReport(String needed) {
        if (figures != null || truthW != null || truthH != null) {
            String option = figures != null ? "--figures" : truthW != null ? "--truth-w" : "--truth-h";
            throw new InvalidInputException(option + " is for the report: give " + needed + " too");
        }
    }

    /** {@return the known factors, of fitting shapes} */
    Truth truth(Inputs inputs, int rank, int rows, int rowsOfW, int columns) {
        Truth truth = new Truth(read(inputs, truthW), read(inputs, truthH));
        truth.require(rank, rows, rowsOfW, columns);
        return truth;
    }

    /**
     * {@return the known factors, of fitting shapes}
     *
     * @param atoms the dictionary, or null
     */
    Truth truth(Inputs inputs, int rank, Matrix x, Matrix atoms) {
        return truth(inputs, rank, x.rows(), atoms == null ? x.rows() : atoms.columns(), x.columns());
    }

    private static Matrix read(Inputs inputs, Path file) {
        return file == null ? null : inputs.matrix(file);
    }

    /** Writes a result with its page, then the figures of the page, if a folder for them was named. */
    static void write(ResultFolder folder, ResultFolder figures, Page page) {
        folder.add(FILE, page.html()).write();
        if (figures != null) {
            page.figureFiles().forEach(figures::add);
            figures.write();
        }
    }

    /** {@return a report with what was read, to be completed} */
    static FitReport known(FitReport report, Truth truth, Matrix dictionary) {
        return dictionary == null ? report.truth(truth) : report.truth(truth).dictionary(dictionary);
    }
}
