package io.github.nmf4j.core;

/**
 * The multiplicative updates of the β-divergence as the papers write them, in triple loops: to be read, and to be agreed with.
 *
 * <p>Févotte &amp; Idier (2011): H ← H · (Wᵀ(X·Y^(β−2)) / Wᵀ(Y^(β−1)))^γ, γ = 1/(2 − β), 1, 1/(β − 1) for β &lt; 1, in [1, 2],
 * &gt; 2; then the same for W. Shares nothing with the rest.
 */
final class ReferenceNmf {
    private static final double FLOOR = 1e-14;

    private final double beta;
    private final double[][] x;
    final double[][] w;
    final double[][] h;

    ReferenceNmf(double beta, double[][] x, double[][] w, double[][] h) {
        this.beta = beta;
        this.x = x;
        this.w = w;
        this.h = h;
    }

    void iterate() {
        double[][] y = model();
        for (int a = 0; a < h.length; a++) {
            for (int j = 0; j < h[a].length; j++) {
                double above = 0;
                double below = 0;
                for (int i = 0; i < x.length; i++) {
                    above += w[i][a] * x[i][j] * Math.pow(y[i][j], beta - 2);
                    below += w[i][a] * Math.pow(y[i][j], beta - 1);
                }
                h[a][j] = Math.max(FLOOR, h[a][j] * Math.pow(above / below, exponent()));
            }
        }
        y = model();
        for (int i = 0; i < w.length; i++) {
            for (int a = 0; a < h.length; a++) {
                double above = 0;
                double below = 0;
                for (int j = 0; j < x[0].length; j++) {
                    above += h[a][j] * x[i][j] * Math.pow(y[i][j], beta - 2);
                    below += h[a][j] * Math.pow(y[i][j], beta - 1);
                }
                w[i][a] = Math.max(FLOOR, w[i][a] * Math.pow(above / below, exponent()));
            }
        }
    }

    private double exponent() {
        return beta < 1 ? 1 / (2 - beta) : beta > 2 ? 1 / (beta - 1) : 1;
    }

    private double[][] model() {
        double[][] y = new double[x.length][x[0].length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[i].length; j++) {
                for (int a = 0; a < h.length; a++) {
                    y[i][j] += w[i][a] * h[a][j];
                }
            }
        }
        return y;
    }

    double objective() {
        double[][] y = model();
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[i].length; j++) {
                sum += divergence(x[i][j], y[i][j]);
            }
        }
        return sum;
    }

    private double divergence(double a, double b) {
        if (beta == 1) {
            return (a > 0 ? a * Math.log(a / b) : 0) - a + b;
        }
        if (beta == 0) {
            return a / b - Math.log(a / b) - 1;
        }
        return Math.pow(a, beta) / (beta * (beta - 1))
                + Math.pow(b, beta) / beta
                - a * Math.pow(b, beta - 1) / (beta - 1);
    }
}
