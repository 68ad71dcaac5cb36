package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.StopReason;
import io.github.nmf4j.core.Trace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** From a simplex and maps to the answer: possible spectra for its corners, an order, and what is said of them. */
final class Answer {
    private Answer() {}

    /** {@return W, a column of coefficients a corner} */
    private static DenseMatrix factor(
            DenseMatrix corners, SpectralCone cone, Whitening whitening, DenseMatrix dictionary) {
        int rank = corners.columns();
        DenseMatrix w = DenseMatrix.zeros(cone.coefficients(), rank);
        double[] y = new double[corners.rows()];
        double[] residual = new double[corners.rows()];
        for (int a = 0; a < rank; a++) {
            corners.readTransposed(0, a, y.length, 1, y, 0, y.length);
            double[] coefficients = new double[cone.coefficients()];
            cone.nearest(y, coefficients, residual);
            for (int i = 0; i < coefficients.length; i++) {
                w.set(i, a, coefficients[i] * (dictionary == null ? whitening.deviation()[i] : 1));
            }
        }
        return w;
    }

    /**
     * {@return the answer, components by the photons they send}
     *
     * @param unmixing the settings
     * @param image that was unmixed
     * @param fitted its simplex
     * @param h components × pixels
     * @param began when, of {@link System#nanoTime}
     */
    static Unmixed of(Unmixing unmixing, ScoredImage image, SimplexFit.Fitted fitted, DenseMatrix h, long began) {
        int rank = unmixing.rank();
        DenseMatrix dictionary = unmixing.dictionary();
        LinearAlgebraBackend backend = unmixing.backend();
        Subspace subspace = image.subspace();
        SpectralCone cone = image.basis().cone();
        DenseMatrix corners = DenseMatrix.zeros(subspace.vectors().rows(), rank);
        backend.multiply(Product.AB, subspace.vectors(), fitted.corners(), 0, corners);
        DenseMatrix w = factor(corners, cone, image.whitening(), dictionary);
        DenseMatrix spectra = w;
        if (dictionary != null) {
            spectra = DenseMatrix.zeros(dictionary.rows(), rank);
            backend.multiply(Product.AB, dictionary, w, 0, spectra);
        }
        double told = image.whitening().gain();
        double[] photons = new double[rank];
        double[] sent = new double[rank];
        for (int a = 0; a < rank; a++) {
            photons[a] = sum(spectra.slice(0, a, spectra.rows(), 1)) / told;
            sent[a] = photons[a] * sum(h.slice(a, 0, 1, h.columns()));
        }
        int[] order = IntStream.range(0, rank)
                .boxed()
                .sorted(Comparator.comparingDouble(a -> -sent[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        Trace trace = new Trace(SimplexFit.TERMS, fitted.trace());
        double seconds = (System.nanoTime() - began) * 1e-9;
        Factorization factorization = new Factorization(
                columns(w, order).readOnly(),
                columns(h.transposed(), order).transposed().readOnly(),
                trace,
                fitted.converged() ? StopReason.RELATIVE_DECREASE : StopReason.ITERATIONS,
                trace.last().iteration(),
                seconds,
                1,
                backend.name(),
                unmixing.threads(),
                "smallest simplex",
                "none",
                Optional.empty(),
                List.of());
        Diagnosis diagnosis = Diagnoses.of(
                fitted,
                subspace,
                image.scores(),
                photons,
                Room.of(corners, cone),
                image.gain(),
                told,
                unmixing.dose(),
                image.whitening().empty().count(),
                order);
        double[] relative = image.whitening().dose();
        return new Unmixed(
                factorization,
                columns(spectra, order).readOnly(),
                DenseMatrix.wrap(1, relative.length, relative).readOnly(),
                diagnosis);
    }

    static double sum(DenseMatrix matrix) {
        return Arrays.stream(matrix.copy().data()).sum();
    }

    private static DenseMatrix columns(DenseMatrix matrix, int[] order) {
        DenseMatrix ordered = DenseMatrix.zeros(matrix.rows(), order.length);
        for (int c = 0; c < order.length; c++) {
            ordered.slice(0, c, matrix.rows(), 1).set(matrix.slice(0, order[c], matrix.rows(), 1));
        }
        return ordered;
    }
}
