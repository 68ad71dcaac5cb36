package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.List;

/**
 * The volume that components span, log det(F·Fᵀ + δI), F being rank × vectors: for W the determinant of WᵀW + δI. With the
 * scale held, the least volume that still explains the data makes spectra identifiable where no pixel is pure.
 *
 * <p>Fu, Huang, Yang, Ma &amp; Sidiropoulos 2016, Robust volume minimization-based matrix factorization for remote sensing and
 * document clustering, IEEE Transactions on Signal Processing 64(23), 6254–6268; with β-divergences: Leplat, Gillis &amp; Ang
 * 2020, Blind audio source separation with minimum-volume beta-divergence NMF, the same journal 68, 3400–3410.
 *
 * <p>log det is concave, so with Z = (F̄·F̄ᵀ + δI)⁻¹ it is at most its value at F̄ plus Σ fᵀ·Z·f − f̄ᵀ·Z·f̄ over vectors. Z has
 * entries of both signs, but for any sizes s &gt; 0 the diagonal matrix D_a = Σ_b |Z_ab|·s_b/s_a is at least Z, for S(D − Z)S is
 * diagonally dominant; hence the tangent plus (f − f̄)ᵀ·D·(f − f̄) bounds it: q grows by 2·D_a and l by 2·(Z·f̄)_a − 2·D_a·f̄_a.
 * With s the norms of components, which scales of components do not change, D is close to Z where components are nearly
 * orthogonal. Nothing is divided by an entry.
 *
 * <p>Not convex, and without a bound below if δ is small; smaller factors have less volume, so hold the scale, as by
 * {@code w:unit-columns}.
 *
 * @param delta δ &gt; 0, in the scale of a component's squared norm: volume well below it counts as none
 */
@AutoService(Regularizer.class)
public record MinimumVolume(double delta) implements Regularizer {
    private static final String NAME = "minimum-volume";
    private static final double STANDARD_DELTA = 0.1;
    private static final Parameter DELTA = new Parameter(
            "delta",
            Parameter.Kind.NUMBER,
            Double.toString(STANDARD_DELTA),
            "added to squared norms of components, above 0; smaller presses harder");

    /** Refuses a δ that is not positive and finite, or whose square is not. */
    public MinimumVolume {
        Positive.requireWithSquare(NAME + ": delta", delta);
    }

    /** δ = 0.1. */
    public MinimumVolume() {
        this(STANDARD_DELTA);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "spectra close to the data's cone, not convex: log det(W'W + delta I); hold the scale by unit-columns";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(DELTA);
    }

    @Override
    public MinimumVolume with(Arguments values) {
        values.checkedAgainst(name(), parameters());
        return new MinimumVolume(values.number(DELTA.name(), STANDARD_DELTA));
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(DELTA.name(), delta);
    }

    @Override
    public Reads reads() {
        return Reads.FACTOR;
    }

    @Override
    public boolean convex() {
        return false;
    }

    @Override
    public Term at(FactorView now) {
        return new LogVolume(new PositiveDefinite(gram(now)));
    }

    /** F·Fᵀ + δI, in doubles one pair of components after the other. */
    private double[][] gram(FactorView now) {
        int rank = now.rank();
        double[][] gram = new double[rank][rank];
        for (int a = 0; a < rank; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0.0;
                for (int j = 0; j < now.vectors(); j++) {
                    sum += now.get(a, j) * now.get(b, j);
                }
                gram[a][b] = a == b ? sum + delta : sum;
                gram[b][a] = gram[a][b];
            }
        }
        return gram;
    }

    private static final class LogVolume implements Term {
        private final double value;
        private final double[][] z;
        private final double[] bound;

        LogVolume(PositiveDefinite gram) {
            value = gram.logDeterminant();
            z = gram.inverse();
            bound = new double[z.length];
            for (int a = 0; a < z.length; a++) {
                for (int b = 0; b < z.length; b++) {
                    bound[a] += Math.abs(z[a][b]) * gram.size(b) / gram.size(a);
                }
            }
        }

        @Override
        public void value(Surrogate block, double[] shares) {
            if (ComponentSums.carriesTheWhole(block)) {
                shares[0] += value;
            }
        }

        @Override
        public void majorize(Surrogate block) {
            for (int a = 0; a < z.length; a++) {
                double[] l = block.linear(a);
                double[] q = block.quadratic(a);
                for (int b = 0; b < z.length; b++) {
                    double slope = 2 * (a == b ? z[a][a] - bound[a] : z[a][b]);
                    double[] f = block.at(b);
                    for (int j = 0; j < block.count(); j++) {
                        l[j] += slope * f[j];
                    }
                }
                for (int j = 0; j < block.count(); j++) {
                    q[j] += 2 * bound[a];
                }
            }
        }
    }
}
