package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import java.util.List;

/**
 * A point of a fit: both factors, rank × vectors each (H as it is, W transposed), in the scale being fitted, and the penalties
 * in the state they have there.
 *
 * <p>A sweep reads one iterate and writes another; whoever owns them decides which is kept.
 */
public final class Iterate {
    private final DenseMatrix w;
    private final DenseMatrix h;
    private List<Regularizer> penaltiesOfW;
    private List<Regularizer> penaltiesOfH;

    Iterate(DenseMatrix w, DenseMatrix h, List<Regularizer> penaltiesOfW, List<Regularizer> penaltiesOfH) {
        this.w = w;
        this.h = h;
        this.penaltiesOfW = penaltiesOfW;
        this.penaltiesOfH = penaltiesOfH;
    }

    /**
     * {@return the values of a factor, rank × vectors, not copied}
     *
     * @param factor which
     */
    public DenseMatrix values(Factor factor) {
        return factor == Factor.W ? w : h;
    }

    /**
     * {@return the penalties on a factor in the state they have at this point}
     *
     * @param factor which
     */
    public List<Regularizer> penalties(Factor factor) {
        return factor == Factor.W ? penaltiesOfW : penaltiesOfH;
    }

    /** {@return the penalties that the update of a factor must bound} */
    Acting acting(Factor factor) {
        return Acting.of(penalties(factor), penalties(factor.other()));
    }

    /**
     * Replaces the penalties on a factor by those to use from here on.
     *
     * @param factor which
     * @param penalties as many as before
     */
    public void setPenalties(Factor factor, List<Regularizer> penalties) {
        if (factor == Factor.W) {
            penaltiesOfW = penalties;
        } else {
            penaltiesOfH = penalties;
        }
    }

    FactorView view(Factor factor) {
        return FactorView.of(values(factor), FactorView.of(values(factor.other()), null));
    }

    /** {@return an independent copy} */
    public Iterate copy() {
        return new Iterate(w.copy(), h.copy(), penaltiesOfW, penaltiesOfH);
    }

    /**
     * Becomes equal to another point in one factor.
     *
     * @param factor which
     * @param other where it is read
     */
    public void set(Factor factor, Iterate other) {
        values(factor).set(other.values(factor));
        setPenalties(factor, other.penalties(factor));
    }
}
