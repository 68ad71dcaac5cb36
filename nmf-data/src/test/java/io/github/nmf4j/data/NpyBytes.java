package io.github.nmf4j.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** NPY files made by hand, byte by byte, without any code of the reader or the writer. */
final class NpyBytes {
    private NpyBytes() {}

    static byte[] of(String dtype, String order, String shape, byte[] entries) {
        return of(1, "{'descr': '" + dtype + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n", entries);
    }

    static byte[] of(int version, String header, byte[] entries) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        out.write(text.length & 0xFF);
        out.write(text.length >> 8 & 0xFF);
        if (version > 1) {
            out.write(0);
            out.write(0);
        }
        out.writeBytes(text);
        out.writeBytes(entries);
        return out.toByteArray();
    }

    /** {@return entries of so many bytes, little-endian first, most significant first if the order is big} */
    static byte[] entries(int width, ByteOrder order, long... bits) {
        ByteBuffer buffer = ByteBuffer.allocate(width * bits.length);
        for (long b : bits) {
            for (int i = 0; i < width; i++) {
                int shift = 8 * (order == ByteOrder.BIG_ENDIAN ? width - 1 - i : i);
                buffer.put((byte) (b >> shift));
            }
        }
        return buffer.array();
    }
}
