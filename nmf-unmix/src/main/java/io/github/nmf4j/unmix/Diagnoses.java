package io.github.nmf4j.unmix;

import io.github.nmf4j.unmix.Diagnosis.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Puts what the steps have found into words. */
final class Diagnoses {
    /** Below this gap simulated answers were off by up to 12° where others were within 6°. */
    private static final double CLEAR_GAP = 5;

    /** A component of fewer photons a pixel beside one so many times brighter was 4° to 6° off in its subspace alone. */
    private static final double FAINT = 50;

    private static final double BRIGHTER = 10;

    private Diagnoses() {}

    static Diagnosis of(
            SimplexFit.Fitted fitted, Subspace subspace, Scores scores, double[] photons, int[] order, int empty) {
        Determination determination = fitted.determination();
        List<Double> supportInOrder = new ArrayList<>();
        List<Double> photonsInOrder = new ArrayList<>();
        for (int a : order) {
            supportInOrder.add(determination.support()[a]);
            photonsInOrder.add(photons[a]);
        }
        return new Diagnosis(
                determination.held() ? Regime.DETERMINED : Regime.WEAKLY_DETERMINED,
                subspace.gap(),
                Arrays.stream(subspace.values()).boxed().toList(),
                supportInOrder,
                determination.threshold(),
                scores.sigma(),
                Arrays.stream(fitted.starts()).boxed().toList(),
                photonsInOrder,
                remarks(subspace.gap(), supportInOrder, determination.threshold(), photonsInOrder, empty));
    }

    private static List<String> remarks(
            double gap, List<Double> support, double threshold, List<Double> photons, int empty) {
        List<String> remarks = new ArrayList<>();
        for (int a = 0; a < support.size(); a++) {
            if (!(support.get(a) >= threshold)) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "weakly determined: few pixels are without component %d, or only those of one kind (support %.3g,"
                                + " needed %.3g), so the spectra of the others could turn towards it",
                        a,
                        support.get(a),
                        threshold));
            }
        }
        if (gap < CLEAR_GAP) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "a component is hardly above the noise (gap %.3g, clear from %.3g on): expect angles of 10 degrees, or"
                            + " one component too many",
                    gap,
                    CLEAR_GAP));
        }
        double brightest =
                photons.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        for (int a = 0; a < photons.size(); a++) {
            if (photons.get(a) < FAINT && photons.get(a) * BRIGHTER < brightest) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "component %d is faint: a pure pixel of it sends %.3g photons beside %.3g of the brightest, and its"
                                + " spectrum may be several degrees off",
                        a,
                        photons.get(a),
                        brightest));
            }
        }
        if (empty > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%d pixels have no counts where the others have many: they are taken as not measured, and their"
                            + " proportions come from their neighbours",
                    empty));
        }
        return remarks;
    }
}
