package io.github.nmf4j.data;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/**
 * Numbers in an array of the heap. Filled by one thread, then read by any number.
 *
 * <p>Unsigned integers are stored less half their range, and the half is added after the conversion, where it is exact: C2 of
 * JDK 25 vectorises the conversion of signed bytes and shorts (0.09 ns an entry) and no loop that masks them (0.41). C2 of JDK
 * 17 vectorises neither (0.5 and 0.4).
 */
abstract class HeapStorage extends Storage {
    /** Lines that are turned together: as many cache lines stay in L1 while the strips of eight pass over them. */
    private static final int LINES = 256;

    private static final int STRIP = 8;

    /** {@return the bytes as {@link #load} takes them, in their byte order} */
    abstract Buffer view(ByteBuffer bytes);

    /**
     * Stores n numbers of a {@link #view}, the first at {@code index}, from {@code at} on. Leaves the view as it is. They can
     * be read when they are {@link #settle settled}.
     */
    abstract void load(Buffer view, int index, int at, int n);

    /** Brings loaded numbers into the form they are read in, once; for many lines together, as short loops do not vectorise. */
    void settle(int at, int n) {}

    /** {@code into[to + i]} ← number {@code from + i * step}. */
    abstract void column(int from, int step, int lines, double[] into, int to);

    /** {@code into[to + j * stride + i]} ← number {@code from + i * step + j} for j = 0 … 7: a cache line is read once. */
    abstract void strip(int from, int step, int lines, double[] into, int to, int stride);

    @Override
    final void transpose(long from, long step, int lines, int n, double[] into, int to, int stride) {
        for (int i = 0; i < lines; i += LINES) {
            int first = (int) (from + i * step);
            int count = Math.min(LINES, lines - i);
            int j = 0;
            for (; j + STRIP <= n; j += STRIP) {
                strip(first + j, (int) step, count, into, to + i + j * stride, stride);
            }
            for (; j < n; j++) {
                column(first + j, (int) step, count, into, to + i + j * stride);
            }
        }
    }

    static class Bytes extends HeapStorage {
        final byte[] values;
        private final double half;

        private Bytes(int size, double half) {
            this.values = new byte[size];
            this.half = half;
        }

        static Bytes signed(int size) {
            return new Bytes(size, 0);
        }

        static Bytes unsigned(int size) {
            return new Bytes(size, 0x1p7);
        }

        /** Zero and one; what is not zero is one. */
        static Bytes truths(int size) {
            return new Bytes(size, 0) {
                @Override
                void settle(int at, int n) {
                    for (int i = at; i < at + n; i++) {
                        values[i] = values[i] == 0 ? (byte) 0 : 1;
                    }
                }
            };
        }

        @Override
        Buffer view(ByteBuffer bytes) {
            return bytes.slice();
        }

        @Override
        void load(Buffer view, int index, int at, int n) {
            ((ByteBuffer) view).get(index, values, at, n);
        }

        @Override
        void settle(int at, int n) {
            if (half != 0) {
                for (int i = at; i < at + n; i++) {
                    values[i] ^= Byte.MIN_VALUE;
                }
            }
        }

        @Override
        double get(long at) {
            return values[(int) at] + half;
        }

        @Override
        void span(long from, int n, double[] into, int to) {
            int at = (int) from;
            for (int i = 0; i < n; i++) {
                into[to + i] = values[at + i] + half;
            }
        }

        @Override
        void column(int from, int step, int lines, double[] into, int to) {
            for (int i = 0, at = from; i < lines; i++, at += step) {
                into[to + i] = values[at] + half;
            }
        }

        @Override
        void strip(int from, int step, int lines, double[] into, int to, int stride) {
            int b = to + stride;
            int c = b + stride;
            int d = c + stride;
            int e = d + stride;
            int f = e + stride;
            int g = f + stride;
            int h = g + stride;
            for (int i = 0, at = from; i < lines; i++, at += step) {
                into[to + i] = values[at] + half;
                into[b + i] = values[at + 1] + half;
                into[c + i] = values[at + 2] + half;
                into[d + i] = values[at + 3] + half;
                into[e + i] = values[at + 4] + half;
                into[f + i] = values[at + 5] + half;
                into[g + i] = values[at + 6] + half;
                into[h + i] = values[at + 7] + half;
            }
        }

