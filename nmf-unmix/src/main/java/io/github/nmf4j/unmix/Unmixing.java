package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.PortableBackend;
import io.github.nmf4j.core.StopReason;
import io.github.nmf4j.core.Trace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the spectra and maps that made a spectral image of counts: X ~ Poisson(D·H), columns of H proportions that sum to one,
 * D free or D = G·W with a dictionary.
 *
 * <pre>{@code
 * Unmixed answer = Unmixing.builder().rank(3).dictionary(g).build().of(x, new Shape(100, 100));
 * }</pre>
 *
 * <p>Direct, not by factorisation: a lower divergence of X from W·H is no better answer. The steps are whitening, smoothing of
 * the scores, and the smallest simplex around them; docs/unmixing.md has their reasons and limits. Immutable, for many images
 * and threads. The same seed, backend, JDK and machine give the same bits, whatever the number of threads; another seed changes
 * the answer by what the optimiser leaves open, far below the noise.
 */
public final class Unmixing {
    /** Noise alone reached 0.15 on simulated images, components that were there and found began at 0.35. */
    private static final double LEAST_GAP = 0.2;

    private final int rank;
    private final DenseMatrix dictionary;
    private final long seed;
    private final int starts;
    private final int threads;
    private final LinearAlgebraBackend backend;

    private Unmixing(Builder builder) {
        this.rank = builder.rank;
        this.dictionary = builder.dictionary;
        this.seed = builder.seed;
        this.starts = builder.starts;
        this.threads = builder.threads;
        this.backend = builder.backend;
    }

    /** {@return a builder with standard values: only the rank must be given} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; a setter refuses its own bad value and a second call. */
    public static final class Builder {
        private static final int STARTS = 5;

        private final Set<String> called = new HashSet<>();
        private int rank;
        private DenseMatrix dictionary;
        private long seed;
        private int starts = STARTS;
        private int threads = 1;
        private LinearAlgebraBackend backend = new PortableBackend();

        private Builder() {}

