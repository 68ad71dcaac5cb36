package io.github.nmf4j.core;

import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Regularizer.Reads;
import java.util.List;
import java.util.stream.Stream;

/**
 * The penalties that a factor's update must bound: its own, and those of the other factor that read both.
 *
 * <p>The value of the latter is counted where they were given, so only {@link #own} have a share in the objective here.
 *
 * @param own given for this factor
 * @param guests given for the other one
 */
record Acting(List<Regularizer> own, List<Regularizer> guests) {
    /**
     * {@return those acting on a factor}
     *
     * @param own penalties given for it
     * @param others penalties given for the other factor
     */
    static Acting of(List<Regularizer> own, List<Regularizer> others) {
        return new Acting(
                own,
                others.stream().filter(p -> p.reads() == Reads.BOTH_FACTORS).toList());
    }

    List<Regularizer> all() {
        return Stream.concat(own.stream(), guests.stream()).toList();
    }

    boolean isEmpty() {
        return own.isEmpty() && guests.isEmpty();
    }

    /** {@return each at a point, own ones first} */
    List<Regularizer.Term> at(FactorView now) {
        return Stream.concat(own.stream().map(p -> p.at(now)), guests.stream().map(p -> p.atOther(now)))
                .toList();
    }
}
