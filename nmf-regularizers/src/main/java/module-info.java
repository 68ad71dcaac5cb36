/** Penalties on a factor: sparsity, size and smoothness. */
module io.github.nmf4j.regularizers {
    requires transitive io.github.nmf4j.api;
    requires static com.google.auto.service;

    exports io.github.nmf4j.regularizers;

    provides io.github.nmf4j.api.Regularizer with
            io.github.nmf4j.regularizers.L1,
            io.github.nmf4j.regularizers.Ridge,
            io.github.nmf4j.regularizers.ElasticNet,
            io.github.nmf4j.regularizers.LogPenalty,
            io.github.nmf4j.regularizers.Laplacian,
            io.github.nmf4j.regularizers.TotalVariation;
}
