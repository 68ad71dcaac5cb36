package io.github.nmf4j.data;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A simulated spectral image with its truth: photons counted in many channels at every pixel, of a few phases mixed.
 *
 * <p>{@code x} is Poisson with mean {@code dictionary · w · h}. The columns of {@code h} are the proportions of the phases
 * at each pixel and sum to one; the columns of {@code spectra} = {@code dictionary · w} sum to the photons that a pure
 * pixel of the phase is expected to send. It is built in the kind of the toy problem of ESPM (Teurtrie et al. 2023,
 * Ultramicroscopy 249, 113719), not as a copy of it.
 *
 * @param x counts, channels × pixels, held in a byte or two each
 * @param dictionary channels × atoms, columns sum to one: a family of Gaussian lines above a smooth background each
 * @param w atoms × phases, positive: few atoms carry nearly all of a phase
 * @param spectra channels × phases, {@code dictionary · w}
 * @param h phases × pixels, proportions
 * @param shape of the image, pixel = row · width + column
 */
public record SpectralImage(
        Matrix x, DenseMatrix dictionary, DenseMatrix w, DenseMatrix spectra, DenseMatrix h, Shape shape) {

    /** {@return the settings to simulate with: 200 channels, 15 atoms, 3 phases, 100x100 pixels, 300 photons, seed 0} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return counts with mean spectra · h, held in a byte or two each}
     *
     * @param spectra channels × phases, ≥ 0, entries up to 10⁶
     * @param h phases × pixels, proportions of at most one
     * @param seed any; one seed gives the same counts on every machine
     * @throws InvalidInputException if the shapes do not fit
     */
    public static Matrix counts(DenseMatrix spectra, DenseMatrix h, long seed) {
        if (spectra.columns() != h.rows()) {
            throw new InvalidInputException("spectra must have as many columns as h has rows, " + h.rows() + ": "
                    + spectra.rows() + " x " + spectra.columns());
        }
        return counts(new Draws(seed), spectra, h);
    }

    private static Matrix counts(Draws draws, DenseMatrix spectra, DenseMatrix h) {
        int pixels = h.columns();
        int entries = Settings.entries(spectra.rows(), pixels);
        // Far beyond what a Poisson number of the largest mean can reach, so that the narrow type never overflows.
        double mean = largest(spectra);
        double most = mean + 40 * StrictMath.sqrt(mean) + 100;
        boolean narrow = most < 1 << Short.SIZE;
        NpyType type = narrow ? NpyType.U2 : NpyType.I4;
        HeapStorage counts = type.storage(entries);
        ByteBuffer line = ByteBuffer.allocate(pixels * type.bytes());
        Buffer view = counts.view(line);
        double[] means = new double[pixels];
        for (int i = 0; i < spectra.rows(); i++) {
            Arrays.fill(means, 0);
            for (int r = 0; r < h.rows(); r++) {
                double s = spectra.get(i, r);
                for (int j = 0; j < pixels; j++) {
                    means[j] += s * h.get(r, j);
                }
            }
            for (int j = 0; j < pixels; j++) {
                int count = draws.poisson(means[j]);
                if (narrow) {
                    line.putShort(j * Short.BYTES, (short) count);
                } else {
                    line.putInt(j * Integer.BYTES, count);
                }
            }
            counts.load(view, 0, i * pixels, pixels);
        }
        counts.settle(0, entries);
        return StoredMatrix.byRows(spectra.rows(), pixels, counts);
    }

    private static double largest(DenseMatrix matrix) {
        double largest = 0;
        for (double v : matrix.data()) {
            largest = Math.max(largest, v);
        }
        return largest;
    }

    /** What to simulate. Each setting keeps its default unless it is set. */
    public static final class Builder {
        private static final double MOST_PHOTONS = 1e6;
        private static final double MOST_DENSITY = 100;
        /** Weight of the atoms that a phase has only traces of. */
        private static final double TRACE = 0.01;

        private int channels = 200;
        private int atoms = 15;
        private int rank = 3;
        private Shape shape = new Shape(100, 100);
        private double photons = 300;
        private double thinnest = 0.5;
        private double densest = 2;
        private Maps maps = Maps.INCLUSIONS;
        private Atoms lookOfAtoms = Atoms.LINES;
        private long seed;

        private Builder() {}

        /**
         * {@return this}
         *
         * @param channels rows of x, at least 2
         */
        public Builder channels(int channels) {
            this.channels = Settings.atLeast(2, "channels", channels);
            return this;
        }

        /**
         * {@return this}
         *
         * @param atoms columns of the dictionary, at least 1
         */
        public Builder atoms(int atoms) {
            this.atoms = Settings.atLeast(1, "atoms", atoms);
            return this;
        }

        /**
         * {@return this}
         *
         * @param rank phases, at least 1
         */
        public Builder rank(int rank) {
            this.rank = Settings.atLeast(1, "rank", rank);
            return this;
        }

        /**
         * {@return this}
         *
         * @param shape pixels of the image
         */
        public Builder shape(Shape shape) {
            if (shape.pixels() > NpyArray.MOST_ENTRIES) {
                throw new InvalidInputException(
                        "an image must have at most " + NpyArray.MOST_ENTRIES + " pixels: " + shape);
            }
            this.shape = shape;
            return this;
        }

        /**
         * {@return this}
         *
         * @param photons expected at a pixel of density one
         */
        public Builder photons(double photons) {
            this.photons = Settings.within(0, MOST_PHOTONS, "photons", photons);
            return this;
        }

        /**
         * {@return this}
         *
         * @param thinnest density of a phase at least, relative to the photons set
         * @param densest at most; 0.5 to 2 unless said
         */
        public Builder densities(double thinnest, double densest) {
            this.thinnest = Settings.within(0, MOST_DENSITY, "thinnest", thinnest);
            this.densest = Settings.within(thinnest, MOST_DENSITY, "densest", densest);
            return this;
        }

        /**
         * {@return this}
         *
         * @param maps where the phases lie; inclusions unless said
         */
        public Builder maps(Maps maps) {
            this.maps = Objects.requireNonNull(maps);
            return this;
        }

        /**
         * {@return this}
         *
         * @param look of the atoms; lines unless said
         */
        public Builder look(Atoms look) {
            this.lookOfAtoms = Objects.requireNonNull(look);
            return this;
        }

        /**
         * {@return this}
         *
         * @param seed any; one seed gives one image, on every machine
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * {@return the image}
         *
         * @throws InvalidInputException if it has more entries than an array can hold
         */
        public SpectralImage simulate() {
            Settings.entries(channels, (int) shape.pixels());
            Draws draws = new Draws(seed);
            DenseMatrix dictionary = dictionary(draws);
            DenseMatrix w = weights(draws);
            DenseMatrix spectra = product(dictionary, w);
            DenseMatrix h = DenseMatrix.zeros(rank, (int) shape.pixels());
            maps.draw(draws, shape, h);
            return new SpectralImage(counts(draws, spectra, h), dictionary, w, spectra, h, shape);
        }

        private DenseMatrix dictionary(Draws draws) {
            DenseMatrix dictionary = DenseMatrix.zeros(channels, atoms);
            double[] column = new double[channels];
            for (int q = 0; q < atoms; q++) {
                lookOfAtoms.draw(draws, column);
                setScaled(dictionary, q, column, 1);
            }
            return dictionary;
        }

        /** Each phase has its own leading atom as long as there are enough, and others by chance. */
        private DenseMatrix weights(Draws draws) {
            DenseMatrix w = DenseMatrix.zeros(atoms, rank);
            double[] column = new double[atoms];
            int[] order = permutation(draws, atoms);
            int others = Math.max(1, atoms / 4);
            for (int r = 0; r < rank; r++) {
                for (int q = 0; q < atoms; q++) {
                    column[q] = TRACE * draws.uniform(0.5, 1);
                }
                for (int other = 0; other < others; other++) {
                    column[draws.below(atoms)] += draws.uniform(0.2, 0.8);
                }
                column[order[r % atoms]] += 1;
                setScaled(w, r, column, photons * draws.uniform(thinnest, densest));
            }
            return w;
        }

        private static int[] permutation(Draws draws, int n) {
            int[] order = new int[n];
            for (int i = 0; i < n; i++) {
                int j = draws.below(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            return order;
        }

        private static void setScaled(DenseMatrix into, int column, double[] values, double sum) {
            double total = 0;
            for (double v : values) {
                total += v;
            }
            for (int i = 0; i < values.length; i++) {
                into.set(i, column, values[i] * (sum / total));
            }
        }

        private static DenseMatrix product(DenseMatrix a, DenseMatrix b) {
            DenseMatrix product = DenseMatrix.zeros(a.rows(), b.columns());
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < b.columns(); j++) {
                    double sum = 0;
                    for (int q = 0; q < a.columns(); q++) {
                        sum += a.get(i, q) * b.get(q, j);
                    }
                    product.set(i, j, sum);
                }
            }
            return product;
        }
    }
}
