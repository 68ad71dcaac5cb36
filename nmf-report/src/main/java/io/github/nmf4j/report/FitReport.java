package io.github.nmf4j.report;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.core.PortableBackend;
import io.github.nmf4j.core.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What there is to see of a fit, as sections of a page: its course, both factors, the greatest entries where they have names, how
 * far it is from a truth, and what it leaves of the data. Only the factors are needed; what is not given is left out.
 */
public final class FitReport {
    private final Matrix w;
    private final Matrix h;
    private Trace trace;
    private String traceNote = "";
    private Matrix dictionary;
    private Shape shape;
    private List<String> rowNames = List.of();
    private List<String> columnNames = List.of();
    private Truth truth = new Truth(null, null);
    private Matrix x;
    private Matrix weights;
    private Matrix background;

    private FitReport(Matrix w, Matrix h) {
        this.w = w;
        this.h = h;
    }

    /**
     * {@return a report to be completed}
     *
     * @param w n × k, or m × k with a dictionary
     * @param h k × p
     * @throws InvalidInputException if they have no components in common
     */
    public static FitReport of(Matrix w, Matrix h) {
        if (w.columns() != h.rows() || h.rows() == 0) {
            throw new InvalidInputException(
                    "w must have as many columns as h has rows, at least one: " + w.columns() + " and " + h.rows());
        }
        return new FitReport(w, h);
    }

    /**
     * {@return this}
     *
     * @param course of the run
     */
    public FitReport trace(Trace course) {
        trace = course;
        return this;
    }

    /**
     * {@return this}
     *
     * @param text what to know when looking at the course
     */
    public FitReport traceNote(String text) {
        traceNote = text;
        return this;
    }

    /**
     * {@return this}
     *
     * @param g n × m: the model is G·W·H
     */
    public FitReport dictionary(Matrix g) {
        dictionary = g;
        return this;
    }

    /**
     * {@return this}
     *
     * @param image that a row of H is
     * @throws InvalidInputException if it has another number of pixels
     */
    public FitReport shape(Shape image) {
        requireShape(image, h.columns());
        shape = image;
        return this;
    }

    /**
     * Refuses a shape that does not fit.
     *
     * @param image to be shown
     * @param columns of H
     * @throws InvalidInputException if it has another number of pixels
     */
    public static void requireShape(Shape image, int columns) {
        if (image.pixels() != columns) {
            throw new InvalidInputException("the shape must have as many pixels as x has columns, " + columns + ": "
                    + image + " has " + image.pixels());
        }
    }

    /**
     * {@return this}
     *
     * @param rows names of the rows of X, or none
     * @param columns names of the columns of X, or none
     */
    public FitReport names(List<String> rows, List<String> columns) {
        rowNames = List.copyOf(rows);
        columnNames = List.copyOf(columns);
        return this;
    }

    /**
     * {@return this}
     *
     * @param known factors, whose shapes must fit
     */
    public FitReport truth(Truth known) {
        truth = known;
        return this;
    }

    /**
     * {@return this}
     *
     * @param data X; NaN is unknown
     */
    public FitReport data(Matrix data) {
        x = data;
        return this;
    }

    /**
     * {@return this}
     *
     * @param ofEntries of the shape of X, 0 for an entry that is unknown; or null
     */
    public FitReport weights(Matrix ofEntries) {
        weights = ofEntries;
        return this;
    }

    /**
     * {@return this}
     *
     * @param known part of the model: a number, a row, a column or a matrix; or null
     */
    public FitReport background(Matrix known) {
        background = known;
        return this;
    }

    /**
     * Adds the sections.
     *
     * @param page to add to
     * @throws InvalidInputException if shapes do not fit
     */
    public void addTo(Page page) {
        Matrix spectra = dictionary == null ? w : times(w);
        truth.require(h.rows(), spectra.rows(), w.rows(), h.columns());
        Truth.Matched matched = truth.w() == null && truth.h() == null
                ? new Truth.Matched(new int[h.rows()], null, null)
                : Truth.match(spectra, trueSpectra(), h, truth.h());
        addTruth(page, spectra, matched);
        if (trace != null) {
            new Course(trace).addTo(page, traceNote);
        }
        double[][] columns = columns(spectra);
        double[][] maps = rows(h);
        page.heading("Components")
                .paragraph(ComponentTable.EXPLANATION)
                .table(ComponentTable.header(nameOfSpectra()), ComponentTable.rows(columns, maps));
        addW(page, columns, matched);
        addH(page, maps, matched);
        if (x != null) {
            addResiduals(page, Residuals.of(x, spectra, h, weights, background));
        }
    }

