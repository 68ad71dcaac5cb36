package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.InvalidInputException;

/**
 * How much curvature a {@link Laplacian} majorized with a step adds to its tangent.
 *
 * <p>Written as a number, as {@code adaptive}, or as {@code adaptive/START}.
 *
 * @param size γ, positive and finite
 * @param rule whether it stays
 */
public record Step(double size, Rule rule) {
    /** What becomes of a step after a half-step. */
    public enum Rule {
        /** It stays. */
        FIXED,
        /** It shrinks by 1.05 while the tangent and the step bound what was found, and grows by 1.5 when they do not. */
        ADAPTIVE
    }

    /** What no eigenvalue of the Laplacian of an image reaches. */
    static final Step STANDARD = fixed(8);

    private static final String ADAPTIVE = "adaptive";
    private static final double SHRINK = 1.05;
    private static final double GROW = 1.5;
    /** An adaptive step stays between these, where products with it are finite and not zero. */
    private static final double LEAST = 1e-100;

    private static final double LARGEST = 1e100;

    /** Refuses a size that is not positive and finite. */
    public Step {
        if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("laplacian: step must be positive and finite: " + size);
        }
    }

    /**
     * {@return a step that stays}
     *
     * @param size γ, positive and finite
     */
    public static Step fixed(double size) {
        return new Step(size, Rule.FIXED);
    }

    /** {@return a step that starts at 8 and adapts} */
    public static Step adaptive() {
        return adaptiveFrom(STANDARD.size);
    }

    /**
     * {@return a step that adapts}
     *
     * @param start where it starts, positive and finite
     */
    public static Step adaptiveFrom(double start) {
        return new Step(start, Rule.ADAPTIVE);
    }

    /**
     * {@return the step written as this text}
     *
     * @param text as {@link #toString} writes it
     * @throws InvalidInputException if it is anything else
     */
    static Step parse(String text) {
        if (text.equals(ADAPTIVE)) {
            return adaptive();
        }
        boolean adapts = text.startsWith(ADAPTIVE + "/");
        try {
            double size = Double.parseDouble(adapts ? text.substring(ADAPTIVE.length() + 1) : text);
            return new Step(size, adapts ? Rule.ADAPTIVE : Rule.FIXED);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    "laplacian: step must be a number, 'adaptive' or 'adaptive/START': '" + text + "'", e);
        }
    }

    /**
     * {@return the step after a half-step}
     *
     * @param gap by how much tangent and step lay above the Laplacian at the point found; negative if below
     */
    Step after(double gap) {
        double next = gap > 0 ? size / SHRINK : size * GROW;
        return new Step(Math.max(LEAST, Math.min(LARGEST, next)), rule);
    }

    @Override
    public String toString() {
        return rule == Rule.FIXED ? Double.toString(size) : ADAPTIVE + "/" + size;
    }
}
