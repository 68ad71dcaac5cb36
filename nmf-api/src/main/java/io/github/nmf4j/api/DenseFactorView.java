package io.github.nmf4j.api;

/** The one view the core uses, so that calls of {@link #get} from penalties are inlined. */
final class DenseFactorView implements FactorView {
    private final double[] data;
    private final int offset;
    private final int stride;
    private final int rank;
    private final int vectors;
    private final FactorView other;

    DenseFactorView(DenseMatrix values, FactorView other) {
        this.data = values.data();
        this.offset = values.offset();
        this.stride = values.stride();
        this.rank = values.rows();
        this.vectors = values.columns();
        this.other = other;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int vectors() {
        return vectors;
    }

    @Override
    public double get(int c, int j) {
        return data[offset + c * stride + j];
    }

    @Override
    public void read(int c, int from, int n, double[] into) {
        System.arraycopy(data, offset + c * stride + from, into, 0, n);
    }

    @Override
    public FactorView other() {
        if (other == null) {
            throw new IllegalStateException("this view has no other factor");
        }
        return other;
    }
}
