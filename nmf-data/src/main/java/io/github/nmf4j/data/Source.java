package io.github.nmf4j.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Bytes to read, their name for messages, and how many there can be at most, so that a header that lies about sizes is
 * found out before memory is taken.
 *
 * @param name what messages call it
 * @param file where the bytes lie, compressed or not
 * @param stream the bytes, unpacked
 * @param mostBytes no more than these can come
 */
record Source(String name, Path file, InputStream stream, long mostBytes) implements AutoCloseable {
    /** Deflate packs no more than this many bytes into one (zlib technical details, "Maximum Compression Factor"). */
    private static final long MOST_PACKED = 1032;

    private static final int BUFFER = 1 << 16;

    static Source plain(Path file) throws IOException {
        return new Source(
                file.toString(), file, new BufferedInputStream(Files.newInputStream(file), BUFFER), size(file));
    }

    static Source gzip(Path file) throws IOException {
        InputStream packed = Files.newInputStream(file);
        try {
            return new Source(file.toString(), file, new GZIPInputStream(packed, BUFFER), mostUnpacked(size(file)));
        } catch (IOException e) {
            packed.close();
            throw e;
        }
    }

    /** {@return the most bytes that so many bytes of deflated data can hold} */
    static long mostUnpacked(long packed) {
        return packed > Long.MAX_VALUE / MOST_PACKED ? Long.MAX_VALUE : packed * MOST_PACKED;
    }

    /** {@return how many bytes were left} Reads to the end, which also checks the sum at the end of a gzip stream. */
    long drain() throws IOException {
        return stream.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static long size(Path file) throws IOException {
        // A pipe has no size to tell; the shape it announces is then checked against the heap alone.
        return Files.isRegularFile(file) ? Files.size(file) : Long.MAX_VALUE;
    }
}
