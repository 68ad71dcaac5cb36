package io.github.nmf4j.cli;

import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.core.Trace;
import io.github.nmf4j.report.Curves;
import io.github.nmf4j.report.Page;
import io.github.nmf4j.report.Raster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Shows the study of the spectral image. */
final class SpectraPage {
    private static final String UNMIXING = "unmixing";
    private static final String REGULARISED = "regularised fit";
    private static final String PLAIN = "plain fit";
    private static final String ITERATION = "iteration";

    private final SpectraStudy study;
    private final AgainstTruth answer;
    private final AgainstTruth regularised;
    private final AgainstTruth plain;
    private final AgainstTruth ceiling;

    private SpectraPage(SpectraStudy study) {
        this.study = study;
        this.answer = study.answer();
        this.regularised = study.withRegularisation();
        this.plain = study.withoutRegularisation();
        this.ceiling = study.ceiling();
    }

    static Page of(SpectraStudy study, long seed) {
        return new SpectraPage(study).page(seed);
    }

    private Page page(long seed) {
        Page page = new Page("Spectra and maps of a simulated image")
                .paragraph("An image of " + study.image().x().rows() + " channels and "
                        + study.image().shape() + " pixels, 300 photons a pixel, of "
                        + answer.components().size()
                        + " phases whose spectra are combinations of a dictionary of "
                        + study.image().dictionary().columns() + ", seed " + seed + ".")
                .paragraph("Unmixing is " + study.verdict() + ".")
                .paragraph("For comparison, " + study.comparison()
                        + ": Kullback–Leibler fits with unit columns of H, as in the notebook of ESPM, the regularised one with"
                        + " a Laplacian (weight 2) and a log penalty (0.05) on H.")
                .heading("Against the truth")
                .paragraph(
                        "Angle between the found and the true spectrum, and R² of the map. The ceiling is what maps reach whose"
                                + " spectra are known: photon noise alone.")
                .table(
                        List.of(
                                "component",
                                "unmixing, angle °",
                                "R²",
                                "regularised, angle °",
                                "R²",
                                "plain, angle °",
                                "R²",
                                "ceiling, R²"),
                        study.rows());
        maps(page);
        spectra(page);
        study.unmixed().diagnosis(page);
        losses(page);
        return page.heading("To repeat it")
                .verbatim("nmf demo spectra --seed " + seed)
                .foot("nmf4j " + Versions.nmf4j() + ", Java " + Versions.java() + ", " + Versions.machine());
    }

    private void maps(Page page) {
        page.heading("Maps").paragraph("Share of each phase in each pixel.");
        for (int t = 0; t < answer.components().size(); t++) {
            page.smallFigures(List.of(
                    map("true", study.image().h(), t, ""),
                    found(UNMIXING, answer, study.unmixed().found().h(), t),
                    found(REGULARISED, regularised, study.regularised().fit().h(), t),
                    found(PLAIN, plain, study.plain().fit().h(), t),
                    found("known spectra", ceiling, study.known(), t)));
        }
    }

    private Raster found(String how, AgainstTruth measured, Matrix h, int t) {
        AgainstTruth.Component component = measured.components().get(t);
        return map(how, h, t, component.found(), String.format("R² %.3f.", component.r2()));
    }

    private Raster map(String how, Matrix h, int t, String note) {
        return map(how, h, t, t, note);
    }

    private Raster map(String how, Matrix h, int t, int row, String note) {
        return Raster.picture("Component " + t + ", " + how, study.image().shape(), Measures.row(h, row))
                .range(0, 1)
                .unit("share")
                .note(note)
                .build();
    }

    private void spectra(Page page) {
        page.heading("Spectra").paragraph("Photons by channel, each spectrum over its sum.");
        List<Curves> figures = new ArrayList<>();
        for (int t = 0; t < answer.components().size(); t++) {
            figures.add(spectrum(UNMIXING, answer, study.unmixed().found().spectra(), t));
            figures.add(spectrum(REGULARISED, regularised, study.regularised().spectra(), t));
            figures.add(spectrum(PLAIN, plain, study.plain().spectra(), t));
        }
        page.thirds(figures);
    }

    private Curves spectrum(String how, AgainstTruth measured, Matrix spectra, int t) {
        double[] truth = unitSum(Measures.column(study.image().spectra(), t));
        double[] channels = new double[truth.length];
        Arrays.setAll(channels, i -> i);
        AgainstTruth.Component component = measured.components().get(t);
        return Curves.of("Component " + t + ", " + how, "channel", "share of the photons")
                .line("found", channels, unitSum(Measures.column(spectra, component.found())))
                .dashed("true", channels, truth)
                .show(0)
                .note(String.format("Angle %.2f°.", component.angle()))
                .build();
    }

    private static double[] unitSum(double[] values) {
        double sum = Arrays.stream(values).sum();
        return Arrays.stream(values).map(value -> sum > 0 ? value / sum : 0).toArray();
    }

    private void losses(Page page) {
        Trace with = study.regularised().fit().trace();
        Trace without = study.plain().fit().trace();
        page.heading("Losses of the two fits")
                .paragraph(
                        "A lower loss is no better answer: the objective falls further with more iterations, and the answer does"
                                + " not come closer to the truth by that. By time the fit without regularisation looks slower than it is: it runs first,"
                                + " while its code is still being compiled.");
        List<Curves> figures = new ArrayList<>();
        for (boolean time : new boolean[] {false, true}) {
            String across = time ? "time in the loop, s" : ITERATION;
            ToDoubleFunction<Trace.Row> x = time ? Trace.Row::seconds : Trace.Row::iteration;
            figures.add(Curves.of(
                            "Kullback–Leibler loss by " + (time ? "time" : ITERATION), across, "loss, scaled data")
                    .line(
                            "with regularisation",
                            values(with, x),
                            values(with, row -> row.terms().get(0)))
                    .line(
                            "without",
                            values(without, x),
                            values(without, row -> row.terms().get(0)))
                    .logarithmic()
                    .build());
        }
        for (int t = 1; t < with.terms().size(); t++) {
            int term = t;
            figures.add(Curves.of(
                            "Term " + with.terms().get(t) + " by iteration",
                            ITERATION,
                            with.terms().get(t))
                    .line(
                            "",
                            values(with, Trace.Row::iteration),
                            values(with, row -> row.terms().get(term)))
                    .build());
        }
        page.figures(figures);
    }

    private static double[] values(Trace trace, ToDoubleFunction<Trace.Row> value) {
        return trace.rows().stream().mapToDouble(value).toArray();
    }
}
