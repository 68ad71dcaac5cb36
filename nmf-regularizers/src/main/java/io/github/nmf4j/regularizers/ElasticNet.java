package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import java.util.List;

/**
 * A mixture of {@link L1} and {@link Ridge}, Σ ratio·h + ½(1 − ratio)·h².
 *
 * <p>Zou &amp; Hastie (2005), Journal of the Royal Statistical Society B 67(2), 301–320; parametrised as in scikit-learn.
 *
 * @param ratio share of L1, from 0 (all ridge) to 1 (all L1)
 */
@AutoService(Regularizer.class)
public record ElasticNet(double ratio) implements Regularizer {
    private static final double STANDARD_RATIO = 0.5;
    private static final Parameter RATIO = new Parameter(
            "ratio", Parameter.Kind.NUMBER, Double.toString(STANDARD_RATIO), "share of l1, 0 to 1; the rest is ridge");

    /** Refuses a share outside [0, 1]. */
    public ElasticNet {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new InvalidInputException("elastic-net: ratio must lie between 0 and 1: " + ratio);
        }
    }

    /** Half L1, half ridge. */
    public ElasticNet() {
        this(STANDARD_RATIO);
    }

    @Override
    public String name() {
        return "elastic-net";
    }

    @Override
    public String summary() {
        return "l1 and ridge mixed";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(RATIO);
    }

    @Override
    public ElasticNet with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new ElasticNet(values.number(RATIO.name(), STANDARD_RATIO));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(RATIO.name(), ratio);
    }

    @Override
    public Reads reads() {
        return Reads.ENTRY;
    }

    @Override
    public boolean convex() {
        return true;
    }

    @Override
    public Term at(FactorView now) {
        return new LinearQuadraticTerm(ratio, 1 - ratio);
    }
}
