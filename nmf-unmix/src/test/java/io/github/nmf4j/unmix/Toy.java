package io.github.nmf4j.unmix;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.data.MatrixFiles;
import java.nio.file.Path;

/** The toy problem of ESPM at full size, from the folder that the system property {@code nmf4j.reference} names. */
record Toy(Matrix x, Matrix g, Matrix spectra, Matrix h, Shape shape) {
    static Toy read() {
        String name = System.getProperty("nmf4j.reference", "");
        assumeTrue(!name.isEmpty(), "skipped: the system property nmf4j.reference names no folder of reference data");
        Path folder = Path.of(name, "toy-full");
        return new Toy(
                matrix(folder, "X.npy"),
                matrix(folder, "G.npy"),
                matrix(folder, "truth_GW.npy"),
                matrix(folder, "truth_H.npy"),
                new Shape(100, 100));
    }

    private static Matrix matrix(Path folder, String name) {
        return MatrixFiles.read(folder.resolve(name)).matrix();
    }

    /** Angle of each true spectrum to the found one, then R² of each true map, in the order of the truth. */
    static double[][] against(Matrix spectra, Matrix h, Unmixed found) {
        int[] truthOf = Measures.matchByAngle(spectra, found.spectra());
        double[][] measures = new double[2][truthOf.length];
        for (int c = 0; c < truthOf.length; c++) {
            int t = truthOf[c];
            measures[0][t] = Measures.angle(Measures.column(spectra, t), Measures.column(found.spectra(), c));
            measures[1][t] = Measures.r2(Measures.row(h, t), Measures.row(found.h(), c));
        }
        return measures;
    }
}
