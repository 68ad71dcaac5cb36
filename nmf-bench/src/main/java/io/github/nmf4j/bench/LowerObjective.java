package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SymmetricEigen;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.PortableBackend;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.core.UnitColumns;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.data.SpectralImage;
import io.github.nmf4j.regularizers.Laplacian;
import io.github.nmf4j.regularizers.LogPenalty;
import io.github.nmf4j.unmix.Unmixed;
import io.github.nmf4j.unmix.Unmixing;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints the second table of docs/unmixing.md: divergence and distance from the truth of the truth itself, of fits from several
 * starts, and of unmixing, on the image of {@code nmf demo spectra}, or on the toy image of ESPM.
 *
 * <p>Argument: the folder of reference data for the toy image, which is in its folder {@code toy-full}.
 */
public final class LowerObjective {
    private static final int RANK = 3;

    private final SpectralImage image;
    private final LinearAlgebraBackend backend = Plugins.load().backend();
    private final double least;

    private LowerObjective(SpectralImage image) {
        this.image = image;
        this.least = divergence(image.w(), image.h());
    }

    /**
     * Prints the table.
     *
     * @param args folder of reference data
     */
    public static void main(String... args) {
        Locale.setDefault(Locale.ROOT);
        LowerObjective table = new LowerObjective(
                args.length > 0
                        ? toy(Path.of(args[0], "toy-full"))
                        : SpectralImage.builder().rank(RANK).simulate());
        System.out.println("| | divergence less that of the truth | angles, ° | R² of maps |");
        System.out.println("| --- | --- | --- | --- |");
        table.rows();
    }

    /** The toy's W is not in a file: it is what gives its spectra by least squares, exact to rounding. */
    private static SpectralImage toy(Path folder) {
        DenseMatrix g = matrix(folder, "G.npy").toDense();
        DenseMatrix spectra = matrix(folder, "truth_GW.npy").toDense();
        DenseMatrix h = matrix(folder, "truth_H.npy").toDense();
        LinearAlgebraBackend backend = new PortableBackend();
        DenseMatrix gram = DenseMatrix.zeros(g.columns(), g.columns());
        backend.multiply(Product.ATB, g, g, 0, gram);
        SymmetricEigen eigen = backend.eigen(gram);
        DenseMatrix products = DenseMatrix.zeros(g.columns(), RANK);
        backend.multiply(Product.ATB, g, spectra, 0, products);
        DenseMatrix turned = DenseMatrix.zeros(g.columns(), RANK);
        backend.multiply(Product.ATB, eigen.vectors(), products, 0, turned);
        for (int q = 0; q < g.columns(); q++) {
            turned.slice(q, 0, 1, RANK).scale(1 / eigen.values()[q]);
        }
        DenseMatrix w = DenseMatrix.zeros(g.columns(), RANK);
        backend.multiply(Product.AB, eigen.vectors(), turned, 0, w);
        return new SpectralImage(matrix(folder, "X.npy"), g, w, spectra, h, new Shape(100, 100));
    }

    private static Matrix matrix(Path folder, String name) {
        return MatrixFiles.read(folder.resolve(name)).matrix();
    }

    private void rows() {
        print("the truth", image.w(), image.h());
        fitted("divergence, from the truth", divergence(), image.w(), image.h(), 500);
        fitted("with the notebook's penalties, from the truth", notebook(), image.w(), image.h(), 500);
        for (int iterations : new int[] {200, 1000}) {
            Factorization fit = notebook()
                    .stopWhen(StoppingRule.afterIterations(iterations))
                    .build()
                    .fit(image.x());
            print("the same, from the data, " + iterations + " iterations", fit.w(), fit.h());
        }
        Unmixed found = Unmixing.builder()
                .rank(RANK)
                .dictionary(image.dictionary())
                .build()
                .of(image.x(), image.shape());
        print("unmixing", found.w(), found.h());
        fitted("divergence, from unmixing", divergence(), found.w(), found.h(), 200);
    }

    private Nmf.Builder divergence() {
        return Nmf.builder()
                .rank(RANK)
                .dictionary(image.dictionary())
                .constrainH(new UnitColumns())
                .backend(backend)
                .threads(Runtime.getRuntime().availableProcessors());
    }

    private Nmf.Builder notebook() {
        return divergence()
                .penalizeH(new Laplacian(image.shape()).times(2).plus(new LogPenalty().times(0.05)))
                .normalized();
    }

    private void fitted(String name, Nmf.Builder builder, Matrix w, Matrix h, int iterations) {
        Factorization fit = builder.startW(w)
                .startH(h)
                .stopWhen(StoppingRule.afterIterations(iterations))
                .build()
                .fit(image.x());
        print(name + ", " + iterations + " iterations", fit.w(), fit.h());
    }

    /** {@return the Kullback–Leibler divergence of X from G·W·H} It is where a fit that starts there begins. */
    private double divergence(Matrix w, Matrix h) {
        return divergence()
                .startW(w)
                .startH(h)
                .stopWhen(StoppingRule.afterIterations(1))
                .build()
                .fit(image.x())
                .trace()
                .rows()
                .get(0)
                .objective();
    }

    private void print(String name, Matrix w, Matrix h) {
        DenseMatrix spectra = DenseMatrix.zeros(image.spectra().rows(), RANK);
        backend.multiply(Product.AB, image.dictionary(), w.toDense(), 0, spectra);
        int[] truthOf = Measures.matchByAngle(image.spectra(), spectra);
        double[] angle = new double[RANK];
        double[] r2 = new double[RANK];
        for (int c = 0; c < RANK; c++) {
            angle[truthOf[c]] =
                    Measures.angle(Measures.column(image.spectra(), truthOf[c]), Measures.column(spectra, c));
            r2[truthOf[c]] = Measures.r2(Measures.row(image.h(), truthOf[c]), Measures.row(h, c));
        }
        System.out.printf(
                "| %s | %.0f | %s | %s |%n", name, divergence(w, h) - least, joined("%.1f", angle), joined("%.3f", r2));
    }

    private static String joined(String format, double[] values) {
        return String.join(
                " / ",
                Arrays.stream(values)
                        .mapToObj(value -> String.format(format, value))
                        .toList());
    }
}
