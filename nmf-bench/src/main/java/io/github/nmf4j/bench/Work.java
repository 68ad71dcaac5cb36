package io.github.nmf4j.bench;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.FactorUpdate;
import io.github.nmf4j.core.HalfStep;
import io.github.nmf4j.core.Hals;
import io.github.nmf4j.core.Iterate;
import io.github.nmf4j.core.KullbackLeibler;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.UnitColumns;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.regularizers.Laplacian;
import io.github.nmf4j.regularizers.LogPenalty;
import java.nio.file.Path;
import java.util.Map;

/** Something a peer does too: called again and again on data that {@code peers.py} wrote, its result read back. */
interface Work {
    /** What each call needs beforehand and is not timed. */
    default void prepare() {}

    /** The work whose time is taken. */
    void call();

    /** Makes the next call the first again. */
    void restart();

    /** {@return what the calls since the last restart have made, rows and columns as files hold them} */
    Matrix result();

    /** {@return the objective at the result; NaN where there is none} */
    double objective();

    /**
     * {@return a work by its kind: {@code half-step}, {@code hals} or {@code iteration}}
     *
     * @param kind of work
     * @param of its files and settings by name
     */
    static Work of(String kind, Map<String, String> of) {
        return switch (kind) {
            case "half-step" -> new OfHalfStep(of);
            case "hals" -> new OfHals(of);
            case "iteration" -> new OfIteration(of);
            default -> throw new IllegalArgumentException("no work is called '" + kind + "'");
        };
    }

    private static Matrix file(Map<String, String> of, String name) {
        return MatrixFiles.read(Path.of(of.get(name))).matrix();
    }

    private static Nmf.Builder settings(Map<String, String> of) {
        Matrix w = file(of, "w");
        return Nmf.builder().rank(w.columns()).startW(w).startH(file(of, "h")).backend(of.get("backend"));
    }

    private static Matrix asWritten(Iterate at, Factor factor) {
        DenseMatrix values = at.values(factor);
        return factor == Factor.W ? values.transposed() : values;
    }

    /** Statistics and update of one factor from the same start each time, without objective: loss, side, x, w, h, backend. */
    final class OfHalfStep implements Work {
        private final Factor side;
        private final HalfStep step;
        private final Iterate at;
        private final Iterate into;

        OfHalfStep(Map<String, String> of) {
            side = Factor.valueOf(of.get("side"));
            Probe probe = Probe.of(settings(of).loss(of.get("loss")), file(of, "x"));
            step = probe.problem().halfStep(side);
            at = probe.start();
            into = at.copy();
        }

        @Override
        public void call() {
            step.statistics(at, false);
            step.update(at, into);
        }

        @Override
        public void restart() {
            into.set(side, at);
        }

        @Override
        public Matrix result() {
            return asWritten(into, side);
        }

        @Override
        public double objective() {
            return Double.NaN;
        }
    }

    /** One sweep over a factor from the same start each time, products and Gram matrix given: side, x, w, h, backend. */
    final class OfHals implements Work {
        private final Factor side;
        private final FactorUpdate update;
        private final Iterate at;
        private final Iterate into;

        OfHals(Map<String, String> of) {
            side = Factor.valueOf(of.get("side"));
            Probe probe = Probe.of(settings(of).loss(new Euclidean()), file(of, "x"));
            update = new Hals(1).update(probe.problem(), side);
            at = probe.start();
            into = at.copy();
            update.statistics(at, false);
        }

        @Override
        public void prepare() {
            into.set(side, at);
        }

        @Override
        public void call() {
            update.update(at, into);
        }

        @Override
        public void restart() {
            prepare();
        }

        @Override
        public Matrix result() {
            return asWritten(into, side);
        }

        @Override
        public double objective() {
            return Double.NaN;
        }
    }

    /**
     * One iteration of a spectral image's fit with its objective, each from where the last one led: dictionary, unit columns,
     * coloured Laplacian over a shape, log penalty; x, dictionary, w, h, shape, smooth, sparse, backend. The result is H.
     */
    final class OfIteration implements Work {
        private final Probe probe;

        OfIteration(Map<String, String> of) {
            Laplacian laplacian = new Laplacian(Shape.parse(of.get("shape")));
            probe = Probe.of(
                    settings(of)
                            .loss(new KullbackLeibler())
                            .dictionary(file(of, "dictionary"))
                            .penalizeH(laplacian
                                    .times(Double.parseDouble(of.get("smooth")))
                                    .plus(new LogPenalty().times(Double.parseDouble(of.get("sparse")))))
                            .constrainH(new UnitColumns()),
                    file(of, "x"));
        }

        @Override
        public void call() {
            probe.iteration();
        }

        @Override
        public void restart() {
            probe.restart();
        }

        @Override
        public Matrix result() {
            return asWritten(probe.now(), Factor.H);
        }

        @Override
        public double objective() {
            return probe.problem().objective(probe.now()).total();
        }
    }
}
