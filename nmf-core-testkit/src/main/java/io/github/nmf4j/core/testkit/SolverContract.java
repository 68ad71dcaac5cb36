package io.github.nmf4j.core.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.KullbackLeibler;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.NoAcceleration;
import io.github.nmf4j.core.PortableBackend;
import io.github.nmf4j.core.RandomStart;
import io.github.nmf4j.core.Solver;
import io.github.nmf4j.core.StoppingRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every solver keeps; its test extends this and names the instance. It is tried on the Kullback–Leibler and the Euclidean
 * loss, as far as it does not refuse them, without acceleration.
 */
public abstract class SolverContract extends FitLaws<Solver> {
    /** For tests that extend this. */
    protected SolverContract() {}

    /** {@return the solver under test} */
    protected abstract Solver solver();

    @Override
    protected final Solver extension() {
        return solver();
    }

    /** {@return losses to try it on} */
    protected List<Loss> losses() {
        return List.of(new KullbackLeibler(), new Euclidean());
    }

    private Nmf.Builder fit(Loss loss) {
        return Nmf.builder()
                .rank(RANK)
                .loss(loss)
                .start(new RandomStart())
                .backend(new PortableBackend())
                .solver(solver())
                .acceleration(new NoAcceleration());
    }

    @Override
    final List<Nmf.Builder> fits() {
        List<Nmf.Builder> fits = new ArrayList<>();
        for (Loss loss : losses()) {
            if (refusal(loss) == null) {
                fits.add(fit(loss));
            }
        }
        return fits;
    }

    private String refusal(Loss loss) {
        try {
            fit(loss).stopWhen(StoppingRule.afterIterations(0)).build().fit(data(1));
            return null;
        } catch (InvalidInputException refused) {
            return refused.getMessage();
        }
    }

    /** What it cannot solve it refuses in one line, and something is left. */
    @Test
    protected final void refusesInOneLineAndNotEverything() {
        for (Loss loss : losses()) {
            String refusal = refusal(loss);
            assertFalse(refusal != null && refusal.contains("\n"), () -> "a refusal must be one line: " + refusal);
        }
        assertFalse(fits().isEmpty(), "a solver must solve one of the losses it is tried on");
    }
}