        /**
         * {@return this builder}
         *
         * @param components k, at least 2
         */
        public Builder rank(int components) {
            once("rank");
            if (components < 2) {
                throw new InvalidInputException("unmixing needs a rank of at least 2: " + components);
            }
            rank = components;
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param g channels × atoms, finite and ≥ 0: spectra are non-negative combinations of its columns; copied
         */
        public Builder dictionary(Matrix g) {
            once("dictionary");
            dictionary = g.toDense();
            requireNonNegative("the dictionary", "g", dictionary);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param value of everything random; 0 unless said
         */
        public Builder seed(long value) {
            once("seed");
            seed = value;
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param count simplices to begin from, at least 1; 5 unless said
         */
        public Builder starts(int count) {
            once("starts");
            starts = positive("starts", count);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param count at least 1; 1 unless said; results do not depend on it
         */
        public Builder threads(int count) {
            once("threads");
            threads = positive("threads", count);
            return this;
        }

        /**
         * {@return this builder}
         *
         * @param backend linear algebra; the portable one unless said: products with X are a small part of the work
         */
        public Builder backend(LinearAlgebraBackend backend) {
            once("backend");
            if (!backend.availability().usable()) {
                throw new InvalidInputException("backend '" + backend.name() + "' cannot be used here: "
                        + backend.availability().reason());
            }
            this.backend = Objects.requireNonNull(backend);
            return this;
        }

        /**
         * {@return the unmixing to run}
         *
         * @throws InvalidInputException if the rank is missing
         */
        public Unmixing build() {
            if (rank == 0) {
                throw new InvalidInputException("rank must be given");
            }
            return new Unmixing(this);
        }

        private static int positive(String name, int count) {
            if (count < 1) {
                throw new InvalidInputException(name + " must be at least 1: " + count);
            }
            return count;
        }

        private void once(String setting) {
            if (!called.add(setting)) {
                throw new InvalidInputException(setting + " is set twice");
            }
        }
    }

    /**
     * {@return spectra and maps}
     *
     * @param x channels × pixels, counts as they were counted: whole numbers ≥ 0; read, never written
     * @param shape of the image, pixel = row · width + column
     * @throws InvalidInputException if x, the shape or the dictionary break a rule, or the data do not show so many components
     */
    public Unmixed of(Matrix x, Shape shape) {
        requireFit(x, shape);
        long began = System.nanoTime();
        try (Crew crew = new Crew(threads)) {
            Blocks blocks = new Blocks(x, crew);
            Whitening whitening = Whitening.of(Totals.of(blocks), shape);
            Basis basis = dictionary == null
                    ? Basis.ofChannels(whitening.deviation())
                    : Basis.of(dictionary, whitening.deviation(), backend);
            requireRoom(basis.size(), x);
            Subspace subspace = Subspace.of(new WhitenedImage(blocks, whitening, basis, backend), rank, shape, seed);
            requireVisible(subspace);
            Scores scores = Scores.of(subspace, whitening.dose(), shape, backend);
            SimplexFit.Fitted fitted = new SimplexFit(scores, subspace, basis.cone()).run(starts, seed, backend, crew);
            DenseMatrix h = Proportions.of(fitted.corners(), scores.u(), blocks);
            DenseMatrix w = factor(fitted.corners(), subspace, basis.cone(), whitening);
            return result(w, h, fitted, subspace, scores, whitening.empty(), began);
        }
    }

    /**
     * {@return maps of spectra that are known, components × pixels, columns that sum to one: the smoothed scores as the nearest
     * mixtures of these spectra}
     *
     * @param x as in {@link #of}
     * @param shape of the image
     * @param spectra channels × components, finite and ≥ 0, none a combination of the others
     * @throws InvalidInputException if they break a rule
     */
    public Matrix maps(Matrix x, Shape shape, Matrix spectra) {
        requireFit(x, shape);
        requireSpectra("the spectra", "spectra", spectra, x.rows());
        try (Crew crew = new Crew(threads)) {
            Blocks blocks = new Blocks(x, crew);
            Whitening whitening = Whitening.of(Totals.of(blocks), shape);
            DenseMatrix known = spectra.toDense();
            Basis basis = Basis.of(known, whitening.deviation(), backend);
            if (basis.size() < spectra.columns()) {
                throw new InvalidInputException("no spectrum may be a combination of the others: " + spectra.columns()
                        + " spectra span " + basis.size() + " directions");
            }
            DenseMatrix projected = new WhitenedImage(blocks, whitening, basis, backend).all();
            DenseMatrix corners = basis.coordinates(known, backend);
            return Proportions.of(corners, Scores.smooth(projected, whitening.dose(), shape), blocks)
                    .readOnly();
        }
    }

    private static void requireSpectra(String name, String letter, Matrix given, int rows) {
        if (given.rows() != rows) {
            throw new InvalidInputException(
                    name + " must have as many rows as x, " + rows + ": " + given.rows() + " x " + given.columns());
        }
        requireNonNegative(name, letter, given);
    }

    private static void requireNonNegative(String name, String letter, Matrix given) {
        for (int i = 0; i < given.rows(); i++) {
            for (int q = 0; q < given.columns(); q++) {
                double value = given.get(i, q);
                if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                    throw new InvalidInputException(
                            name + " must be finite and non-negative: " + letter + "[" + i + ", " + q + "] = " + value);
                }
            }
        }
    }

    private void requireFit(Matrix x, Shape shape) {
        if (shape.pixels() != x.columns()) {
            throw new InvalidInputException("the shape must have as many pixels as x has columns, " + x.columns() + ": "
                    + shape + " has " + shape.pixels());
        }
        if (x.rows() < 1) {
            throw new InvalidInputException("x must have at least one row: " + x.rows() + " x " + x.columns());
        }
        if (dictionary != null && dictionary.rows() != x.rows()) {
            throw new InvalidInputException("the dictionary must have as many rows as x, " + x.rows() + ": "
                    + dictionary.rows() + " x " + dictionary.columns());
        }
    }

    private void requireRoom(int coordinates, Matrix x) {
        if (rank > Math.min(coordinates, x.columns() - 1)) {
            throw new InvalidInputException("the rank must be at most " + Math.min(coordinates, x.columns() - 1)
                    + ", for x is " + x.rows() + " x " + x.columns() + " and its spectra span at most " + coordinates
                    + " directions: " + rank);
        }
    }

    private void requireVisible(Subspace subspace) {
        if (!(subspace.gap() >= LEAST_GAP)) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "the data must show as many components as are asked for: the last of %d stands %.3g above the noise,"
                            + " relatively, where %s is needed; it is too faint, or there are fewer",
                    rank,
                    Math.max(0, subspace.gap()),
                    LEAST_GAP));
        }
    }

    /** {@return W, a column of coefficients a corner} */
    private DenseMatrix factor(DenseMatrix corners, Subspace subspace, SpectralCone cone, Whitening whitening) {
        DenseMatrix w = DenseMatrix.zeros(cone.coefficients(), rank);
        DenseMatrix spectra = DenseMatrix.zeros(subspace.vectors().rows(), rank);
        backend.multiply(Product.AB, subspace.vectors(), corners, 0, spectra);
        double[] y = new double[spectra.rows()];
        double[] residual = new double[spectra.rows()];
        for (int a = 0; a < rank; a++) {
            spectra.readTransposed(0, a, y.length, 1, y, 0, y.length);
            double[] coefficients = new double[cone.coefficients()];
            cone.nearest(y, coefficients, residual);
            for (int i = 0; i < coefficients.length; i++) {
                w.set(i, a, coefficients[i] * (dictionary == null ? whitening.deviation()[i] : 1));
            }
        }
        return w;
    }

    private Unmixed result(
            DenseMatrix w,
            DenseMatrix h,
            SimplexFit.Fitted fitted,
            Subspace subspace,
            Scores scores,
            EmptyPixels empty,
            long began) {
        DenseMatrix spectra = w;
        if (dictionary != null) {
            spectra = DenseMatrix.zeros(dictionary.rows(), rank);
            backend.multiply(Product.AB, dictionary, w, 0, spectra);
        }
        double[] photons = new double[rank];
        double[] sent = new double[rank];
        for (int a = 0; a < rank; a++) {
            photons[a] = sum(spectra.slice(0, a, spectra.rows(), 1));
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
                threads,
                "smallest simplex",
                "none",
                Optional.empty(),
                List.of());
        Diagnosis diagnosis = Diagnoses.of(fitted, subspace, scores, photons, order, empty.count());
        return new Unmixed(factorization, columns(spectra, order).readOnly(), diagnosis);
    }

    private static double sum(DenseMatrix matrix) {
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
