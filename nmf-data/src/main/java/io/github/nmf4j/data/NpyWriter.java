package io.github.nmf4j.data;

import io.github.nmf4j.api.Matrix;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a matrix in the NPY format, version 1.0: little-endian f8, row after row. */
final class NpyWriter {
    private static final int BLOCK = 1 << 14;
    private static final int ALIGNMENT = 64;
    private static final int PREFIX = 10;

    private NpyWriter() {}

    static void write(Matrix matrix, OutputStream out) throws IOException {
        out.write(header(matrix.rows(), matrix.columns()));
        if (matrix.columns() == 0) {
            return;
        }
        int wide = Math.min(matrix.columns(), BLOCK);
        int high = Math.max(1, BLOCK / matrix.columns()); // above 1 only where a block has whole rows
        double[] block = new double[wide * high];
        ByteBuffer bytes = ByteBuffer.allocate(block.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < matrix.rows(); i += high) {
            int rows = Math.min(high, matrix.rows() - i);
            for (int j = 0; j < matrix.columns(); j += wide) {
                int columns = Math.min(wide, matrix.columns() - j);
                matrix.read(i, j, rows, columns, block, 0, columns);
                bytes.clear().asDoubleBuffer().put(block, 0, rows * columns);
                out.write(bytes.array(), 0, rows * columns * Double.BYTES);
            }
        }
    }

    private static byte[] header(int rows, int columns) {
        String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        int least = PREFIX + dictionary.length() + 1;
        int length = (least + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - PREFIX;
        return ByteBuffer.allocate(PREFIX + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) length)
                .put((dictionary + " ".repeat(length - dictionary.length() - 1) + "\n")
                        .getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
