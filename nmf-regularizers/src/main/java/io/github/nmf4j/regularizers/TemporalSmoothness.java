package io.github.nmf4j.regularizers;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import java.util.Optional;

/**
 * Smoothness in time, ½ Σ (h_t − h_{t−1})² over vectors that follow each other: columns of H, rows of W.
 *
 * <p>Essid &amp; Févotte 2013, Smooth nonnegative matrix factorization for unsupervised audiovisual document structuring, IEEE
 * Transactions on Multimedia 15(2), 415–425. It is a {@link Laplacian} of a path, which needs no shape: exact in two colours,
 * even and odd times; where all vectors move, by L ⪯ 2D. Convex.
 */
@AutoService(Regularizer.class)
public record TemporalSmoothness() implements Regularizer {
    @Override
    public String name() {
        return "temporal-smoothness";
    }

    @Override
    public String summary() {
        return "vectors in time: half the squared differences of those that follow each other";
    }

    @Override
    public Reads reads() {
        return Reads.NEIGHBOURS;
    }

    @Override
    public boolean convex() {
        return true;
    }

    @Override
    public Optional<int[]> colours(int vectors) {
        return Optional.of(path(vectors).colours());
    }

    @Override
    public Term at(FactorView now) {
        return new GridTerm(path(now.vectors()), now);
    }

    private static Grid path(int vectors) {
        return new Grid(new Shape(1, vectors));
    }
}