        @Override
        long heapBytes() {
            return values.length;
        }

        @Override
        public String toString() {
            return half == 0 ? "SignedBytes" : "UnsignedBytes";
        }
    }

    static final class Shorts extends HeapStorage {
        final short[] values;
        private final double half;

        private Shorts(int size, double half) {
            this.values = new short[size];
            this.half = half;
        }

        static Shorts signed(int size) {
            return new Shorts(size, 0);
        }

        static Shorts unsigned(int size) {
            return new Shorts(size, 0x1p15);
        }

        @Override
        Buffer view(ByteBuffer bytes) {
            return bytes.asShortBuffer();
        }

        @Override
        void load(Buffer view, int index, int at, int n) {
            ((ShortBuffer) view).get(index, values, at, n);
        }

        @Override
        void settle(int at, int n) {
            if (half != 0) {
                for (int i = at; i < at + n; i++) {
                    values[i] ^= Short.MIN_VALUE;
                }
            }
        }

        @Override
        double get(long at) {
            return values[(int) at] + half;
        }

        @Override
        void span(long from, int n, double[] into, int to) {
            int at = (int) from;
            for (int i = 0; i < n; i++) {
                into[to + i] = values[at + i] + half;
            }
        }

        @Override
        void column(int from, int step, int lines, double[] into, int to) {
            for (int i = 0, at = from; i < lines; i++, at += step) {
                into[to + i] = values[at] + half;
            }
        }

        @Override
        void strip(int from, int step, int lines, double[] into, int to, int stride) {
            int b = to + stride;
            int c = b + stride;
            int d = c + stride;
            int e = d + stride;
            int f = e + stride;
            int g = f + stride;
            int h = g + stride;
            for (int i = 0, at = from; i < lines; i++, at += step) {
                into[to + i] = values[at] + half;
                into[b + i] = values[at + 1] + half;
                into[c + i] = values[at + 2] + half;
                into[d + i] = values[at + 3] + half;
                into[e + i] = values[at + 4] + half;
                into[f + i] = values[at + 5] + half;
                into[g + i] = values[at + 6] + half;
                into[h + i] = values[at + 7] + half;
            }
        }

        @Override
        long heapBytes() {
            return Short.BYTES * (long) values.length;
        }

        @Override
        public String toString() {
            return half == 0 ? "SignedShorts" : "UnsignedShorts";
        }
    }

    static final class Ints extends HeapStorage {
        final int[] values;
        private final double half;

        private Ints(int size, double half) {
            this.values = new int[size];
            this.half = half;
        }

        static Ints signed(int size) {
            return new Ints(size, 0);
        }

        static Ints unsigned(int size) {
            return new Ints(size, 0x1p31);
        }

        @Override
        Buffer view(ByteBuffer bytes) {
            return bytes.asIntBuffer();
        }

        @Override
        void load(Buffer view, int index, int at, int n) {
            ((IntBuffer) view).get(index, values, at, n);
        }

        @Override
        void settle(int at, int n) {
            if (half != 0) {
                for (int i = at; i < at + n; i++) {
                    values[i] ^= Integer.MIN_VALUE;
                }
            }
        }

        @Override
        double get(long at) {
            return values[(int) at] + half;
        }

        @Override
        void span(long from, int n, double[] into, int to) {
            int at = (int) from;
            for (int i = 0; i < n; i++) {
                into[to + i] = values[at + i] + half;
            }
        }

        @Override
        void column(int from, int step, int lines, double[] into, int to) {
            for (int i = 0, at = from; i < lines; i++, at += step) {
                into[to + i] = values[at] + half;
            }
        }

