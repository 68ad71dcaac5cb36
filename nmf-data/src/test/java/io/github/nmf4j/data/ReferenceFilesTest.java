package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nmf4j.api.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy wrote, in the folder that the system property {@code nmf4j.reference} names. */
class ReferenceFilesTest {
    private Path reference;

    @BeforeEach
    void requireFolder() {
        String property = System.getProperty("nmf4j.reference", "");
        assumeTrue(!property.isBlank(), "skipped: the system property nmf4j.reference names no folder");
        reference = Path.of(property);
        assumeTrue(Files.isDirectory(reference), "skipped: nmf4j.reference is no folder: " + property);
    }

    @Test
    void everyArrayIsRead() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(reference)) {
            files = all.filter(file -> file.toString().endsWith(".npy"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(100);
        for (Path file : files) {
            Matrix matrix = MatrixFiles.read(file).matrix();
            // The header is left over after the entries; NumPy pads it to a multiple of 64 bytes.
            long width = matrix.toString().startsWith("UnsignedShorts") ? 2 : 8;
            long header = Files.size(file) - width * matrix.rows() * matrix.columns();
            assertThat(header).as(file.toString()).isEqualTo(128);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"edx-88", "edx-71gpa"})
    void measuredCountsAreThoseTheirNotesSay(String name) throws IOException, NoSuchAlgorithmException {
        Path file = reference.resolve(name).resolve("counts.npy.gz");
        Properties info = new Properties();
        try (Reader in = Files.newBufferedReader(reference.resolve(name).resolve("info.properties"))) {
            info.load(in);
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(new GZIPInputStream(Files.newInputStream(file)), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(info.get("sha256_uncompressed_npy"));

        Matrix x = MatrixFiles.read(file).matrix();
        double[] pixelSums = new double[x.columns()];
        double[] row = new double[x.columns()];
        long total = 0;
        long nonzeros = 0;
        long largest = 0;
        for (int i = 0; i < x.rows(); i++) {
            x.read(i, 0, 1, row.length, row, 0, row.length);
            for (int j = 0; j < row.length; j++) {
                total += (long) row[j];
                nonzeros += row[j] != 0 ? 1 : 0;
                largest = Math.max(largest, (long) row[j]);
                pixelSums[j] += row[j];
            }
        }
        assertThat(x.toString()).startsWith("UnsignedBytes");
        assertThat(number(info, "n_channels")).isEqualTo(x.rows());
        assertThat(number(info, "n_pixels")).isEqualTo(x.columns());
        assertThat(number(info, "total_counts")).isEqualTo(total);
        assertThat(number(info, "nonzeros")).isEqualTo(nonzeros);
        assertThat(number(info, "max_count")).isEqualTo(largest);
        assertThat(number(info, "min_counts_per_pixel"))
                .isEqualTo((long) Arrays.stream(pixelSums).min().orElseThrow());
        assertThat(number(info, "max_counts_per_pixel"))
                .isEqualTo((long) Arrays.stream(pixelSums).max().orElseThrow());

        NamedMatrix channels = MatrixFiles.read(reference.resolve(name).resolve("channels.csv"));
        assertThat(channels.columnNames()).containsExactly("channel", "energy_keV", "sum_counts");
        for (int i = 0; i < x.rows(); i += 100) {
            x.read(i, 0, 1, row.length, row, 0, row.length);
            double sum = 0;
            for (double count : row) {
                sum += count;
            }
            assertThat(channels.matrix().get(i, 2)).isEqualTo(sum);
        }
    }

    /** The truth of the toy problem, and its counts, whose sums its notes give. */
    @Test
    void toyProblemIsThatOfItsNotes() {
        Matrix x = MatrixFiles.read(reference.resolve("toy-full/X.npy")).matrix();
        double sum = 0;
        double largest = 0;
        for (double count : x.toDense().data()) {
            sum += count;
            largest = Math.max(largest, count);
        }
        assertThat(sum).isEqualTo(4_413_840);
        assertThat(largest).isEqualTo(26);
        Matrix h = MatrixFiles.read(reference.resolve("toy-full/truth_H.npy")).matrix();
        double[] line = new double[3];
        for (int j = 0; j < h.columns(); j++) {
            h.readTransposed(0, j, 3, 1, line, 0, 3);
            assertThat(line[0] + line[1] + line[2]).isBetween(1 - 1e-12, 1 + 1e-12);
        }
    }

    @Test
    void everyLaplacianHasRowsThatSumToZero() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(reference.resolve("small/laplacian"))) {
            files = all.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            Matrix laplacian = MatrixFiles.read(file).matrix();
            assertThat(laplacian.rows()).as(file.toString()).isEqualTo(laplacian.columns());
            for (int i = 0; i < laplacian.rows(); i++) {
                double sum = 0;
                for (int j = 0; j < laplacian.columns(); j++) {
                    sum += laplacian.get(i, j);
                }
                assertThat(sum).as(file.toString()).isZero();
            }
        }
    }

    private static long number(Properties info, String key) {
        return Long.parseLong(info.getProperty(key));
    }
}
