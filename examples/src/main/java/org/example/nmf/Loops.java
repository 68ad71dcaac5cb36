package org.example.nmf;

import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;

/** Products by three loops: the least that a backend needs; the rest has defaults. */
public record Loops() implements LinearAlgebraBackend {
    @Override
    public String name() {
        return "loops";
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public int priority() {
        return -100; // never without being asked for
    }

    @Override
    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
        LinearAlgebraBackend.requireShapes(what, a, b, into);
        int inner = what == Product.ATB ? a.rows() : a.columns();
        for (int i = 0; i < into.rows(); i++) {
            for (int j = 0; j < into.columns(); j++) {
                double sum = keep == 0 ? 0 : keep * into.get(i, j);
                for (int l = 0; l < inner; l++) {
                    double left = what == Product.ATB ? a.get(l, i) : a.get(i, l);
                    double right = what == Product.ABT ? b.get(j, l) : b.get(l, j);
                    sum += left * right;
                }
                into.set(i, j, sum);
            }
        }
    }
}
