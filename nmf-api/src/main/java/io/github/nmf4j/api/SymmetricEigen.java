package io.github.nmf4j.api;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix A = V·diag(values)·Vᵀ.
 *
 * @param values n eigenvalues, descending
 * @param vectors n × n, column i belongs to value i; orthonormal
 */
public record SymmetricEigen(double[] values, DenseMatrix vectors) {}
