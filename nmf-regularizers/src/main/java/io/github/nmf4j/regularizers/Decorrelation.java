package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;

/**
 * Overlap of components, ½ Σ over pairs a ≠ b of ⟨f_a, f_b⟩: half of what is off the diagonal of F·Fᵀ. Of non-negative
 * components none overlap where it is 0, so on W it is soft orthogonality, on H it makes every vector belong to one component.
 *
 * <p>As a constraint it is the orthogonality of Ding, Li, Peng &amp; Park 2006, Orthogonal nonnegative matrix t-factorizations
 * for clustering, KDD, 126–135.
 *
 * <p>For each vector it is ½·hᵀ(11ᵀ − I)h. Its matrix has largest eigenvalue k − 1, so the tangent plus ½(k − 1)‖h − h̄‖² bounds
 * it: q grows by k − 1 and l by Σ_b h̄_b − k·h̄_a. That divides by nothing, so that entries leave zero and reach it freely.
 *
 * <p>Not convex. It costs less to shrink a factor than to decorrelate it: hold the scale of the other one.
 */
@AutoService(Regularizer.class)
public record Decorrelation() implements Regularizer {
    @Override
    public String name() {
        return "decorrelation";
    }

    @Override
    public String summary() {
        return "soft orthogonality, not convex: components that do not overlap, the sum of their inner products";
    }

    @Override
    public Reads reads() {
        return Reads.VECTOR;
    }

    @Override
    public boolean convex() {
        return false;
    }

    @Override
    public Term at(FactorView now) {
        return new Overlap();
    }

    private record Overlap() implements Term {
        /** Every pair once: the product of each entry with the sum of those before it. */
        @Override
        public void value(Surrogate block, double[] shares) {
            for (int j = 0; j < block.count(); j++) {
                double before = 0.0;
                double sum = 0.0;
                for (int c = 0; c < block.rank(); c++) {
                    double h = block.at(c)[j];
                    sum += h * before;
                    before += h;
                }
                shares[0] += sum;
            }
        }

        @Override
        public void majorize(Surrogate block) {
            int rank = block.rank();
            double[] total = new double[block.count()];
            for (int c = 0; c < rank; c++) {
                double[] h = block.at(c);
                for (int j = 0; j < total.length; j++) {
                    total[j] += h[j];
                }
            }
            for (int c = 0; c < rank; c++) {
                double[] h = block.at(c);
                double[] l = block.linear(c);
                double[] q = block.quadratic(c);
                for (int j = 0; j < total.length; j++) {
                    l[j] += total[j] - rank * h[j];
                    q[j] += rank - 1;
                }
            }
        }
    }
}
