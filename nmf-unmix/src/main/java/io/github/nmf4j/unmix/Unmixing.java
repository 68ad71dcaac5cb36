package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.PortableBackend;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

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
            GivenSpectra.requireNonNegative("the dictionary", "g", dictionary);
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
            SpectralCone cone = image.basis().cone();
            SimplexFit.Fitted fitted =
                    new SimplexFit(image.scores(), image.subspace(), cone, began).run(starts, seed, backend, crew);
            Scores scores = image.finest(this, shape);
            if (fitted.settled()) {
                fitted = new SimplexFit(scores, image.subspace(), cone, began).refined(fitted);
            }
            DenseMatrix h = Proportions.of(fitted.corners(), scores.u(), blocks);
            return Answer.of(this, image, fitted, h, began);
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
        GivenSpectra.require("the spectra", "spectra", spectra, x.rows());
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
            DenseMatrix corners =
                    basis.coordinates(dose == Dose.SAME ? known : GivenSpectra.brought(known, x), backend);
            return Proportions.of(corners, Scores.smooth(projected, factor, dose.smoothing(), shape), blocks)
                    .readOnly();
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
        if (dictionary != null) {
            GivenSpectra.requireRows("the dictionary", dictionary, x.rows());
        }
    }

    int rank() {
        return rank;
    }

    DenseMatrix dictionary() {
        return dictionary;
    }

    int threads() {
        return threads;
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
}
