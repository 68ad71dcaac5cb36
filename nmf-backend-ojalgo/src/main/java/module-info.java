/** Linear algebra by ojAlgo. */
module io.github.nmf4j.backend.ojalgo {
    requires transitive io.github.nmf4j.api;
    requires transitive ojalgo;
    requires static com.google.auto.service;

    exports io.github.nmf4j.backend.ojalgo;

    provides io.github.nmf4j.api.LinearAlgebraBackend with
            io.github.nmf4j.backend.ojalgo.OjAlgoBackend;
}
