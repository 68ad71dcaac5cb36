package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;

/**
 * A Laplacian bounded by its tangent plus ½·step·‖h − h̄‖².
 *
 * @param edges the Laplacian
 * @param step &gt; 0
 */
record QuadraticStepTerm(EdgeTerm edges, double step) implements Regularizer.Term {
    @Override
    public void value(Surrogate block, double[] shares) {
        edges.value(block, shares);
    }

    @Override
    public void majorize(Surrogate block) {
        edges.addTangent(block);
        for (int c = 0; c < block.rank(); c++) {
            double[] h = block.at(c);
            double[] q = block.quadratic(c);
            double[] l = block.linear(c);
            for (int j = 0; j < block.count(); j++) {
                q[j] += step;
                l[j] -= step * h[j];
            }
        }
    }

    /** {@return what stands behind the step, ½‖now − before‖²} */
    static double distance(FactorView before, FactorView now) {
        double sum = 0.0;
        for (int c = 0; c < now.rank(); c++) {
            for (int j = 0; j < now.vectors(); j++) {
                double change = now.get(c, j) - before.get(c, j);
                sum += 0.5 * change * change;
            }
        }
        return sum;
    }
}
