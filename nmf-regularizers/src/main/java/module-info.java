/** Penalties on a factor: sparsity, size, smoothness, overlap and volume. */
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
            io.github.nmf4j.regularizers.TotalVariation,
            io.github.nmf4j.regularizers.TemporalSmoothness,
            io.github.nmf4j.regularizers.GroupLasso,
            io.github.nmf4j.regularizers.Lp,
            io.github.nmf4j.regularizers.Decorrelation,
            io.github.nmf4j.regularizers.MinimumVolume,
            io.github.nmf4j.regularizers.ScaleInvariantSparsity,
            io.github.nmf4j.regularizers.Ard;
}
