package io.github.nmf4j.unmix;

/** A function with a gradient, on part of a space. */
interface SmoothFunction {
    /**
     * {@return the value; infinite outside, where the gradient is not written}
     *
     * @param x where; only read
     * @param gradient receives the slope there
     */
    double at(double[] x, double[] gradient);
}