        @Override
        void strip(int from, int step, int lines, double[] into, int to, int stride) {
            int b = to + stride;
            int c = b + stride;
            int d = c + stride;
            int e = d + stride;
            int f = e + stride;
            int g = f + stride;
            int h = g + stride;
            for (int i = 0, at = from; i < lines; i++, at += step) {
                into[to + i] = values[at] + half;
                into[b + i] = values[at + 1] + half;
                into[c + i] = values[at + 2] + half;
                into[d + i] = values[at + 3] + half;
                into[e + i] = values[at + 4] + half;
                into[f + i] = values[at + 5] + half;
                into[g + i] = values[at + 6] + half;
                into[h + i] = values[at + 7] + half;
            }
        }

        @Override
        long heapBytes() {
            return Integer.BYTES * (long) values.length;
        }

        @Override
        public String toString() {
            return half == 0 ? "SignedInts" : "UnsignedInts";
        }
    }

    static class Floats extends HeapStorage {
        final float[] values;

        Floats(int size) {
            values = new float[size];
        }

        @Override
        Buffer view(ByteBuffer bytes) {
            return bytes.asFloatBuffer();
        }

        @Override
        void load(Buffer view, int index, int at, int n) {
            ((FloatBuffer) view).get(index, values, at, n);
        }

        @Override
        double get(long at) {
            return values[(int) at];
        }

        @Override
        void span(long from, int n, double[] into, int to) {
            int at = (int) from;
            for (int i = 0; i < n; i++) {
                into[to + i] = values[at + i];
            }
        }

        @Override
        void column(int from, int step, int lines, double[] into, int to) {
            for (int i = 0, at = from; i < lines; i++, at += step) {
                into[to + i] = values[at];
            }
        }

        @Override
        void strip(int from, int step, int lines, double[] into, int to, int stride) {
            int b = to + stride;
            int c = b + stride;
            int d = c + stride;
            int e = d + stride;
            int f = e + stride;
            int g = f + stride;
            int h = g + stride;
            for (int i = 0, at = from; i < lines; i++, at += step) {
                into[to + i] = values[at];
                into[b + i] = values[at + 1];
                into[c + i] = values[at + 2];
                into[d + i] = values[at + 3];
                into[e + i] = values[at + 4];
                into[f + i] = values[at + 5];
                into[g + i] = values[at + 6];
                into[h + i] = values[at + 7];
            }
        }

        @Override
        long heapBytes() {
            return Float.BYTES * (long) values.length;
        }

        @Override
        public String toString() {
            return "Floats";
        }
    }

    static class Doubles extends HeapStorage {
        final double[] values;

        Doubles(int size) {
            values = new double[size];
        }

        @Override
        Buffer view(ByteBuffer bytes) {
            return bytes.asDoubleBuffer();
        }

        @Override
        void load(Buffer view, int index, int at, int n) {
            ((DoubleBuffer) view).get(index, values, at, n);
        }

        @Override
        double get(long at) {
            return values[(int) at];
        }

        @Override
        void span(long from, int n, double[] into, int to) {
            System.arraycopy(values, (int) from, into, to, n);
        }

        @Override
        void column(int from, int step, int lines, double[] into, int to) {
            for (int i = 0, at = from; i < lines; i++, at += step) {
                into[to + i] = values[at];
            }
        }

        @Override
        void strip(int from, int step, int lines, double[] into, int to, int stride) {
            int b = to + stride;
            int c = b + stride;
            int d = c + stride;
            int e = d + stride;
            int f = e + stride;
            int g = f + stride;
            int h = g + stride;
            for (int i = 0, at = from; i < lines; i++, at += step) {
                into[to + i] = values[at];
                into[b + i] = values[at + 1];
                into[c + i] = values[at + 2];
                into[d + i] = values[at + 3];
                into[e + i] = values[at + 4];
                into[f + i] = values[at + 5];
                into[g + i] = values[at + 6];
                into[h + i] = values[at + 7];
            }
        }

        @Override
        long heapBytes() {
            return Double.BYTES * (long) values.length;
        }

        @Override
        public String toString() {
            return "Doubles";
        }
    }
}
