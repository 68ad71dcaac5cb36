package io.github.nmf4j.cli;

import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.data.SpectralImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated image and what was made of it: by a fit without regularisation, by one with it, and by unmixing.
 *
 * @param image the data and their truth
 * @param plain fitted without regularisation
 * @param regularised fitted as the notebook of ESPM does it
 * @param unmixed the answer
 * @param known maps of the true spectra: the ceiling
 */
record SpectraStudy(SpectralImage image, Fitted plain, Fitted regularised, UnmixingResult unmixed, Matrix known) {
    private static final double CLOSE_DEGREES = 5;
    private static final double CLOSE_R2 = 0.9;

    /**
     * A fit.
     *
     * @param result of the fit
     * @param spectra G·W
     */
    record Fitted(Result result, Matrix spectra) {
        Factorization fit() {
            return result.fit();
        }

        AgainstTruth against(SpectralImage image) {
            return AgainstTruth.of(image, spectra, fit().h());
        }
    }

    AgainstTruth answer() {
        return AgainstTruth.of(image, unmixed.found().spectra(), unmixed.found().h());
    }

    AgainstTruth withRegularisation() {
        return regularised.against(image);
    }

    AgainstTruth withoutRegularisation() {
        return plain.against(image);
    }

    AgainstTruth ceiling() {
        return AgainstTruth.of(image, image.spectra(), known);
    }

    /** {@return by component of the truth: angle and R² by unmixing, with and without regularisation, and R² of the ceiling} */
    List<List<String>> rows() {
        List<AgainstTruth> all = List.of(answer(), withRegularisation(), withoutRegularisation());
        AgainstTruth ceiling = ceiling();
        List<List<String>> rows = new ArrayList<>();
        for (int t = 0; t < known.rows(); t++) {
            List<String> row = new ArrayList<>(List.of(String.valueOf(t)));
            for (AgainstTruth measured : all) {
                row.add(String.format("%.2f", measured.components().get(t).angle()));
                row.add(String.format("%.4f", measured.components().get(t).r2()));
            }
            row.add(String.format("%.4f", ceiling.components().get(t).r2()));
            rows.add(row);
        }
        return rows;
    }

    /** {@return how far the answer is from the truth, in a sentence} */
    String verdict() {
        double angle = answer().largestAngle();
        double r2 = answer().smallestR2();
        String measured = String.format(
                "the worst spectrum is %.2f degrees off, the worst map has R² %.3f, where %.3f is what the true spectra would"
                        + " give",
                angle, r2, ceiling().smallestR2());
        boolean spectraClose = angle <= CLOSE_DEGREES;
        boolean mapsClose = r2 >= CLOSE_R2;
        if (spectraClose && mapsClose) {
            return "close to the truth: " + measured;
        }
        String which = spectraClose ? "the maps are" : mapsClose ? "the spectra are" : "spectra and maps are";
        return which + " not close to the truth: " + measured;
    }

    /** {@return what regularisation changes, in a sentence} */
    String comparison() {
        return String.format(
                "with regularisation the fit is at worst %.2f degrees and R² %.3f, without it %.2f degrees and R² %.3f",
                withRegularisation().largestAngle(),
                withRegularisation().smallestR2(),
                withoutRegularisation().largestAngle(),
                withoutRegularisation().smallestR2());
    }
}
