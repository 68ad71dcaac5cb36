package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.BetaDivergence;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.UnitColumns;
import io.github.nmf4j.data.Clusters;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.data.Topics;
import io.github.nmf4j.regularizers.Laplacian;
import io.github.nmf4j.regularizers.LogPenalty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Data, starts and the levels to reach.
 *
 * @param name on the command line
 * @param title above the table
 * @param starts how many
 * @param thresholds shares above the limit, or objectives where they are absolute
 * @param absolute whether they are
 * @param elsewhere a run that ends between 1e-5 and this share above the limit is in another minimum
 * @param methods solver and acceleration
 * @param most sweeps
 * @param x the data
 * @param builder everything but solver, acceleration and stop, by start
 */
record ConvergenceProblem(
        String name,
        String title,
        int starts,
        double[] thresholds,
        boolean absolute,
        double elsewhere,
        List<String[]> methods,
        int most,
        IntFunction<Matrix> data,
        IntFunction<Nmf.Builder> start) {

    Nmf.Builder builder(int number) {
        return start.apply(number);
    }

    Matrix x(int number) {
        return data.apply(number);
    }

    int sweeps(String solver, String acceleration) {
        int limit = Integer.getInteger("most", most);
        return acceleration.equals("none") ? 2 * limit : limit;
    }

    private static List<String[]> methods(String... names) {
        List<String[]> all = new ArrayList<>();
        for (String name : names) {
            all.add(name.split(" "));
        }
        return all;
    }

    static List<ConvergenceProblem> all() {
        List<ConvergenceProblem> all = new ArrayList<>();
        String reference = System.getProperty("nmf4j.reference");
        if (reference != null) {
            all.add(toy(Path.of(reference, "toy-full")));
        }
        all.add(clusters());
        all.add(dense());
        all.add(sparse());
        for (double beta : new double[] {0, 0.5, 1, 1.5, 2, 3}) {
            all.add(gamma(beta));
        }
        return all;
    }

    private static ConvergenceProblem toy(Path folder) {
        Matrix x = MatrixFiles.read(folder.resolve("X.npy")).matrix();
        double entries = (double) x.rows() * x.columns();
        double sum = 0;
        double[] row = new double[x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            x.read(i, 0, 1, row.length, row, 0, row.length);
            for (double value : row) {
                sum += value;
            }
        }
        double scale = 3 * x.columns() / sum;
        DenseMatrix w0 = MatrixFiles.read(folder.resolve("W0.npy")).matrix().toDense();
        w0.scale(1 / scale);
        Matrix h0 = MatrixFiles.read(folder.resolve("H0.npy")).matrix();
        Matrix g = MatrixFiles.read(folder.resolve("G.npy")).matrix();
        return new ConvergenceProblem(
                "toy",
                "spectral image, 200 x 10000, k = 3, dictionary, simplex, Laplacian, log penalty",
                1,
                new double[] {3.8466e-3 * entries, 3.8123e-3 * entries, 3.7962e-3 * entries},
                true,
                0,
                methods("mm none", "mm extrapolation", "mm squarem", "mm gillis"),
                800,
                n -> x,
                n -> Nmf.builder()
                        .rank(3)
                        .dictionary(g)
                        .startW(w0)
                        .startH(h0)
                        .normalized()
                        .constrainH(new UnitColumns())
                        .penalizeH(new Laplacian(new Shape(100, 100)).times(2).plus(new LogPenalty(1).times(0.05))));
    }

    private static ConvergenceProblem clusters() {
        Matrix x = Clusters.builder().simulate().x();
        return new ConvergenceProblem(
                "clusters",
                "Euclidean clusters 5000 x 1000, k = 4, ten random starts (hals:1 is scikit-learn's cd)",
                10,
                new double[] {1e-3, 1e-6},
                false,
                1e-2,
                methods(
                        "hals:1 none",
                        "hals:10 none",
                        "hals:1 extrapolation",
                        "hals:10 extrapolation",
                        "hals:10 subspace",
                        "hals:10 gillis",
                        "hals:10 squarem"),
                400,
                n -> x,
                n -> Nmf.builder().rank(4).loss(new Euclidean()).start("random").seed(n));
    }

    private static ConvergenceProblem dense() {
        IntFunction<DenseMatrix> of = RandomLowRank::of;
        DenseMatrix x = of.apply(1);
        return new ConvergenceProblem(
                "dense",
                "Euclidean 2000 x 1000, k = 30, five random starts (hals:1 is scikit-learn's cd)",
                5,
                new double[] {1e-2, 1e-4, 1e-6},
                false,
                1e-2,
                methods(
                        "hals:1 none",
                        "hals:10 none",
                        "hals:1 extrapolation",
                        "hals:10 extrapolation",
                        "hals:10 subspace",
                        "hals:10 gillis",
                        "hals:1 gillis"),
                200,
                n -> x,
                n -> Nmf.builder()
                        .rank(30)
                        .loss(new Euclidean())
                        .start("random")
                        .seed(n));
    }

    private static ConvergenceProblem sparse() {
        Matrix x = Topics.builder()
                .documents(5000)
                .words(3000)
                .topics(20)
                .length(60)
                .simulate()
                .x();
        return new ConvergenceProblem(
                "sparse",
                "Kullback-Leibler counts 5000 x 3000, k = 20, ten random starts",
                10,
                new double[] {1e-2, 1e-3, 1e-6},
                false,
                1e-1,
                methods("mm none", "mm extrapolation", "ccd none", "ccd extrapolation"),
                600,
                n -> x,
                n -> Nmf.builder().rank(20).start("random").seed(n));
    }

    private static ConvergenceProblem gamma(double beta) {
        DenseMatrix x = RandomLowRank.gamma(150, 200, 6, 3);
        return new ConvergenceProblem(
                "gamma",
                "beta = " + beta + ", gamma noise 150 x 200, k = 6, five random starts",
                5,
                new double[] {1e-2, 1e-3, 1e-4},
                false,
                1e-2,
                methods("mm none", "mm extrapolation", "mm squarem", "mm gillis"),
                2000,
                n -> x,
                n -> Nmf.builder()
                        .rank(6)
                        .loss(new BetaDivergence(beta))
                        .start("random")
                        .seed(n));
    }

    /** Products of random factors, with noise. */
    private static final class RandomLowRank {
        /** Some losses need data above 0. */
        private static final double FLOOR = 0.01;

        private RandomLowRank() {}

        static DenseMatrix of(int seed) {
            SplittableRandom random = new SplittableRandom(seed);
            return product(2000, 1000, 30, random, () -> 1 + 0.1 * random.nextGaussian());
        }

        /** {@return a gamma number of shape 5 and mean 1} */
        private static double gamma(SplittableRandom random) {
            double sum = 0;
            for (int i = 0; i < 5; i++) {
                sum -= Math.log(1 - random.nextDouble());
            }
            return sum / 5;
        }

        /** Multiplicative gamma noise. */
        static DenseMatrix gamma(int n, int p, int rank, int seed) {
            SplittableRandom random = new SplittableRandom(seed);
            return product(n, p, rank, random, () -> gamma(random));
        }

        private static DenseMatrix product(
                int n, int p, int rank, SplittableRandom random, java.util.function.DoubleSupplier noise) {
            double[][] w = factor(n, rank, random);
            double[][] h = factor(p, rank, random);
            DenseMatrix x = DenseMatrix.zeros(n, p);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < p; j++) {
                    double sum = 0;
                    for (int c = 0; c < rank; c++) {
                        sum += w[i][c] * h[j][c];
                    }
                    x.set(i, j, Math.max(0.0, (sum + FLOOR) * noise.getAsDouble()));
                }
            }
            return x;
        }

        private static double[][] factor(int vectors, int rank, SplittableRandom random) {
            double[][] factor = new double[vectors][rank];
            for (double[] vector : factor) {
                for (int c = 0; c < rank; c++) {
                    vector[c] = random.nextInt(2) * -Math.log(1 - random.nextDouble());
                }
            }
            return factor;
        }
    }
}
