package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;

/** A Laplacian replaced by its tangent plus step·max h̄·Σ (h̄·log(h̄/h) − h̄ + h), the maximum over each component. */
final class LogStepTerm implements Regularizer.Term {
    private final EdgeTerm edges;
    private final double[] bend;

    LogStepTerm(EdgeTerm edges, double step) {
        this.edges = edges;
        bend = new double[edges.now().rank()];
        for (int c = 0; c < bend.length; c++) {
            bend[c] = step * largest(edges.now(), c);
        }
    }

    private static double largest(FactorView factor, int c) {
        double largest = 0.0;
        for (int j = 0; j < factor.vectors(); j++) {
            largest = Math.max(largest, factor.get(c, j));
        }
        return largest;
    }

    @Override
    public void value(Surrogate block, double[] shares) {
        edges.value(block, shares);
    }

    @Override
    public void majorize(Surrogate block) {
        edges.addTangent(block);
        for (int c = 0; c < block.rank(); c++) {
            double[] h = block.at(c);
            double[] k = block.log(c);
            double[] l = block.linear(c);
            for (int j = 0; j < block.count(); j++) {
                k[j] += bend[c] * h[j];
                l[j] += bend[c];
            }
        }
    }

    /** {@return half of what ESPM multiplies with the step: Σ max h·(h̄·log(h̄/h) − h̄ + h), with the maximum of the new h} */
    static double distance(FactorView before, FactorView now) {
        double sum = 0.0;
        for (int c = 0; c < now.rank(); c++) {
            double divergence = 0.0;
            for (int j = 0; j < now.vectors(); j++) {
                double old = before.get(c, j);
                double h = now.get(c, j);
                divergence += (old > 0 ? old * Math.log(old / h) : 0.0) - old + h;
            }
            sum += largest(now, c) * divergence;
        }
        return 0.5 * sum;
    }
}
