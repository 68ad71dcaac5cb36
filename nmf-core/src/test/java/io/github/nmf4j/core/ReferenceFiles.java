package io.github.nmf4j.core;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nmf4j.api.DenseMatrix;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The folder of another implementation's iterates, named by the system property {@code nmf4j.reference}. */
final class ReferenceFiles {
    private static final Pattern SHAPE = Pattern.compile("'descr': '([^']+)'.*'shape': \\((\\d+), (\\d+)\\)");

    private ReferenceFiles() {}

    static Path folder() {
        String name = System.getProperty("nmf4j.reference", "");
        assumeTrue(!name.isEmpty(), "skipped: the system property nmf4j.reference names no folder of reference data");
        return Path.of(name);
    }

    static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }

    /** Columns of a CSV with a header; an empty field is NaN. */
    static List<double[]> csv(Path file) throws IOException {
        List<double[]> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            double[] row = new double[fields.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = fields[i].isEmpty() ? Double.NaN : Double.parseDouble(fields[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    /** NPY version 1, little-endian, row-major: f8, u2 or u1. Shares nothing with the reader of nmf-data. */
    static DenseMatrix npy(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            bytes = (file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int start = 10 + buffer.getShort(8);
        String header = new String(bytes, 10, start - 10, StandardCharsets.US_ASCII);
        Matcher matcher = SHAPE.matcher(header);
        if (!matcher.find()) {
            throw new IOException(header);
        }
        DenseMatrix matrix = DenseMatrix.zeros(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
        double[] data = matrix.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = switch (matcher.group(1)) {
                case "<f8" -> buffer.getDouble(start + 8 * i);
                case "<u2" -> Short.toUnsignedInt(buffer.getShort(start + 2 * i));
                case "|u1" -> Byte.toUnsignedInt(buffer.get(start + i));
                default -> throw new IOException(matcher.group(1));
            };
        }
        return matrix;
    }
}
