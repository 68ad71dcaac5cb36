package io.github.nmf4j.core;

import io.github.nmf4j.api.LinearAlgebraBackend;
import java.util.List;

/** The backends that tests of the core run on. */
final class Backends {
    private Backends() {}

    /** {@return by name, those that can be used here: the vector backend needs a newer JDK than the oldest supported} */
    static List<String> usable() {
        return Plugins.load().all(LinearAlgebraBackend.class).stream()
                .map(LinearAlgebraBackend.class::cast)
                .filter(backend -> backend.availability().usable())
                .map(LinearAlgebraBackend::name)
                .toList();
    }
}
