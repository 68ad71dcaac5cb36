package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Smoothed anisotropic total variation of images, Σ √((hᵢ − hⱼ)² + δ²) − δ over pixels beside each other: smooth regions with
 * edges kept.
 *
 * <p>Differences well above δ cost their size, those below cost t²/2δ. δ is subtracted an edge, so that a flat image costs
 * nothing; that changes the value by a constant and the fit not at all. Majorized by a Laplacian whose weights
 * 1/√((h̄ᵢ − h̄ⱼ)² + δ²) follow the current image (iteratively reweighted least squares: Vogel &amp; Oman 1996, SIAM Journal on
 * Scientific Computing 17(1), 227–238), in a checkerboard of two colours.
 *
 * @param shape height and width of the images; empty in the prototype only
 * @param delta δ &gt; 0, in the scale of the factor
 */
@AutoService(Regularizer.class)
public record TotalVariation(Optional<Shape> shape, double delta) implements Regularizer {
    private static final String NAME = "total-variation";
    private static final double STANDARD_DELTA = 1e-3;
    private static final Parameter SHAPE = new Parameter(
            "shape", Parameter.Kind.SHAPE, "", "height and width of the image whose pixels are the vectors");
    private static final Parameter DELTA = new Parameter(
            "delta",
            Parameter.Kind.NUMBER,
            Double.toString(STANDARD_DELTA),
            "differences below it count as noise, above 0");

    /** Refuses a δ that is not positive and finite, or whose square is not. */
    public TotalVariation {
        Positive.requireWithSquare(NAME + ": delta", delta);
    }

    /** The prototype, which has no shape yet. */
    public TotalVariation() {
        this(Optional.empty(), STANDARD_DELTA);
    }

    /**
     * Of images of this shape, with the standard δ.
     *
     * @param shape height and width
     */
    public TotalVariation(Shape shape) {
        this(shape, STANDARD_DELTA);
    }

    /**
     * Of images of this shape.
     *
     * @param shape height and width
     * @param delta δ &gt; 0, in the scale of the factor
     */
    public TotalVariation(Shape shape, double delta) {
        this(Optional.of(shape), delta);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "smooth regions with sharp edges: differences between neighbouring pixels";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SHAPE, DELTA);
    }

    @Override
    public TotalVariation with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new TotalVariation(values.shape(SHAPE.name()), values.number(DELTA.name(), STANDARD_DELTA));
    }

    @Override
    public Arguments arguments() {
        Arguments arguments = Arguments.NONE.and(DELTA.name(), delta);
        return shape.isPresent() ? arguments.and(SHAPE.name(), shape.get()) : arguments;
    }

    @Override
    public Reads reads() {
        return Reads.NEIGHBOURS;
    }

    @Override
    public boolean convex() {
        return true;
    }

    @Override
    public void check(int rank, int vectors) {
        grid().check(NAME, vectors);
    }

    @Override
    public Optional<int[]> colours(int vectors) {
        return Optional.of(grid().colours());
    }

    @Override
    public Term at(FactorView now) {
        return new EdgeTerm(grid(), new SmoothedAbsolute(delta), now);
    }

    private Grid grid() {
        return new Grid(shape.orElseThrow(
                () -> new InvalidInputException(NAME + " needs a shape, as in shape=100x80: none is given")));
    }

    /** √(t² + δ²) − δ, written without the difference. */
    private record SmoothedAbsolute(double delta) implements Potential {
        @Override
        public double value(double t) {
            return t * t / (Math.sqrt(t * t + delta * delta) + delta);
        }

        @Override
        public double curvature(double t) {
            return 1 / Math.sqrt(t * t + delta * delta);
        }
    }
}
