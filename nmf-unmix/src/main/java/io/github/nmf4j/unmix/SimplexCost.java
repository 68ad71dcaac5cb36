package io.github.nmf4j.unmix;

import java.util.Arrays;

/**
 * What a simplex in the plane of the scores costs: its volume, the points outside it by how unlikely noise brought them there,
 * and corners that are no possible spectra.
 *
 * <p>J(T) = (p/ν)·log|det T̃| − Σⱼ nⱼ Σₐ [log Φ(dⱼₐ) + log(1 + κ·rⱼₐ)] + (p/2)·Σₐ dist²(U·vₐ, cone), with dⱼₐ the distance of
 * point j from facet a in units of the noise and r = φ/Φ: the likelihood of points that normal noise moved off a facet, κ the
 * density of points at the facet itself. Unknowns are the corners, coordinate i of corner a at i · k + a. Not thread-safe.
 */
final class SimplexCost implements SmoothFunction {
    private final Scores scores;
    private final Subspace subspace;
    private final SpectralCone cone;
    private final Points points;
    private final double sigma;
    private final double volumeWeight;
    private final double kappa;
    private final int k;

    private final NormalTail tail = new NormalTail();
    private final double[] distance;
    private final double[] corner;
    private final double[] spectrum;
    private final double[] residual;
    private final double[] score;

    /** Of each corner, kept as where the next search for the nearest spectrum begins. */
    private final double[][] coefficients;

    /** ∂J/∂T̃⁻¹. */
    private final double[][] slope;

    private double volume;
    private double contacts;
    private double impossible;

    /**
     * @param scores the plane
     * @param subspace the plane's place among spectra
     * @param cone the possible spectra
     * @param points pixels, gathered or not
     * @param nu pixels per unit of log volume: the larger, the larger the simplex
     * @param kappa density of pixels on a facet beside those inside, per deviation of the noise
     */
    SimplexCost(Scores scores, Subspace subspace, SpectralCone cone, Points points, double nu, double kappa) {
        this.scores = scores;
        this.subspace = subspace;
        this.cone = cone.copy();
        this.points = points;
        this.sigma = scores.sigma();
        this.volumeWeight = points.total() / nu;
        this.kappa = kappa;
        this.k = scores.rank();
        this.distance = new double[points.count()];
        this.corner = new double[k];
        this.spectrum = new double[subspace.vectors().rows()];
        this.residual = new double[spectrum.length];
        this.score = new double[k];
        this.coefficients = new double[k][cone.coefficients()];
        this.slope = new double[k][k];
    }

    @Override
    public double at(double[] corners, double[] gradient) {
        Barycentric simplex = Barycentric.of(k, corners);
        if (simplex.degenerate()) {
            return Double.POSITIVE_INFINITY;
        }
        volume = volumeWeight * simplex.logVolume();
        contacts = 0;
        impossible = 0;
        for (int a = 0; a < k; a++) {
            contacts -= facet(simplex, a);
        }
        if (!Double.isFinite(contacts)) {
            return Double.POSITIVE_INFINITY;
        }
        gradient(simplex, gradient);
        for (int a = 0; a < k; a++) {
            impossible += corner(corners, a, gradient);
        }
        return volume + contacts + impossible;
    }

    /** {@return the terms of the last value: volume, points outside, impossible corners} */
    double[] terms() {
        return new double[] {volume, contacts, impossible};
    }

    /** {@return Σⱼ nⱼ[log Φ + log(1 + κr)]} Leaves the slope of its negative towards row a of T̃⁻¹. */
    private double facet(Barycentric simplex, int a) {
        double unit = simplex.slope(a) * sigma;
        simplex.coordinates(a, points, distance);
        double[] row = slope[a];
        Arrays.fill(row, 0);
        double value = 0;
        double turning = 0;
        double[] weight = points.weight();
        for (int j = 0; j < distance.length; j++) {
            double d = distance[j] / unit;
            if (d > NormalTail.NEGLIGIBLE_FROM) {
                continue;
            }
            tail.at(d);
            double r = tail.ratio();
            double contact = 1 + kappa * r;
            value += weight[j] * (tail.logarithm() + (kappa > 0 ? Math.log(contact) : 0));
            double pull = weight[j] * r * (1 - kappa * d) / contact;
            for (int i = 0; i < k - 1; i++) {
                row[i] -= pull * points.coordinate(i)[j];
            }
            row[k - 1] -= pull;
            turning += pull * d;
        }
        for (int i = 0; i < k; i++) {
            row[i] /= unit;
        }
        double square = simplex.slope(a) * simplex.slope(a);
        for (int i = 0; i < k - 1; i++) {
            row[i] += turning * simplex.row(a, i) / square;
        }
        return value;
    }

    /** ∂J/∂T of volume and facets: the first k − 1 rows of (p/ν)T̃⁻ᵀ − T̃⁻ᵀ·M·T̃⁻ᵀ, M the slope towards T̃⁻¹. */
    private void gradient(Barycentric simplex, double[] gradient) {
        for (int i = 0; i < k - 1; i++) {
            for (int a = 0; a < k; a++) {
                double sum = 0;
                for (int b = 0; b < k; b++) {
                    double inner = 0;
                    for (int c = 0; c < k; c++) {
                        inner += slope[b][c] * simplex.row(a, c);
                    }
                    sum += simplex.row(b, i) * inner;
                }
                gradient[i * k + a] = volumeWeight * simplex.row(a, i) - sum;
            }
        }
    }

    /** {@return what corner a costs for being no possible spectrum; its slope is added} */
    private double corner(double[] corners, int a, double[] gradient) {
        DenseProducts.multiply(subspace.vectors(), cornerOf(corners, a), spectrum);
        double square = cone.nearest(spectrum, coefficients[a], residual);
        DenseProducts.multiplyTransposed(subspace.vectors(), residual, score);
        for (int i = 0; i < k - 1; i++) {
            double sum = 0;
            for (int r = 0; r < k; r++) {
                sum += scores.plane().get(r, i) * score[r];
            }
            gradient[i * k + a] += points.total() * sum;
        }
        return points.total() / 2 * square;
    }

    private double[] cornerOf(double[] corners, int a) {
        scores.corner(corners, a, corner);
        return corner;
    }
}
