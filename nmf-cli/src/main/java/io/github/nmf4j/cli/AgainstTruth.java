package io.github.nmf4j.cli;

import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.data.SpectralImage;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How spectra and maps compare with those an image was simulated from.
 *
 * @param components in the order of the truth
 */
record AgainstTruth(List<Component> components) {
    /**
     * One component.
     *
     * @param found its index among those found
     * @param angle between found and true spectrum, degrees
     * @param mse mean squared error of the map
     * @param mae mean absolute error of the map
     * @param r2 share of the true map's variance that the found one explains
     */
    record Component(int found, double angle, double mse, double mae, double r2) {}

    /**
     * {@return the comparison}
     *
     * @param image the truth
     * @param spectra channels × components, matched to the truth by angle
     * @param h components × pixels
     */
    static AgainstTruth of(SpectralImage image, Matrix spectra, Matrix h) {
        int[] truthOf = Measures.matchByAngle(image.spectra(), spectra);
        Component[] components = new Component[truthOf.length];
        for (int c = 0; c < truthOf.length; c++) {
            int t = truthOf[c];
            double[] truth = Measures.row(image.h(), t);
            double[] map = Measures.row(h, c);
            components[t] = new Component(
                    c,
                    Measures.angle(Measures.column(image.spectra(), t), Measures.column(spectra, c)),
                    Measures.meanSquaredError(truth, map),
                    Measures.meanAbsoluteError(truth, map),
                    Measures.r2(truth, map));
        }
        return new AgainstTruth(List.of(components));
    }

    double largestAngle() {
        return components.stream().mapToDouble(Component::angle).max().orElseThrow();
    }

    double smallestR2() {
        return components.stream().mapToDouble(Component::r2).min().orElseThrow();
    }

    void addTo(ObjectNode json) {
        add(json.putArray("angles"), Component::angle);
        add(json.putArray("mse"), Component::mse);
        add(json.putArray("mae"), Component::mae);
        add(json.putArray("r2"), Component::r2);
    }

    void add(ArrayNode array, ToDoubleFunction<Component> measure) {
        components.forEach(c -> array.add(measure.applyAsDouble(c)));
    }
}
