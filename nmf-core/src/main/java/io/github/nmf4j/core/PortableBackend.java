package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.CoordinateSteps;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Pass;
import java.util.Arrays;
import java.util.Optional;

/** Plain Java that HotSpot vectorises; always there. */
@AutoService(LinearAlgebraBackend.class)
public final class PortableBackend implements LinearAlgebraBackend {
    private static final Elementary ELEMENTARY = new PortableElementary();
    private static final int PRIORITY = 100;
    private static final int SPAN = 256;
    private static final int ROWS = 4;

    /** The backend; it has no parameters. */
    public PortableBackend() {}

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public String summary() {
        return "plain Java that HotSpot vectorises";
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Elementary elementary() {
        return ELEMENTARY;
    }

    /** What the core takes where there is nothing else; named here for the contract to hold it to its laws. */
    @Override
    public Optional<CoordinateSteps> coordinateSteps(int rank) {
        return Optional.of(new PlainCoordinateSteps(rank));
    }

    @Override
    public Pass pass(int rank) {
        return new PortablePass(rank);
    }

    /** In spans of columns, so that what is allocated does not grow with the matrices. */
    @Override
    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
        LinearAlgebraBackend.requireShapes(what, a, b, into);
        int columns = into.columns();
        double[] sum = new double[Math.min(SPAN, columns)];
        double[][] lines = new double[what == Product.ABT ? 0 : ROWS][sum.length];
        int inner = what == Product.ATB ? a.rows() : a.columns();
        double[] out = into.data();
        for (int from = 0; from < columns; from += SPAN) {
            int n = Math.min(SPAN, columns - from);
            for (int i = 0; i < into.rows(); i++) {
                if (what == Product.ABT) {
                    for (int j = 0; j < n; j++) {
                        sum[j] = dot(inner, a, i, b, from + j);
                    }
                } else {
                    Arrays.fill(sum, 0, n, 0.0);
                    combine(what, a, i, b, from, n, inner, lines, sum);
                }
                int at = into.offset() + i * into.stride() + from;
                for (int j = 0; j < n; j++) {
                    out[at + j] = keep == 0 ? sum[j] : sum[j] + keep * out[at + j];
                }
            }
        }
    }

    /** sum ← Σ over rows of b, four at a time. */
    private static void combine(
            Product what,
            DenseMatrix a,
            int i,
            DenseMatrix b,
            int from,
            int n,
            int inner,
            double[][] lines,
            double[] sum) {
        int step = what == Product.AB ? 1 : a.stride();
        int at = a.offset() + (what == Product.AB ? i * a.stride() : i);
        double[] weight = a.data();
        int q = 0;
        for (; q + ROWS <= inner; q += ROWS) {
            for (int r = 0; r < ROWS; r++) {
                b.read(q + r, from, 1, n, lines[r], 0, n);
            }
            int w = at + q * step;
            Combine.add(
                    n,
                    sum,
                    lines[0],
                    lines[1],
                    lines[2],
                    lines[3],
                    weight[w],
                    weight[w + step],
                    weight[w + 2 * step],
                    weight[w + 3 * step]);
        }
        for (; q < inner; q++) {
            b.read(q, from, 1, n, lines[0], 0, n);
            Combine.add(n, sum, lines[0], weight[at + q * step]);
        }
    }

    /** Four partial sums: one chain of additions would wait for itself. */
    private static double dot(int n, DenseMatrix a, int i, DenseMatrix b, int j) {
        double[] x = a.data();
        double[] y = b.data();
        int p = a.offset() + i * a.stride();
        int q = b.offset() + j * b.stride();
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int e = 0;
        for (; e + 4 <= n; e += 4) {
            s0 += x[p + e] * y[q + e];
            s1 += x[p + e + 1] * y[q + e + 1];
            s2 += x[p + e + 2] * y[q + e + 2];
            s3 += x[p + e + 3] * y[q + e + 3];
        }
        for (; e < n; e++) {
            s0 += x[p + e] * y[q + e];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
