package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Loss;

/**
 * What every loss keeps; its test extends this and names the instance.
 *
 * <p>Data and models are drawn log-uniformly over twelve decades, with zeros among the data where the loss allows them. The
 * positive part that the laws speak of is the promised one where {@link Loss#positive()} promises it: what
 * {@link Loss#split} writes there is not looked at, because the core does not look at it either.
 *
 * <p>Sources of the laws: {@link Loss}.
 */
public abstract class LossContract extends LossSpanLaws {
    /** For tests that extend this. */
    protected LossContract() {}
}
