package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.data.MatrixFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data larger than the heap: the command in a virtual machine of its own, with 64 MB. */
@Tag("slow")
class CliMappedTest {
    private static final int ROWS = 1300;
    private static final int COLUMNS = 10_007;

    @TempDir
    Path folder;

    /** Writes 13 million doubles, 104 MB, a line at a time; byte by byte, without the writer. */
    private Path write(DenseMatrix x, boolean byColumns) throws IOException {
        Path file = folder.resolve("x.npy");
        byte[] header = ("{'descr': '<f8', 'fortran_order': " + (byColumns ? "True" : "False") + ", 'shape': (" + ROWS
                        + ", " + COLUMNS + "), }\n")
                .getBytes(StandardCharsets.US_ASCII);
        int line = byColumns ? ROWS : COLUMNS;
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0});
            out.write(header);
            ByteBuffer bytes = ByteBuffer.allocate(line * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < ROWS * COLUMNS / line; i++) {
                for (int j = 0; j < line; j++) {
                    bytes.putDouble(j * Double.BYTES, byColumns ? x.get(j, i) : x.get(i, j));
                }
                out.write(bytes.array());
            }
        }
        return file;
    }

    private static DenseMatrix data() {
        SplittableRandom random = new SplittableRandom(21);
        DenseMatrix x = DenseMatrix.zeros(ROWS, COLUMNS);
        for (int e = 0; e < x.data().length; e++) {
            x.data()[e] = random.nextDouble() * (1 + e % 3);
        }
        return x;
    }

    @ParameterizedTest
    @CsvSource({"kullback-leibler, random, false", "euclidean, nndsvda, true"})
    void aFileLargerThanTheHeapGivesTheBitsOfTheMatrixInMemory(String loss, String start, boolean byColumns)
            throws Exception {
        DenseMatrix x = data();
        Path file = write(x, byColumns);
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of("fit", file.toString(), "--rank", "3", "--loss", loss, "--start", start, "--seed", "5"));
        command.addAll(List.of("--backend", "portable", "--threads", "2", "--max-iterations", "3", "--tolerance", "0"));
        command.addAll(List.of("--out", out.toString(), "--json"));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();

        Factorization inMemory = Nmf.builder()
                .rank(3)
                .loss(loss)
                .start(start)
                .seed(5)
                .backend("portable")
                .threads(1)
                .stopWhen(StoppingRule.afterIterations(3))
                .build()
                .fit(x);
        assertThat(MatrixFiles.read(out.resolve("W.npy")).matrix())
                .isEqualTo(inMemory.w().toDense());
        assertThat(MatrixFiles.read(out.resolve("H.npy")).matrix())
                .isEqualTo(inMemory.h().toDense());
    }
}
