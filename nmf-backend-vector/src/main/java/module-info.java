/** Kernels on the vector instructions of the machine, by the JDK's Vector API. */
module io.github.nmf4j.backend.vector {
    requires transitive io.github.nmf4j.api;
    requires jdk.incubator.vector;
    requires static com.google.auto.service;

    exports io.github.nmf4j.backend.vector;

    provides io.github.nmf4j.api.LinearAlgebraBackend with
            io.github.nmf4j.backend.vector.VectorBackend;
}