    private Matrix times(Matrix combinations) {
        DenseMatrix product = DenseMatrix.zeros(dictionary.rows(), combinations.columns());
        new PortableBackend().multiply(Product.AB, dictionary.toDense(), combinations.toDense(), 0, product);
        return product;
    }

    private Matrix trueSpectra() {
        Matrix known = truth.w();
        return known == null || dictionary == null || known.rows() != w.rows() ? known : times(known);
    }

    private void addTruth(Page page, Matrix spectra, Truth.Matched matched) {
        if (truth.w() == null && truth.h() == null) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < h.rows(); c++) {
            rows.add(matched.row(c, spectra, h));
        }
        page.heading("Against the truth")
                .paragraph("Components are matched one to one, with the least sum of angles."
                        + (truth.h() == null
                                ? ""
                                : " The scale of H is free unless a constraint ties it: the last column is after H was"
                                        + " multiplied by what brings it closest."))
                .table(matched.header(), rows);
    }

    private String nameOfSpectra() {
        return dictionary == null ? "W" : "G·W";
    }

    private void addW(Page page, double[][] spectra, Truth.Matched matched) {
        Side side = new Side(nameOfSpectra(), "row of X", spectra, rowNames, matched::spectrum);
        page.heading(nameOfSpectra() + ": " + spectra[0].length + " x " + spectra.length);
        addTop(page, side);
        side.addPlots(page);
        if (dictionary != null) {
            page.heading("W: " + w.rows() + " x " + w.columns());
            page.figures(List.of(new Side("W", "column of G", columns(w), List.of(), c -> null).heatMap()));
        }
    }

    private void addH(Page page, double[][] maps, Truth.Matched matched) {
        Side side = new Side("H", "column of X", maps, columnNames, matched::map);
        page.heading("H: " + h.rows() + " x " + h.columns());
        addTop(page, side);
        if (shape != null) {
            side.addImages(page, shape);
        } else {
            side.addPlots(page);
        }
    }

    private static void addTop(Page page, Side side) {
        if (!side.names().isEmpty()) {
            page.paragraph("The greatest entries of each component, and their shares of its sum:")
                    .words(List.of("component", side.across()), TopEntries.of(side.components(), side.names()));
        }
    }

    private static double[][] rows(Matrix matrix) {
        double[][] rows = new double[matrix.rows()][];
        Arrays.setAll(rows, c -> Measures.row(matrix, c));
        return rows;
    }

    private static double[][] columns(Matrix matrix) {
        double[][] columns = new double[matrix.columns()][];
        Arrays.setAll(columns, c -> Measures.column(matrix, c));
        return columns;
    }

    private void addResiduals(Page page, Residuals residuals) {
        page.heading("Residuals")
                .paragraph("What the model leaves of the data, X − Y: "
                        + Text.number(100 * residuals.relativeError(), 3) + " % of X in the Frobenius norm"
                        + (residuals.everyRow() == 1 ? "." : ", by every " + residuals.everyRow() + "th row.")
                        + " Structure here is structure that the components do not have.");
        if (shape != null) {
            page.smallFigures(List.of(
                    Raster.picture("Residual of each pixel", shape, residuals.byColumn())
                            .unit("root mean square over rows")
                            .build(),
                    Raster.picture("Mean residual of each pixel", shape, residuals.meanOfColumn())
                            .unit("mean over rows")
                            .differences()
                            .build()));
        }
        List<Figure> figures = new ArrayList<>();
        DenseMatrix blocks = residuals.blocks();
        int high = (x.rows() + blocks.rows() - 1) / blocks.rows();
        int wide = (x.columns() + blocks.columns() - 1) / blocks.columns();
        figures.add(Raster.heatMap("Residual of the entries of X", blocks.rows(), blocks.columns(), blocks.data())
                .axes(high == 1 ? "row of X" : "block of rows", wide == 1 ? "column of X" : "block of columns")
                .unit("mean of X − Y")
                .differences()
                .note(high * wide == 1 ? "" : "Means of up to " + high + " x " + wide + " entries.")
                .build());
        double[] at = new double[x.rows()];
        Arrays.setAll(at, i -> i);
        figures.add(Curves.of("Residual of each row", "row of X", "root mean square over columns")
                .line("", at, residuals.byRow())
                .show(0)
                .build());
        page.figures(figures);
    }
}
