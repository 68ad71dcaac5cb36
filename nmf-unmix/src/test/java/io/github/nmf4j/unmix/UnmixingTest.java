package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.core.Measures;
import io.github.nmf4j.data.Atoms;
import io.github.nmf4j.data.Maps;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.data.SpectralImage;
import io.github.nmf4j.unmix.Diagnosis.Regime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnmixingTest {
    private static Unmixed unmix(SpectralImage image, boolean dictionary, int threads) {
        Unmixing.Builder builder = Unmixing.builder().rank(image.h().rows()).threads(threads);
        if (dictionary) {
            builder.dictionary(image.dictionary());
        }
        return builder.build().of(image.x(), image.shape());
    }

    /** On seeds that nothing was chosen by; the bounds are a third above what these reach. */
    @ParameterizedTest
    @CsvSource({"2, WEDGES, EDGES, 3000, true", "3, BLOBS, LINES, 3001, true", "3, SPHERES, BANDS, 3002, false"})
    void findsTheSpectraAndMapsThatMadeAnImage(int rank, Maps maps, Atoms atoms, long seed, boolean dictionary) {
        assertFound(rank, maps, atoms, seed, dictionary);
    }

    @ParameterizedTest
    @CsvSource({"4, GRAINS, EDGES, 3003", "5, SPHERES, LINES, 3004", "6, BLOBS, LINES, 3005"})
    @Tag("slow")
    void findsManySpectraAndMaps(int rank, Maps maps, Atoms atoms, long seed) {
        assertFound(rank, maps, atoms, seed, true);
    }

    /** Balls of a faint phase: lightly smoothed scores alone leave its spectrum 7.2° away, and its map at R² .93. */
    @Test
    void whatIsFaintKeepsItsContrast() {
        SpectralImage image = SpectralImage.builder()
                .rank(2)
                .maps(Maps.SPHERES)
                .look(Atoms.EDGES)
                .seed(2057)
                .simulate();
        double[][] measures = Toy.against(image.spectra(), image.h(), unmix(image, true, 1));
        assertThat(Arrays.stream(measures[0]).max().orElseThrow()).isLessThan(5);
        assertThat(Arrays.stream(measures[1]).min().orElseThrow()).isGreaterThan(0.95);
    }

    private static void assertFound(int rank, Maps maps, Atoms atoms, long seed, boolean dictionary) {
        SpectralImage image = SpectralImage.builder()
                .rank(rank)
                .maps(maps)
                .look(atoms)
                .seed(seed)
                .simulate();
        Unmixed found = unmix(image, dictionary, 2);
        double[][] measures = Toy.against(image.spectra(), image.h(), found);
        assertThat(Arrays.stream(measures[0]).max().orElseThrow()).isLessThan(5);
        assertThat(Arrays.stream(measures[1]).min().orElseThrow()).isGreaterThan(0.9);
        assertThat(found.w().rows()).isEqualTo(dictionary ? 15 : 200);
        assertFeasible(found);
    }

    private static void assertFeasible(Unmixed found) {
        Matrix h = found.h();
        for (int j = 0; j < h.columns(); j++) {
            double sum = 0;
            for (int c = 0; c < h.rows(); c++) {
                assertThat(h.get(c, j)).isNotNegative();
                sum += h.get(c, j);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
        for (int i = 0; i < found.w().rows(); i++) {
            for (int c = 0; c < found.w().columns(); c++) {
                assertThat(found.w().get(i, c)).isNotNegative();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"3, true", "4, false"})
    void threadsDoNotChangeABit(int rank, boolean dictionary) {
        SpectralImage image = Problems.image(rank, 11);
        Unmixed one = unmix(image, dictionary, 1);
        Unmixed three = unmix(image, dictionary, 3);
        assertThat(three.w().toDense()).isEqualTo(one.w().toDense());
        assertThat(three.h().toDense()).isEqualTo(one.h().toDense());
        assertThat(three.diagnosis()).isEqualTo(one.diagnosis());
    }

    @Test
    void storageDoesNotChangeABit(@TempDir Path folder) throws IOException {
        SpectralImage image = Problems.image(3, 13);
        Unmixing unmixing =
                Unmixing.builder().rank(3).dictionary(image.dictionary()).build();
        DenseMatrix expected = unmixing.of(image.x(), image.shape()).w().toDense();
        DenseMatrix dense = image.x().toDense();
        assertThat(unmixing.of(dense, image.shape()).w().toDense()).isEqualTo(expected);
        assertThat(unmixing.of(SparseMatrix.of(dense), image.shape()).w().toDense())
                .isEqualTo(expected);
        MatrixFiles.write(folder.resolve("x.npy"), dense);
        Matrix read = MatrixFiles.read(folder.resolve("x.npy")).matrix();
        assertThat(unmixing.of(read, image.shape()).w().toDense()).isEqualTo(expected);
        Files.write(folder.resolve("float.npy"), floats(dense));
        Matrix floats = MatrixFiles.read(folder.resolve("float.npy")).matrix();
        assertThat(unmixing.of(floats, image.shape()).w().toDense()).isEqualTo(expected);
        for (String file : new String[] {"x.npy", "float.npy"}) {
            Matrix mapped = MatrixFiles.map(folder.resolve(file));
            assertThat(unmixing.of(mapped, image.shape()).w().toDense())
                    .as("mapped " + file)
                    .isEqualTo(expected);
        }
    }

    /** {@return a file of the NPY format, version 1, with 4-byte floats} */
    private static byte[] floats(DenseMatrix x) {
        String shape = "(" + x.rows() + ", " + x.columns() + ")";
        String header = String.format("%-117s\n", "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }");
        ByteBuffer bytes = ByteBuffer.allocate(128 + 4 * x.rows() * x.columns()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1);
        bytes.putShort((short) 118).put(header.getBytes(StandardCharsets.US_ASCII));
        for (double value : x.copy().data()) {
            bytes.putFloat((float) value);
        }
        return bytes.array();
    }

    @Test
    void componentsComeByThePhotonsTheySend() {
        Unmixed found = unmix(Problems.image(4, 20), true, 1);
        double before = Double.POSITIVE_INFINITY;
        for (int c = 0; c < 4; c++) {
            double photons = Arrays.stream(Measures.column(found.spectra(), c)).sum();
            assertThat(found.diagnosis().photons().get(c)).isCloseTo(photons, within(1e-9 * photons));
            double sent = photons * Arrays.stream(Measures.row(found.h(), c)).sum();
            assertThat(sent).isLessThanOrEqualTo(before);
            before = sent;
        }
    }

    /** The trace falls within a stage and ends at the objective; a row an iteration. */
    @Test
    void theTraceLeadsFromTheBestStartToTheObjective() {
        Unmixed found = unmix(Problems.image(3, 14), true, 1);
        var rows = found.factorization().trace().rows();
        assertThat(rows.get(rows.size() - 1).objective())
                .isEqualTo(found.factorization().objective());
        assertThat(rows).hasSize(found.factorization().iterations() + 1);
        long rises = 0;
        for (int i = 1; i < rows.size(); i++) {
            assertThat(rows.get(i).iteration()).isEqualTo(i);
            assertThat(rows.get(i).seconds())
                    .isGreaterThanOrEqualTo(rows.get(i - 1).seconds());
            rises += rows.get(i).objective() > rows.get(i - 1).objective() ? 1 : 0;
        }
        assertThat(rises).isLessThanOrEqualTo(3);
        assertThat(found.diagnosis().starts()).hasSize(5);
    }

    /** Where the spectra are known, maps are nearer to the truth than where they are found. */
    @Test
    void mapsOfKnownSpectraAreTheCeiling() {
        SpectralImage image = Problems.image(3, 16);
        Unmixing unmixing = Unmixing.builder().rank(3).build();
        Matrix known = unmixing.maps(image.x(), image.shape(), image.spectra());
        for (int c = 0; c < 3; c++) {
            assertThat(Measures.r2(Measures.row(image.h(), c), Measures.row(known, c)))
                    .isGreaterThan(0.95);
        }
        DenseMatrix twice = DenseMatrix.zeros(60, 2);
        twice.fill(1);
        assertThatThrownBy(() -> unmixing.maps(image.x(), image.shape(), twice))
                .hasMessage("no spectrum may be a combination of the others: 2 spectra span 1 directions");
    }

    /** A tenth of the pixels was not measured: what is around them tells, and the spectra stay. */
    @Test
    void emptyPixelsAndChannelsDoNoHarm() {
        SpectralImage image = Problems.image(3, 17);
        DenseMatrix x = image.x().toDense();
        for (int j = 0; j < x.columns(); j += 10) {
            x.slice(0, j, x.rows(), 1).fill(0);
        }
        x.slice(7, 0, 1, x.columns()).fill(0);
        DenseMatrix g = image.dictionary().copy();
        g.slice(7, 0, 1, g.columns()).fill(0);
        Unmixed found = Unmixing.builder().rank(3).dictionary(g).build().of(x, image.shape());
        assertFeasible(found);
        DenseMatrix truth = image.spectra().copy();
        truth.slice(7, 0, 1, 3).fill(0);
        double[][] measures = Toy.against(truth, image.h(), found);
        assertThat(Arrays.stream(measures[0]).max().orElseThrow()).isLessThan(6);
        assertThat(found.diagnosis().remarks()).anyMatch(remark -> remark.startsWith("200 pixels have no counts"));
    }

    @Test
    void weakDeterminationAndFaintPhasesAreSaid() {
        SpectralImage clear = Problems.image(3, 18);
        assertThat(unmix(clear, true, 1).diagnosis().regime()).isEqualTo(Regime.DETERMINED);
        assertThat(unmix(clear, true, 1).diagnosis().remarks()).isEmpty();
        DenseMatrix spectra = clear.spectra().copy();
        spectra.slice(0, 2, spectra.rows(), 1).scale(0.04);
        Matrix x = SpectralImage.counts(spectra, clear.h(), 1);
        Unmixed found = Unmixing.builder()
                .rank(3)
                .dictionary(clear.dictionary())
                .build()
                .of(x, clear.shape());
        assertThat(found.diagnosis().remarks()).anyMatch(remark -> remark.contains("is faint"));
    }

    private static void refused(String message, Consumer<DenseMatrix> change) {
        refused(message, change, 3, new Shape(40, 50));
    }

    private static void refused(String message, Consumer<DenseMatrix> change, int rank, Shape shape) {
        SpectralImage image = Problems.image(3, 19);
        DenseMatrix x = image.x().toDense();
        change.accept(x);
        assertThatThrownBy(() -> Unmixing.builder()
                        .rank(rank)
                        .dictionary(image.dictionary())
                        .threads(2)
                        .build()
                        .of(x, shape))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(message);
    }

    @Test
    void badInputIsRefusedWithItsPlace() {
        String counts = "unmixing needs counts, whole numbers of 0 or more, as they were counted: x\\[3, 70\\] = ";
        refused(counts + "-1.0", x -> x.set(3, 70, -1));
        refused(counts + "0.5; if counts were scaled, give their gain", x -> x.set(3, 70, 0.5));
        refused(counts + "NaN", x -> x.set(3, 70, Double.NaN));
        refused(counts + "Infinity", x -> x.set(3, 70, Double.POSITIVE_INFINITY));
        refused("unmixing needs counts above 0: every entry of x is 0", x -> x.fill(0));
        refused(
                "the shape must have as many pixels as x has columns, 2000: 40x49 has 1960",
                x -> {},
                3,
                new Shape(40, 49));
        refused(
                "the rank must be at most 12, for x is 60 x 2000 and its spectra span at most 12 directions: 13",
                x -> {},
                13,
                new Shape(40, 50));
        refused(
                "the data must show as many components as are asked for: the last of 5 stands 0.\\d+ above the noise,"
                        + " relatively, where 0.2 is needed; it is too faint, or there are fewer",
                x -> {},
                5,
                new Shape(40, 50));
        refused("the data must show as many components as .*", x -> x.fill(4));
        assertThatThrownBy(() -> Unmixing.builder().rank(1)).hasMessage("unmixing needs a rank of at least 2: 1");
        assertThatThrownBy(() -> Unmixing.builder().rank(2).rank(3)).hasMessage("rank is set twice");
        assertThatThrownBy(() -> Unmixing.builder().starts(0)).hasMessage("starts must be at least 1: 0");
        assertThatThrownBy(() -> Unmixing.builder().build()).hasMessage("rank must be given");
        assertThatThrownBy(() -> Unmixing.builder().dictionary(DenseMatrix.of(new double[] {1, -2})))
                .hasMessage("the dictionary must be finite and non-negative: g[0, 1] = -2.0");
    }

    /** Atoms that are zero or there twice change nothing but which of two equal ones is used. */
    @Test
    void zeroAndDuplicateAtomsDoNoHarm() {
        SpectralImage image = Problems.image(3, 22);
        DenseMatrix more = DenseMatrix.zeros(60, 14);
        more.slice(0, 0, 60, 12).set(image.dictionary());
        more.slice(0, 13, 60, 1).set(image.dictionary().slice(0, 4, 60, 1));
        Unmixed plain = unmix(image, true, 1);
        Unmixed found = Unmixing.builder().rank(3).dictionary(more).build().of(image.x(), image.shape());
        assertThat(found.w().rows()).isEqualTo(14);
        for (int c = 0; c < 3; c++) {
            assertThat(Measures.angle(Measures.column(plain.spectra(), c), Measures.column(found.spectra(), c)))
                    .isLessThan(0.05);
            assertThat(found.w().get(12, c)).isZero();
        }
        assertThatThrownBy(() -> Unmixing.builder()
                        .rank(2)
                        .dictionary(DenseMatrix.zeros(60, 4))
                        .build()
                        .of(image.x(), image.shape()))
                .hasMessage("a dictionary must have an atom that is not zero: all are");
        assertThatThrownBy(() -> Unmixing.builder()
                        .rank(3)
                        .dictionary(image.dictionary().slice(0, 0, 60, 2).copy())
                        .build()
                        .of(image.x(), image.shape()))
                .hasMessage(
                        "the rank must be at most 2, for x is 60 x 2000 and its spectra span at most 2 directions: 3");
    }

    /** A line of pixels is an image, whichever way it lies. */
    @Test
    void aLineOfPixelsIsAnImage() {
        SpectralImage image = SpectralImage.builder()
                .channels(60)
                .atoms(12)
                .shape(new Shape(1, 1500))
                .maps(Maps.WEDGES)
                .rank(2)
                .photons(2000)
                .seed(4)
                .simulate();
        Unmixing unmixing =
                Unmixing.builder().rank(2).dictionary(image.dictionary()).build();
        Unmixed lying = unmixing.of(image.x(), image.shape());
        Unmixed standing = unmixing.of(image.x(), new Shape(1500, 1));
        assertThat(Arrays.stream(Toy.against(image.spectra(), image.h(), lying)[0])
                        .max()
                        .orElseThrow())
                .isLessThan(5);
        assertThat(Problems.largestDifference(lying.h().toDense(), standing.h().toDense()))
                .isLessThan(1e-6);
    }

    /** A handful of pixels: an answer that is feasible, or one line. */
    @ParameterizedTest
    @CsvSource({"1x3, 2", "2x2, 3", "3x3, 2", "4x5, 3", "2x2, 4", "1x1, 2"})
    void aHandfulOfPixelsIsAnsweredOrRefused(String size, int rank) {
        Shape shape = Shape.parse(size);
        DenseMatrix x = DenseMatrix.zeros(8, (int) shape.pixels());
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < x.columns(); j++) {
                x.set(i, j, (i * 7 + j * 13) % 5 * (i + 1));
            }
        }
        try {
            assertFeasible(Unmixing.builder().rank(rank).build().of(x, shape));
        } catch (InvalidInputException refused) {
            assertThat(refused.getMessage())
                    .matches(
                            "(the rank must be at most|the data must show as many|the pixels must differ in as many).*");
        }
    }

    /** All of five rotated simplices end in another minimum here, 49° away. */
    @Test
    @Tag("slow")
    void theSimplexThroughExtremePixelsLeadsToTheSmallestOfSixComponents() {
        SpectralImage image = SpectralImage.builder()
                .rank(6)
                .maps(Maps.SPHERES)
                .look(Atoms.BANDS)
                .seed(1005)
                .simulate();
        double[][] measures = Toy.against(image.spectra(), image.h(), unmix(image, true, 2));
        assertThat(Arrays.stream(measures[0]).max().orElseThrow()).isLessThan(5);
    }
}
