package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import java.util.List;

/**
 * Steps against the gradient, then to the nearest point of the constraints' set: for each factor F ← P(F − ∇/γ).
 *
 * <p>ESPM has it, for comparison. The objective may rise: nothing bounds it where γ is too small, and with an adaptive γ, a
 * twentieth smaller after a step that it would have bounded and half as large again after one that it would not, every step is
 * taken all the same.
 *
 * @param h γ of H in the scale of the fit, above 0; 0 to begin with the largest curvature of the first majorizer
 * @param w γ of W, likewise
 * @param adaptive whether γ follows what the steps did; two more passes over X a sweep
 */
@AutoService(Solver.class)
public record ProjectedGradient(double h, double w, boolean adaptive) implements Solver {
    private static final Parameter OF_H = new Parameter(
            "h",
            Parameter.Kind.NUMBER,
            "0",
            "curvature for h, the inverse of the step; 0 takes it from the first gradient");
    private static final Parameter OF_W = new Parameter(
            "w",
            Parameter.Kind.NUMBER,
            "0",
            "curvature for w, the inverse of the step; 0 takes it from the first gradient");
    private static final Parameter STEP = new Parameter(
            "step", Parameter.Kind.CHOICE, "adaptive", "adaptive, or fixed for curvatures that stay as they begin");
    private static final double LONGER = 1.05;
    private static final double SHORTER = 1.5;

    /** Adaptive from the first gradient on. */
    public ProjectedGradient() {
        this(0, 0, true);
    }

    /** Refuses negative curvatures. */
    public ProjectedGradient {
        if (!(Math.min(h, w) >= 0 && Math.max(h, w) < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    "projected-gradient: curvatures must be finite and at least 0: h = " + h + ", w = " + w);
        }
    }

    @Override
    public String name() {
        return "projected-gradient";
    }

    @Override
    public String summary() {
        return "gradient steps as in ESPM, for comparison: any loss, but the objective may rise, and it is slower than mm";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(OF_H, OF_W, STEP);
    }

    @Override
    public Solver with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        String step = values.choice(STEP.name(), adaptive ? "adaptive" : "fixed");
        if (!step.equals("adaptive") && !step.equals("fixed")) {
            throw new InvalidInputException("projected-gradient: step must be adaptive or fixed: " + step);
        }
        return new ProjectedGradient(
                values.number(OF_H.name(), h), values.number(OF_W.name(), w), step.equals("adaptive"));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(OF_H.name(), h).and(OF_W.name(), w).and(STEP.name(), adaptive ? "adaptive" : "fixed");
    }

    @Override
    public Sweep sweep(Problem problem) {
        return new Descent(problem, new Step(problem, Factor.H, h), new Step(problem, Factor.W, w));
    }

    /** Steps of H, then of W; keeps the curvatures from sweep to sweep. */
    private final class Descent implements Sweep {
        private final Problem problem;
        private final Step ofH;
        private final Step ofW;

        Descent(Problem problem, Step ofH, Step ofW) {
            this.problem = problem;
            this.ofH = ofH;
            this.ofW = ofW;
        }

        @Override
        public boolean run(Iterate from, Iterate into, Gate gate) {
            Step first = problem.updates(Factor.H) ? ofH : ofW;
            boolean wanted = adaptive || gate.wantsObjective();
            double data = first.half.statistics(from, wanted);
            Objective before = wanted ? problem.objective(from, data) : null;
            if (!gate.proceed(from, before)) {
                return false;
            }
            into.set(Factor.W, from);
            into.set(Factor.H, from);
            first.take(from, into);
            Objective between = adaptive ? problem.objective(into) : null;
            adapt(first, before, between);
            if (first == ofH && problem.updates(Factor.W)) {
                ofW.half.statistics(into, false);
                ofW.take(from, into);
                adapt(ofW, between, adaptive ? problem.objective(into) : null);
            }
            return true;
        }

        private void adapt(Step step, Objective before, Objective after) {
            if (adaptive) {
                boolean bounded = before.total() + step.predicted - after.total() > 0;
                step.curvature *= bounded ? 1 / LONGER : SHORTER;
            }
        }
    }

    /** The step of one factor. */
    private static final class Step {
        private final HalfStep half;
        private final Factor factor;
        private final DenseMatrix slopes;
        private double curvature;

        /** ⟨∇, F′ − F⟩ + γ‖F′ − F‖² of the last step. */
        private double predicted;

        Step(Problem problem, Factor factor, double curvature) {
            this.half = problem.halfStep(factor);
            this.factor = factor;
            this.slopes =
                    DenseMatrix.zeros(problem.rank(), problem.terms(factor).vectors());
            this.curvature = curvature;
        }

        void take(Iterate from, Iterate into) {
            Iterate at = into.copy(); // the other factor may be new already
            if (curvature == 0) {
                curvature = half.largestCurvature(at);
            }
            half.slopes(at, slopes);
            half.minimizeModel(at.values(factor), slopes, curvature, into.values(factor));
            predicted = 0;
            for (int c = 0; c < slopes.rows(); c++) {
                for (int j = 0; j < slopes.columns(); j++) {
                    double moved =
                            into.values(factor).get(c, j) - at.values(factor).get(c, j);
                    predicted += moved * (slopes.get(c, j) + curvature * moved);
                }
            }
            into.setPenalties(factor, from.penalties(factor));
        }
    }
}
