package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Smoothness over an image or a graph, ½ Σ h·L·hᵀ over components with L = D − A: half the sum of squared differences of
 * neighbours, times the weights of their edges.
 *
 * <p>An image has 4 neighbours a pixel and free borders. A graph is a symmetric non-negative matrix A of weights; its
 * diagonal cancels in L. Cai et al. (2011), IEEE TPAMI 33(8), 1548–1560.
 *
 * <p>The forms of {@link Majorizer} have the same limits but not the same speed: {@code new Laplacian(shape)} is the one to
 * use, {@link #majorizedBy} is there to compare.
 */
@AutoService(Regularizer.class)
public final class Laplacian implements Regularizer {
    /** Which surrogate bounds the penalty. */
    public enum Majorizer {
        /** Colour by colour and exact; L ⪯ 2D where all vectors move. Always bounds. */
        CONDITIONAL,
        /** Tangent plus ½·step·(h − h̄)², the {@code l2_surrogate} of ESPM; bounds if the step is at least 2·max D. */
        QUADRATIC,
        /**
         * Tangent plus step·max h̄·(h̄·log(h̄/h) − h̄ + h), the maximum over a component: the {@code log_surrogate} of ESPM.
         * Bounds only while no entry grows past that maximum, so it is kept for comparison.
         */
        LOG;

        @Override
        public String toString() {
            return Choices.word(this);
        }

        static Majorizer parse(String text) {
            return Choices.parse(NAME + ": majorizer", Majorizer.class, text);
        }
    }

    private static final String NAME = "laplacian";
    private static final Parameter SHAPE = new Parameter(
            "shape", Parameter.Kind.SHAPE, "", "height and width of the image whose pixels are the vectors; or graph");
    private static final Parameter GRAPH = new Parameter(
            "graph", Parameter.Kind.MATRIX, "", "symmetric non-negative weights, vectors x vectors; or shape");
    private static final Parameter MAJORIZER = new Parameter(
            "majorizer",
            Parameter.Kind.CHOICE,
            Majorizer.CONDITIONAL.toString(),
            "conditional (coloured and exact), quadratic or log");
    private static final Parameter STEP = new Parameter(
            "step",
            Parameter.Kind.CHOICE,
            Step.STANDARD.toString(),
            "of quadratic and log: a number, adaptive, or adaptive/START");

    /** Null in the prototype, which has nothing to smooth over yet. */
    private final Graph graph;

    private final Majorizer majorizer;
    private final Step step;

    private Laplacian(Graph graph, Majorizer majorizer, Step step) {
        if (majorizer == Majorizer.CONDITIONAL && !step.equals(Step.STANDARD)) {
            throw new InvalidInputException(
                    NAME + ": step needs majorizer quadratic or log, conditional takes none: " + step);
        }
        this.graph = graph;
        this.majorizer = majorizer;
        this.step = step;
    }

    private Laplacian(Graph graph) {
        this(graph, Majorizer.CONDITIONAL, Step.STANDARD);
    }

    /** The prototype, which has neither shape nor graph yet. */
    public Laplacian() {
        this((Graph) null);
    }

    /**
     * Over images of this shape.
     *
     * @param shape height and width
     */
    public Laplacian(Shape shape) {
        this(new Grid(shape));
    }

    /**
     * Over a graph.
     *
     * @param graph weights of its edges: symmetric, non-negative, finite; copied
     * @throws InvalidInputException if it is anything else
     */
    public Laplacian(Matrix graph) {
        this(new AdjacencyGraph(NAME, graph));
    }

    /**
     * {@return the same penalty with another surrogate}
     *
     * @param majorizer {@link Majorizer#QUADRATIC} or {@link Majorizer#LOG}; the conditional form takes no step
     * @param step how much curvature to add to the tangent
     */
    public Laplacian majorizedBy(Majorizer majorizer, Step step) {
        return new Laplacian(graph, majorizer, step);
    }

    /** {@return the surrogate in use} */
    public Majorizer majorizer() {
        return majorizer;
    }

    /** {@return the step in use now; of no effect in the conditional form} */
    public Step step() {
        return step;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "smoothness over an image or a graph: half the sum of squared differences between neighbours";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SHAPE, GRAPH, MAJORIZER, STEP);
    }

    @Override
    public Laplacian with(Arguments values) {
        values.checkedAgainst(NAME, parameters());
        Optional<Shape> shape = values.shape(SHAPE.name());
        Optional<Matrix> weights = values.matrix(GRAPH.name());
        if (shape.isPresent() && weights.isPresent()) {
            throw new InvalidInputException(
                    NAME + " takes a shape or a graph, not both: shape=" + shape.get() + ", graph of "
                            + weights.get().rows() + " x " + weights.get().columns());
        }
        Graph given = shape.isPresent()
                ? new Grid(shape.get())
                : weights.map(matrix -> new AdjacencyGraph(NAME, matrix)).orElse(null);
        return new Laplacian(
                given,
                Majorizer.parse(values.choice(MAJORIZER.name(), MAJORIZER.standard())),
                Step.parse(values.choice(STEP.name(), STEP.standard())));
    }

    @Override
    public Arguments arguments() {
        Arguments arguments =
                Arguments.NONE.and(MAJORIZER.name(), majorizer.toString()).and(STEP.name(), step.toString());
        if (graph instanceof Grid grid) {
            return arguments.and(SHAPE.name(), grid.shape());
        }
        return graph instanceof AdjacencyGraph given ? arguments.and(GRAPH.name(), given.given()) : arguments;
    }

    @Override
    public Reads reads() {
        return majorizer == Majorizer.LOG ? Reads.FACTOR : Reads.NEIGHBOURS;
    }

    @Override
    public boolean convex() {
        return true;
    }

    @Override
    public boolean majorizes() {
        return switch (majorizer) {
            case CONDITIONAL -> true;
            case QUADRATIC ->
                step.rule() == Step.Rule.FIXED && graph != null && step.size() >= 2 * graph.largestDegree();
            case LOG -> false;
        };
    }

    @Override
    public boolean separatesComponents() {
        return true;
    }

    @Override
    public void check(int rank, int vectors) {
        graph().check(NAME, vectors);
    }

    @Override
    public Optional<int[]> colours(int vectors) {
        return majorizer == Majorizer.CONDITIONAL ? Optional.of(graph().colours()) : Optional.empty();
    }

    @Override
    public Term at(FactorView now) {
        EdgeTerm edges = new EdgeTerm(graph(), Potential.HALF_SQUARE, now);
        return switch (majorizer) {
            case CONDITIONAL -> graph instanceof Grid grid ? new GridTerm(grid, now) : edges;
            case QUADRATIC -> new QuadraticStepTerm(edges, step.size());
            case LOG -> new LogStepTerm(edges, step.size());
        };
    }

    @Override
    public Regularizer after(FactorView before, FactorView now) {
        if (step.rule() == Step.Rule.FIXED) {
            return this;
        }
        double distance = majorizer == Majorizer.LOG
                ? LogStepTerm.distance(before, now)
                : QuadraticStepTerm.distance(before, now);
        double gap = step.size() * distance - EdgeTerm.halfSquareOfChange(graph(), before, now);
        return new Laplacian(graph, majorizer, step.after(gap));
    }

    private Graph graph() {
        if (graph == null) {
            throw new InvalidInputException(
                    NAME + " needs a shape or a graph, as in shape=100x80 or graph=FILE: neither is given");
        }
        return graph;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Laplacian that
                && Objects.equals(graph, that.graph)
                && majorizer == that.majorizer
                && step.equals(that.step);
    }

    @Override
    public int hashCode() {
        return Objects.hash(graph, majorizer, step);
    }

    @Override
    public String toString() {
        return NAME + ":" + arguments();
    }
}
