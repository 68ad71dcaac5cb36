package io.github.nmf4j.unmix;

import io.github.nmf4j.unmix.Diagnosis.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Puts what the steps have found into words. */
final class Diagnoses {
    /** Below this gap simulated answers were off by up to 14° where others were within 6°. */
    private static final double CLEAR_GAP = 5;

    /** A component of fewer photons a pixel beside one so many times brighter was 4° to 6° off in its subspace alone. */
    private static final double FAINT = 50;

    private static final double BRIGHTER = 10;

    /** Images of one dose reached 1.21; a dose that falls by a fifth across the image began at 1.9. */
    private static final double OFF_PLANE = 1.5;

    /** Images with pure pixels reached 0.23 with a dictionary; maps that never exceed a third had 1.16 to 2.69 in 11 of 12. */
    private static final double ROOMY = 1;

    /** Noise of counts was within 0.3 % on simulated images; a dead time or a missing component adds a little. */
    private static final double OTHER_GAIN = 1.5;

    private final List<String> remarks = new ArrayList<>();

    private Diagnoses() {}

    /**
     * {@return the diagnosis}
     *
     * @param found the simplex
     * @param subspace its place among spectra
     * @param scores of the pixels
     * @param photons of each corner, in counts
     * @param room of each corner
     * @param gain units of x a count, as the noise tells
     * @param told gain that the noise was weighted by
     * @param dose what was assumed of it
     * @param empty pixels
     * @param order of the components
     */
    static Diagnosis of(
            SimplexFit.Fitted found,
            Subspace subspace,
            Scores scores,
            double[] photons,
            double[] room,
            double gain,
            double told,
            Dose dose,
            int empty,
            int[] order) {
        Determination determination = found.determination();
        List<Double> support = ordered(determination.support(), order);
        List<Double> photonsInOrder = ordered(photons, order);
        List<Double> roomInOrder = ordered(room, order);
        Diagnoses words = new Diagnoses();
        words.determined(support, determination.threshold());
        words.visible(subspace.gap(), photonsInOrder);
        words.pure(roomInOrder);
        words.assumed(gain / told, dose == Dose.SAME ? scores.departure() : 0);
        words.measured(empty);
        return new Diagnosis(
                determination.held() ? Regime.DETERMINED : Regime.WEAKLY_DETERMINED,
                subspace.gap(),
                Arrays.stream(subspace.values()).boxed().toList(),
                support,
                determination.threshold(),
                scores.sigma(),
                gain,
                scores.departure(),
                roomInOrder,
                Arrays.stream(found.starts()).boxed().toList(),
                photonsInOrder,
                words.remarks);
    }

    private static List<Double> ordered(double[] values, int[] order) {
        return Arrays.stream(order).mapToObj(a -> values[a]).toList();
    }

    private void say(String format, Object... values) {
        remarks.add(String.format(Locale.ROOT, format, values));
    }

    private void determined(List<Double> support, double threshold) {
        for (int a = 0; a < support.size(); a++) {
            if (!(support.get(a) >= threshold)) {
                say(
                        "weakly determined: few pixels are without component %d, or only those of one kind (support %.3g,"
                                + " needed %.3g), so the spectra of the others could turn towards it",
                        a, support.get(a), threshold);
            }
        }
    }

    private void visible(double gap, List<Double> photons) {
        if (gap < CLEAR_GAP) {
            say(
                    "a component is hardly above the noise (gap %.3g, clear from %.3g on): expect angles of 10 degrees, or"
                            + " one component too many",
                    gap, CLEAR_GAP);
        }
        double brightest =
                photons.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        for (int a = 0; a < photons.size(); a++) {
            if (photons.get(a) < FAINT && photons.get(a) * BRIGHTER < brightest) {
                say(
                        "component %d is faint: a pure pixel of it sends %.3g photons beside %.3g of the brightest, and its"
                                + " spectrum may be several degrees off",
                        a, photons.get(a), brightest);
            }
        }
    }

    private void pure(List<Double> room) {
        for (int a = 0; a < room.size(); a++) {
            if (room.get(a) >= ROOMY) {
                say(
                        "component %d may be a mixture: with much of another taken out of it its spectrum stays possible, and"
                                + " if no pixel is pure its share in the purest may be as low as %.2g",
                        a, 1 / (1 + room.get(a)));
            }
        }
    }

    private void assumed(double gain, double departure) {
        if (gain > OTHER_GAIN || gain < 1 / OTHER_GAIN) {
            say(
                    "the noise is %.3g times that of counts: x was scaled, so give its gain or have it estimated, or there are"
                            + " more components",
                    gain);
        }
        if (departure > OFF_PLANE) {
            say(
                    "pixels leave the plane of the components, by %.3g times the noise: dose or thickness varies, so allow"
                            + " for it, or there are more components",
                    departure);
        }
    }

    private void measured(int empty) {
        if (empty > 0) {
            say(
                    "%d pixels have no counts where the others have many: they are taken as not measured, and their"
                            + " proportions come from their neighbours",
                    empty);
        }
    }
}
