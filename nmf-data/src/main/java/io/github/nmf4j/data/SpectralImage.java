package io.github.nmf4j.data;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

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

    /** What to simulate. Each setting keeps its default unless it is set. */
    public static final class Builder {
        private static final double MOST_PHOTONS = 1e6;
        /** How densely a phase may send, relative to the photons set. */
        private static final double THINNEST = 0.5;

        private static final double DENSEST = 2.0;
        /** Weight of the atoms that a phase has only traces of. */
        private static final double TRACE = 0.01;

        private int channels = 200;
        private int atoms = 15;
        private int rank = 3;
        private Shape shape = new Shape(100, 100);
        private double photons = 300;
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
         * @param photons expected at a pixel of density one; the phases have densities from 0.5 to 2
         */
        public Builder photons(double photons) {
            this.photons = Settings.within(0, MOST_PHOTONS, "photons", photons);
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
            DenseMatrix h = maps(draws);
            return new SpectralImage(counts(draws, spectra, h), dictionary, w, spectra, h, shape);
        }

        private DenseMatrix dictionary(Draws draws) {
            DenseMatrix dictionary = DenseMatrix.zeros(channels, atoms);
            double[] column = new double[channels];
            for (int q = 0; q < atoms; q++) {
                double base = draws.uniform(0.02, 0.08);
                double decay = draws.uniform(2, 5);
                for (int i = 0; i < channels; i++) {
                    column[i] = base * (0.1 + StrictMath.exp(-decay * i / channels));
                }
                int lines = 1 + draws.below(4);
                for (int line = 0; line < lines; line++) {
                    double centre = draws.uniform(0.05, 0.95) * channels;
                    double width = 0.008 * channels + 0.01 * centre;
                    double height = draws.uniform(0.3, 1);
                    for (int i = 0; i < channels; i++) {
                        double z = (i - centre) / width;
                        column[i] += height * StrictMath.exp(-0.5 * z * z);
                    }
                }
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
                setScaled(w, r, column, photons * draws.uniform(THINNEST, DENSEST));
            }
            return w;
        }

        /** Phase 0 is what surrounds the others: a ramp on a square, a sphere or a Gaussian blob each, set on a ring. */
        private DenseMatrix maps(Draws draws) {
            int pixels = (int) shape.pixels();
            DenseMatrix h = DenseMatrix.zeros(rank, pixels);
            int inclusions = rank - 1;
            double size = Math.min(shape.height(), shape.width());
            double ring = inclusions < 2 ? 0 : 0.28 * size;
            double radius = inclusions < 2
                    ? 0.35 * size
                    : Math.min(0.2 * size, 0.9 * ring * StrictMath.sin(Math.PI / inclusions));
            double turn = draws.uniform(0, 2 * Math.PI);
            for (int r = 1; r < rank; r++) {
                double angle = turn + 2 * Math.PI * r / inclusions;
                double y0 = (shape.height() - 1) / 2.0 + ring * StrictMath.sin(angle);
                double x0 = (shape.width() - 1) / 2.0 + ring * StrictMath.cos(angle);
                for (int j = 0; j < pixels; j++) {
                    double y = (j / shape.width() - y0) / radius;
                    double x = (j % shape.width() - x0) / radius;
                    h.set(r, j, inclusion(r, y, x));
                }
            }
            for (int j = 0; j < pixels; j++) {
                double sum = 0;
                for (int r = 1; r < rank; r++) {
                    sum += h.get(r, j);
                }
                for (int r = 1; r < rank && sum > 1; r++) {
                    h.set(r, j, h.get(r, j) / sum);
                }
                h.set(0, j, Math.max(0, 1 - sum));
            }
            return h;
        }

        private static double inclusion(int r, double y, double x) {
            double square = y * y + x * x;
            return switch (r % 3) {
                case 0 -> StrictMath.exp(-2 * square);
                case 1 -> Math.max(Math.abs(y), Math.abs(x)) <= 1 ? (1 + x) / 2 : 0;
                default -> square < 1 ? StrictMath.sqrt(1 - square) : 0;
            };
        }

        private Matrix counts(Draws draws, DenseMatrix spectra, DenseMatrix h) {
            int pixels = h.columns();
            int entries = Settings.entries(channels, pixels);
            // Far beyond what a Poisson number of the largest mean can reach, so that the narrow type never overflows.
            double mean = largest(spectra);
            double most = mean + 40 * StrictMath.sqrt(mean) + 100;
            boolean narrow = most < 1 << Short.SIZE;
            NpyType type = narrow ? NpyType.U2 : NpyType.I4;
            HeapStorage counts = type.storage(entries);
            ByteBuffer line = ByteBuffer.allocate(pixels * type.bytes());
            Buffer view = counts.view(line);
            double[] means = new double[pixels];
            for (int i = 0; i < channels; i++) {
                Arrays.fill(means, 0);
                for (int r = 0; r < rank; r++) {
                    double s = spectra.get(i, r);
                    for (int j = 0; j < pixels; j++) {
                        means[j] += s * h.data()[r * pixels + j];
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
            return StoredMatrix.byRows(channels, pixels, counts);
        }

        private static double largest(DenseMatrix matrix) {
            double largest = 0;
            for (double v : matrix.data()) {
                largest = Math.max(largest, v);
            }
            return largest;
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
