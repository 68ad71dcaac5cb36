package io.github.nmf4j.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes images of up to 255 colours as PNG: few lines in place of the desktop module, which servers often lack. */
final class Png {
    /** The index of a pixel that is not there: the paper shows. */
    static final int CLEAR = 255;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int COLOURS = 256;

    private Png() {}

    /**
     * {@return an image}
     *
     * @param width in pixels
     * @param height in pixels
     * @param pixels a colour's index each, row after row
     * @param palette colours as 0xrrggbb, at most 255
     */
    static byte[] indexed(int width, int height, byte[] pixels, int[] palette) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 3, 0, 0, 0
        }); // a byte a pixel, by palette; deflate, adaptive filters, not interlaced
        byte[] lines = new byte[height * (width + 1)]; // each begins with its filter: 0, none
        for (int i = 0; i < height; i++) {
            System.arraycopy(pixels, i * width, lines, i * (width + 1) + 1, width);
        }
        ByteBuffer colours = ByteBuffer.allocate(3 * COLOURS);
        for (int colour : palette) {
            colours.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
        }
        byte[] opacity = new byte[COLOURS];
        Arrays.fill(opacity, (byte) 0xff);
        opacity[CLEAR] = 0;
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        chunk(png, "IHDR", header.array());
        chunk(png, "PLTE", colours.array());
        chunk(png, "tRNS", opacity);
        chunk(png, "IDAT", deflated(lines));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(name);
        png.writeBytes(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
