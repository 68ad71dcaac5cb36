package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.Elementary;

/** Logarithm, exponential and power, a vector at a time. */
final class VectorElementary implements Elementary {
    static final Elementary INSTANCE = new VectorElementary();

    private VectorElementary() {}
}
