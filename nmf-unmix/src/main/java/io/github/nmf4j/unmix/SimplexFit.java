package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.core.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fits the simplex: from several starts with a large volume, then, from the best of them, with the weights that suit how well
 * the points hold it.
 */
final class SimplexFit {
    /** ν where facets may pivot, and of the starts: a volume that does not yield to single points. */
    private static final double LOOSE = 30;

    /**
     * ν where every facet is held along its extent: {@value} and, beyond three components, this much for every two facets more,
     * for pixels are spread over more facets then. With 10 for six components corners went up to 11° astray.
     */
    private static final double TIGHT = 10;

    /**
     * Rotated simplices all find the smallest one of up to so many components; of six, five rotations have missed it, and
     * the simplex through extreme pixels is near it.
     */
    private static final int MOST_BY_ROTATION = 3;

    /** κ of the stages after the starts, whose κ is 0. */
    private static final double[] KAPPAS_HELD = {0, 1, 2};

    private static final double[] KAPPAS_PIVOTING = {0.5, 1};

    /** Around scores with their contrast; 3 and 4 found better maps and lost more spectra. */
    private static final double KAPPA_REFINED = 2;

    static final List<String> TERMS = List.of("volume", "contacts", "cone");

    private final Scores scores;
    private final Subspace subspace;
    private final SpectralCone cone;
    private final Points points;
    private final long began;

    /**
     * @param scores whose pixels are to be held
     * @param subspace their place among spectra
     * @param cone the possible spectra
     * @param began when, of {@link System#nanoTime}, for the trace
     */
    SimplexFit(Scores scores, Subspace subspace, SpectralCone cone, long began) {
        this.scores = scores;
        this.subspace = subspace;
        this.cone = cone;
        this.began = began;
        this.points = Points.of(scores.t(), scores.sigma());
    }

    /**
     * The simplex, and how it was found.
     *
     * @param corners k × k, a corner a column, as points of the subspace
     * @param starts objective reached from every start
     * @param determination of the best of these
     * @param trace from the best start to the end
     * @param converged whether the last stage ended by itself
     * @param settled whether it may be refined; not where few components leave a facet free to pivot, for there the stages
     *     are averaged, or stay with κ = 1
     */
    record Fitted(
            DenseMatrix corners,
            double[] starts,
            Determination determination,
            List<Trace.Row> trace,
            boolean converged,
            boolean settled) {}

    /** One minimisation and its course: the start, then a row an iteration. */
    private record Run(Bfgs.Minimum minimum, List<Trace.Row> course) {}

