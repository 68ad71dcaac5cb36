package io.github.nmf4j.data;

import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * Numbers that stay in a file, which the operating system pages in where they are read.
 *
 * <p>A file is mapped in pieces of a power of two entries, since a buffer ends at 2 GB; lines may cross from one to the next.
 * Each thread copies a line, or a window of neighbouring lines, into a narrow array and widens from there. A window is as
 * wide as a cache line or more, and the strips that the update of W reads one after the other come from one of them.
 */
final class MappedStorage extends Storage {
    /** A piece is so many entries of eight bytes at most: 1 GB. */
    static final int PIECE_BITS = 27;

    private static final int LINE = 1024;
    private static final int WINDOW = 1 << 15;
    private static final int WINDOW_LINES = WINDOW / 8;
    private static final int WINDOW_WIDTH = 64;

    private final NpyType type;
    private final Buffer[] pieces;
    private final int pieceBits;
    private final ThreadLocal<Window> windows;

    private MappedStorage(NpyType type, Buffer[] pieces, int pieceBits) {
        this.type = type;
        this.pieces = pieces;
        this.pieceBits = pieceBits;
        this.windows = ThreadLocal.withInitial(() -> new Window(type));
    }

    /**
     * {@return the numbers that begin at a position of a file; it may be closed afterwards}
     *
     * @param pieceBits logarithm to base 2 of the entries of a piece
     */
    static MappedStorage of(FileChannel file, long position, long count, NpyType type, ByteOrder order, int pieceBits)
            throws IOException {
        long entries = 1L << pieceBits;
        HeapStorage viewer = type.storage(0);
        Buffer[] pieces = new Buffer[Math.toIntExact((count + entries - 1) >>> pieceBits)];
        for (int p = 0; p < pieces.length; p++) {
            long first = p * entries;
            long bytes = Math.min(entries, count - first) * type.bytes();
            pieces[p] = viewer.view(file.map(MapMode.READ_ONLY, position + first * type.bytes(), bytes)
                    .order(order));
        }
        return new MappedStorage(type, pieces, pieceBits);
    }

    /** What one thread read last: entry (i, j) is number first + i · step + j of the file, i · width + j of the window. */
    private static final class Window {
        final HeapStorage line;
        final HeapStorage entries;
        long first;
        long step;
        int lines;
        int width;

        Window(NpyType type) {
            line = type.storage(LINE);
            entries = type.storage(WINDOW);
        }

        boolean holds(long from, long distance, int count, int n) {
            return distance == step && count <= lines && from >= first && from - first + n <= width;
        }
    }

    /** Copies n numbers from the pieces they lie in. */
    private void load(long from, int n, HeapStorage into, int at) {
        for (int done = 0; done < n; ) {
            int index = index(from + done);
            int count = Math.min(n - done, (1 << pieceBits) - index);
            into.load(pieces[piece(from + done)], index, at + done, count);
            done += count;
        }
    }

    private int piece(long at) {
        return (int) (at >>> pieceBits);
    }

    private int index(long at) {
        return (int) (at & (1L << pieceBits) - 1);
    }

    @Override
    double get(long at) {
        HeapStorage line = windows.get().line;
        load(at, 1, line, 0);
        line.settle(0, 1);
        return line.get(0);
    }

    @Override
    void span(long from, int n, double[] into, int to) {
        HeapStorage line = windows.get().line;
        for (int done = 0; done < n; ) {
            int index = index(from + done);
            int count = Math.min(n - done, (1 << pieceBits) - index);
            Buffer piece = pieces[piece(from + done)];
            if (piece instanceof DoubleBuffer doubles) {
                doubles.get(index, into, to + done, count);
            } else {
                count = Math.min(count, LINE);
                line.load(piece, index, 0, count);
                line.settle(0, count);
                line.span(0, count, into, to + done);
            }
            done += count;
        }
    }

    @Override
    void transpose(long from, long step, int lines, int n, double[] into, int to, int stride) {
        Window window = windows.get();
        for (int i = 0; i < lines; i += WINDOW_LINES) {
            int count = Math.min(WINDOW_LINES, lines - i);
            for (int j = 0; j < n; ) {
                long first = from + i * step + j;
                int width = Math.min(n - j, Math.min(WINDOW_WIDTH, WINDOW / count));
                if (!window.holds(first, step, count, width)) {
                    move(window, first, step, count);
                }
                window.entries.transpose(
                        first - window.first, window.width, count, width, into, to + i + j * stride, stride);
                j += width;
            }
        }
    }

    /** Fills a window from a place on, as wide as it may be and the lines are. */
    private void move(Window window, long first, long step, int lines) {
        window.lines = 0; // nothing, should a load fail
        window.width = (int) Math.min(Math.min(WINDOW_WIDTH, WINDOW / lines), step - first % step);
        for (int i = 0; i < lines; i++) {
            load(first + i * step, window.width, window.entries, i * window.width);
        }
        window.entries.settle(0, lines * window.width);
        window.first = first;
        window.step = step;
        window.lines = lines;
    }

    @Override
    long heapBytes() {
        return 0;
    }

    @Override
    public String toString() {
        return "Mapped " + type;
    }
}
