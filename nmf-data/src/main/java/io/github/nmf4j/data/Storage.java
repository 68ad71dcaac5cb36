package io.github.nmf4j.data;

import java.nio.ByteBuffer;

/**
 * A run of numbers held as narrow as they came, and widened to {@code double} where they are read.
 *
 * <p>One call covers a span: the loops stand in the subclasses, so that none of them makes a call an entry. Filled by one
 * thread, then read by any number.
 */
abstract class Storage {
    /** Takes n numbers from the buffer, in its byte order, and stores them from {@code at} on. */
    abstract void load(ByteBuffer from, int at, int n);

    abstract double get(int at);

    /** Copies n neighbours to {@code into[to], into[to + 1], …}. */
    abstract void span(int from, int n, double[] into, int to);

    /** Copies n neighbours to {@code into[to], into[to + step], …}. */
    abstract void spread(int from, int n, double[] into, int to, int step);

    static final class UnsignedBytes extends Storage {
        final byte[] values;

        UnsignedBytes(int size) {
            values = new byte[size];
        }

        @Override
        void load(ByteBuffer from, int at, int n) {
            from.get(values, at, n);
        }

        @Override
        double get(int at) {
            return values[at] & 0xFF;
        }

        @Override
        void span(int from, int n, double[] into, int to) {
            for (int i = 0; i < n; i++) {
                into[to + i] = values[from + i] & 0xFF;
            }
        }

        @Override
        void spread(int from, int n, double[] into, int to, int step) {
            for (int i = 0, at = to; i < n; i++, at += step) {
                into[at] = values[from + i] & 0xFF;
            }
        }
    }

    static final class SignedBytes extends Storage {
        private final byte[] values;

        SignedBytes(int size) {
            values = new byte[size];
        }

        @Override
        void load(ByteBuffer from, int at, int n) {
            from.get(values, at, n);
        }

        @Override
        double get(int at) {
            return values[at];
        }

        @Override
        void span(int from, int n, double[] into, int to) {
            for (int i = 0; i < n; i++) {
                into[to + i] = values[from + i];
            }
        }

        @Override
        void spread(int from, int n, double[] into, int to, int step) {
            for (int i = 0, at = to; i < n; i++, at += step) {
                into[at] = values[from + i];
            }
        }
    }

    static final class UnsignedShorts extends Storage {
        final short[] values;

        UnsignedShorts(int size) {
            values = new short[size];
        }

        @Override
        void load(ByteBuffer from, int at, int n) {
            from.asShortBuffer().get(values, at, n);
        }

        @Override
        double get(int at) {
            return values[at] & 0xFFFF;
        }

        @Override
        void span(int from, int n, double[] into, int to) {
            for (int i = 0; i < n; i++) {
                into[to + i] = values[from + i] & 0xFFFF;
            }
        }

        @Override
        void spread(int from, int n, double[] into, int to, int step) {
            for (int i = 0, at = to; i < n; i++, at += step) {
                into[at] = values[from + i] & 0xFFFF;
            }
        }
    }

    static final class SignedShorts extends Storage {
        private final short[] values;

        SignedShorts(int size) {
            values = new short[size];
        }

        @Override
        void load(ByteBuffer from, int at, int n) {
            from.asShortBuffer().get(values, at, n);
        }

        @Override
        double get(int at) {
            return values[at];
        }

        @Override
        void span(int from, int n, double[] into, int to) {
            for (int i = 0; i < n; i++) {
                into[to + i] = values[from + i];
            }
        }

        @Override
        void spread(int from, int n, double[] into, int to, int step) {
            for (int i = 0, at = to; i < n; i++, at += step) {
                into[at] = values[from + i];
            }
        }
    }

    static final class UnsignedInts extends Storage {
        private final int[] values;

        UnsignedInts(int size) {
            values = new int[size];
        }

        @Override
        void load(ByteBuffer from, int at, int n) {
            from.asIntBuffer().get(values, at, n);
        }

        @Override
        double get(int at) {
            return values[at] & 0xFFFF_FFFFL;
        }

        @Override
        void span(int from, int n, double[] into, int to) {
            for (int i = 0; i < n; i++) {
                into[to + i] = values[from + i] & 0xFFFF_FFFFL;
            }
        }

        @Override
        void spread(int from, int n, double[] into, int to, int step) {
            for (int i = 0, at = to; i < n; i++, at += step) {
                into[at] = values[from + i] & 0xFFFF_FFFFL;
            }
        }
    }

    static final class SignedInts extends Storage {
        final int[] values;

        SignedInts(int size) {
            values = new int[size];
        }

        @Override
        void load(ByteBuffer from, int at, int n) {
            from.asIntBuffer().get(values, at, n);
        }

        @Override
        double get(int at) {
            return values[at];
        }

        @Override
        void span(int from, int n, double[] into, int to) {
            for (int i = 0; i < n; i++) {
                into[to + i] = values[from + i];
            }
        }

        @Override
        void spread(int from, int n, double[] into, int to, int step) {
            for (int i = 0, at = to; i < n; i++, at += step) {
                into[at] = values[from + i];
            }
        }
    }

    static class Floats extends Storage {
        final float[] values;

        Floats(int size) {
            values = new float[size];
        }

        @Override
        void load(ByteBuffer from, int at, int n) {
            from.asFloatBuffer().get(values, at, n);
        }

        @Override
        double get(int at) {
            return values[at];
        }

        @Override
        void span(int from, int n, double[] into, int to) {
            for (int i = 0; i < n; i++) {
                into[to + i] = values[from + i];
            }
        }

        @Override
        void spread(int from, int n, double[] into, int to, int step) {
            for (int i = 0, at = to; i < n; i++, at += step) {
                into[at] = values[from + i];
            }
        }
    }

    static class Doubles extends Storage {
        final double[] values;

        Doubles(int size) {
            values = new double[size];
        }

        @Override
        void load(ByteBuffer from, int at, int n) {
            from.asDoubleBuffer().get(values, at, n);
        }

        @Override
        double get(int at) {
            return values[at];
        }

        @Override
        void span(int from, int n, double[] into, int to) {
            System.arraycopy(values, from, into, to, n);
        }

        @Override
        void spread(int from, int n, double[] into, int to, int step) {
            for (int i = 0, at = to; i < n; i++, at += step) {
                into[at] = values[from + i];
            }
        }
    }
}