    /**
     * {@return the simplex}
     *
     * @param starts how many
     * @param seed of their rotations
     * @param backend of eigenvalues
     * @param crew threads that share the starts
     */
    Fitted run(int starts, long seed, LinearAlgebraBackend backend, Crew crew) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] from = new double[starts][];
        for (int s = 0; s < starts; s++) {
            SplittableRandom turn = random.split();
            from[s] = s == 0 && scores.rank() > MOST_BY_ROTATION
                    ? SimplexStart.throughExtremes(points, scores.variances(), turn)
                    : SimplexStart.around(points, scores.variances(), turn);
        }
        Run[] runs = new Run[starts];
        crew.run(starts, s -> runs[s] = minimize(from[s], LOOSE, 0));
        double[] values = new double[starts];
        Run best = runs[0];
        for (int s = 0; s < starts; s++) {
            values[s] = runs[s].minimum().value();
            best = values[s] < best.minimum().value() ? runs[s] : best;
        }
        if (!Double.isFinite(best.minimum().value())) {
            throw new InvalidInputException("the pixels must differ in as many ways as there are components less one, "
                    + (scores.rank() - 1) + ": they lie in fewer dimensions");
        }
        double[] x = best.minimum().x();
        Determination determination =
                Determination.of(Barycentric.of(scores.rank(), x), points, scores.sigma(), backend);
        List<Trace.Row> trace = new ArrayList<>(best.course());
        boolean held = determination.held();
        List<Run> stages = new ArrayList<>(List.of(best));
        for (double kappa : held ? KAPPAS_HELD : KAPPAS_PIVOTING) {
            Run last = stages.get(stages.size() - 1);
            stages.add(minimize(last.minimum().x(), held ? tight() : LOOSE, kappa));
            append(trace, stages.get(stages.size() - 1).course());
        }
        int end = stages.size() - 1;
        if (!held) {
            Run again = lowest(from, crew);
            if (again.minimum().value() < stages.get(end).minimum().value()) {
                stages.set(end, again);
                append(trace, again.course());
            }
        }
        Run last = stages.get(end);
        boolean averaged = !held && scores.rank() <= MOST_BY_ROTATION && cone.tied();
        x = averaged ? mean(stages) : last.minimum().x();
        return new Fitted(
                corners(x),
                values,
                determination,
                trace,
                last.minimum().converged(),
                held || scores.rank() > MOST_BY_ROTATION);
    }

    /** {@return the simplex around these scores that is found from one around others} */
    Fitted refined(Fitted found) {
        Run run = minimize(scores.coordinates(found.corners()), tight(), KAPPA_REFINED);
        List<Trace.Row> trace = new ArrayList<>(found.trace());
        append(trace, run.course());
        return new Fitted(
                corners(run.minimum().x()),
                found.starts(),
                found.determination(),
                trace,
                run.minimum().converged(),
                true);
    }

    /**
     * {@return the lowest of the minima that all starts lead to with the last κ} The simplex of κ = 0 may be far too large along
     * a facet that pivots, and what is found from there may stay so.
     */
    private Run lowest(double[][] from, Crew crew) {
        Run[] runs = new Run[from.length];
        double kappa = KAPPAS_PIVOTING[KAPPAS_PIVOTING.length - 1];
        crew.run(from.length, s -> runs[s] = minimize(from[s], LOOSE, kappa));
        Run lowest = runs[0];
        for (Run run : runs) {
            lowest = run.minimum().value() < lowest.minimum().value() ? run : lowest;
        }
        return lowest;
    }

    /** {@return the mean of the corners} Those of each stage are taken in the order of the first, for a start has its own. */
    private double[] mean(List<Run> stages) {
        int k = scores.rank();
        DenseMatrix first = corners(stages.get(0).minimum().x());
        double[] mean = new double[k * (k - 1)];
        for (Run stage : stages) {
            double[] x = stage.minimum().x();
            int[] place = Measures.matchByError(first, corners(x));
            for (int e = 0; e < mean.length; e++) {
                mean[e - e % k + place[e % k]] += x[e] / stages.size();
            }
        }
        return mean;
    }

    private double tight() {
        return TIGHT * Math.max(1, (scores.rank() - 1) / 2.0);
    }

    private Run minimize(double[] start, double nu, double kappa) {
        SimplexCost cost = new SimplexCost(scores, subspace, cone, points, nu, kappa);
        List<Trace.Row> course = new ArrayList<>();
        Bfgs.Minimum minimum = Bfgs.minimize(cost, start, scores.size(), value -> {
            double[] terms = cost.terms();
            double seconds = (System.nanoTime() - began) * 1e-9;
            course.add(new Trace.Row(course.size(), seconds, value, List.of(terms[0], terms[1], terms[2])));
        });
        return new Run(minimum, course);
    }

    /** Adds the iterations of a stage; its start is the end of the one before. */
    private static void append(List<Trace.Row> trace, List<Trace.Row> course) {
        for (Trace.Row row : course.subList(1, course.size())) {
            trace.add(new Trace.Row(trace.size(), row.seconds(), row.objective(), row.terms()));
        }
    }

    private DenseMatrix corners(double[] x) {
        int k = scores.rank();
        DenseMatrix corners = DenseMatrix.zeros(k, k);
        double[] corner = new double[k];
        for (int a = 0; a < k; a++) {
            scores.corner(x, a, corner);
            for (int r = 0; r < k; r++) {
                corners.set(r, a, corner[r]);
            }
        }
        return corners;
    }
}
