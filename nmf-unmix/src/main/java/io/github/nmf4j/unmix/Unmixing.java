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
    private final int rank;
    private final DenseMatrix dictionary;
    private final long seed;
    private final int starts;
    private final int threads;
    private final LinearAlgebraBackend backend;
    private final Scale scale;
    private final double gain;
    private final Dose dose;

    private Unmixing(Builder builder) {
        this.rank = builder.rank;
        this.dictionary = builder.dictionary;
        this.seed = builder.seed;
        this.starts = builder.starts;
        this.threads = builder.threads;
        this.backend = builder.backend;
        this.scale = builder.scale;
        this.gain = builder.gain;
        this.dose = builder.dose;
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
        private Scale scale = Scale.COUNTED;
        private double gain = 1;
        private Dose dose = Dose.SAME;

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
         * {@return this builder}
         *
         * @param unitsPerCount what counts were multiplied by to give x, finite and above 0; x need not be whole numbers then
         */
        public Builder gain(double unitsPerCount) {
            once("gain");
            if (!(unitsPerCount > 0 && unitsPerCount < Double.POSITIVE_INFINITY)) {
                throw new InvalidInputException("a gain must be finite and above 0: " + unitsPerCount);
            }
            gain = unitsPerCount;
            scale = Scale.GIVEN;
            return this;
        }

        /** {@return this builder} The gain is measured by the noise: its variance over the mean, outside the components. */
        public Builder estimateGain() {
            once("gain");
            scale = Scale.ESTIMATED;
            return this;
        }

        /**
         * {@return this builder} Dose or thickness differs from pixel to pixel: X ~ Poisson(D·H·diag(c)) with c unknown. Every pixel
         * is brought to the mean number of photons; all columns of D have that sum then, and H holds shares of photons, for
         * what a phase sends by itself cannot be known.
         */
        public Builder varyingDose() {
            once("dose");
            dose = Dose.VARYING;
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
     * @param x channels × pixels, counts as they were counted: whole numbers ≥ 0, or any numbers ≥ 0 where a gain was
     *     given or is estimated; read, never written
     * @param shape of the image, pixel = row · width + column
     * @throws InvalidInputException if x, the shape or the dictionary break a rule, or the data do not show so many components
     */
    public Unmixed of(Matrix x, Shape shape) {
        requireFit(x, shape);
        long began = System.nanoTime();
        try (Crew crew = new Crew(threads)) {
            Blocks blocks = new Blocks(x, crew);
            ScoredImage image = ScoredImage.of(blocks, dictionary, this, shape);
            SimplexFit.Fitted fitted = new SimplexFit(
                            image.scores(), image.subspace(), image.basis().cone())
                    .run(starts, seed, backend, crew);
            DenseMatrix h = Proportions.of(fitted.corners(), image.scores().u(), blocks);
            return result(image, fitted, h, began);
        }
    }

    /**
     * {@return maps of spectra that are known, components × pixels, columns that sum to one: the smoothed scores as the nearest
     * mixtures of these spectra} Where dose varies only the shape of the spectra counts; a gain is taken as given, and as 1
     * where it would be estimated.
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
            Whitening whitening = Whitening.of(Totals.of(blocks, scale), shape, gain);
            DenseMatrix known = spectra.toDense();
            Basis basis = Basis.of(known, whitening.deviation(), backend);
            if (basis.size() < spectra.columns()) {
                throw new InvalidInputException("no spectrum may be a combination of the others: " + spectra.columns()
                        + " spectra span " + basis.size() + " directions");
            }
            DenseMatrix projected = new WhitenedImage(blocks, whitening, basis, backend).all();
            double[] factor = Scores.factors(whitening.dose(), dose);
            DenseMatrix corners = basis.coordinates(dose == Dose.SAME ? known : brought(known, x), backend);
            return Proportions.of(corners, Scores.smooth(projected, factor, shape), blocks)
                    .readOnly();
        }
    }

    /** {@return spectra of the mean number of photons a pixel of x each} */
    private static DenseMatrix brought(DenseMatrix spectra, Matrix x) {
        double photons = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                photons += x.get(i, j);
            }
        }
        DenseMatrix brought = spectra.copy();
        for (int a = 0; a < brought.columns(); a++) {
            DenseMatrix column = brought.slice(0, a, brought.rows(), 1);
            column.scale(photons / x.columns() / sum(column));
        }
        return brought;
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

    /** {@return W, a column of coefficients a corner} */
    private DenseMatrix factor(DenseMatrix corners, SpectralCone cone, Whitening whitening) {
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

    private Unmixed result(ScoredImage image, SimplexFit.Fitted fitted, DenseMatrix h, long began) {
        Subspace subspace = image.subspace();
        SpectralCone cone = image.basis().cone();
        DenseMatrix corners = DenseMatrix.zeros(subspace.vectors().rows(), rank);
        backend.multiply(Product.AB, subspace.vectors(), fitted.corners(), 0, corners);
        DenseMatrix w = factor(corners, cone, image.whitening());
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
                threads,
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
                dose,
                image.whitening().empty().count(),
                order);
        double[] relative = image.whitening().dose();
        return new Unmixed(
                factorization,
                columns(spectra, order).readOnly(),
                DenseMatrix.wrap(1, relative.length, relative).readOnly(),
                diagnosis);
    }

    int rank() {
        return rank;
    }

    long seed() {
        return seed;
    }

    LinearAlgebraBackend backend() {
        return backend;
    }

    Scale scale() {
        return scale;
    }

    double gain() {
        return gain;
    }

    Dose dose() {
        return dose;
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
