package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.data.NamedMatrix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;

class CliReportTest {
    @TempDir
    Path folder;

    private Path x;
    private Path g;
    private Path w;
    private Path h;
    private Path out;

    @BeforeEach
    void write() {
        x = written("x.npy", 9, 20, 1);
        g = written("g.npy", 9, 6, 2);
        w = written("w.npy", 6, 2, 3);
        h = written("h.npy", 2, 20, 4);
        out = folder.resolve("out");
    }

    private Path written(String name, int rows, int columns, long seed) {
        Path file = folder.resolve(name);
        double[] values = new SplittableRandom(seed).doubles(rows * columns).toArray();
        MatrixFiles.write(file, DenseMatrix.wrap(rows, columns, values));
        return file;
    }

    private static Document page(String html) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(html, e);
        }
    }

    private static List<String> texts(String html, String element) {
        NodeList nodes = page(html).getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(((Element) nodes.item(i)).getTextContent());
        }
        return texts;
    }

    static List<String> headings(String html) {
        return texts(html, "h2");
    }

    private String report() throws IOException {
        return Files.readString(out.resolve("report.html"));
    }

    @Test
    void aFitOfAnImageIsShown() throws IOException {
        Path figures = folder.resolve("figures");
        Ran.nmf("fit", x, "--rank", 2, "--dictionary", g, "--shape", "4x5", "--truth-w", w, "--truth-h", h)
                .refused("--truth-w is for the report: give --report too");
        Ran.nmf(
                        "fit",
                        x,
                        "--rank",
                        2,
                        "--dictionary",
                        g,
                        "--shape",
                        "4x5",
                        "--truth-w",
                        w,
                        "--truth-h",
                        h,
                        "--penalty",
                        "h:log:weight=0.05",
                        "--constraint",
                        "w:unit-columns",
                        "--max-iterations",
                        7,
                        "--tolerance",
                        0,
                        "--report",
                        "--figures",
                        figures,
                        "--out",
                        out)
                .succeeded();
        String html = report();
        assertThat(headings(html))
                .containsExactly(
                        "Against the truth",
                        "Course of the fit",
                        "Components",
                        "G·W: 9 x 2",
                        "W: 6 x 2",
                        "H: 2 x 20",
                        "Residuals",
                        "Settings",
                        "To repeat it");
        assertThat(html.replaceAll("base64,[^\"]*", "")).doesNotContain("http:", "https:", "<script", "NaN");
        JsonNode model = Ran.JSON.readTree(Files.readString(out.resolve("model.json")));
        assertThat(model.get("image").asString()).isEqualTo("4x5");
        assertThat(texts(html, "p"))
                .anyMatch(text -> text.contains(String.format(
                        "objective %.9g after 7 iterations",
                        model.get("objective").asDouble())))
                .anyMatch(
                        text -> text.contains("Stop: iterations, the limit on iterations was reached. Certificate: "));
        assertThat(texts(html, "pre"))
                .singleElement()
                .satisfies(command -> assertThat(command)
                        .startsWith("nmf fit " + x + " --rank 2 --dictionary " + g)
                        .endsWith("--out " + out));
        assertThat(texts(html, "td"))
                .contains("h:log:epsilon=1.0,weight=0.05", "4x5", "h:log:weight=0.05", "kullback-leibler");
        try (Stream<Path> files = Files.list(figures)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("01-objective-by-iteration.svg", "12-h-component-0.svg", "12-h-component-0.png");
        }
    }

    @Test
    void theReportCanBeMadeLater() throws IOException {
        Ran.nmf(
                        "fit",
                        x,
                        "--rank",
                        2,
                        "--dictionary",
                        g,
                        "--shape",
                        "4x5",
                        "--max-iterations",
                        7,
                        "--report",
                        "--out",
                        out)
                .succeeded();
        List<String> first = texts(report(), "figcaption");
        Files.delete(out.resolve("report.html"));
        Ran.nmf("report", out, "--data", x).succeeded();
        assertThat(texts(report(), "figcaption")).isEqualTo(first);
        assertThat(headings(report()))
                .containsExactly(
                        "Course of the fit",
                        "Components",
                        "G·W: 9 x 2",
                        "W: 6 x 2",
                        "H: 2 x 20",
                        "Residuals",
                        "Settings",
                        "To repeat it");
        Path elsewhere = folder.resolve("elsewhere");
        Ran.nmf("report", out, "--truth-h", h, "--out", elsewhere).succeeded();
        assertThat(headings(Files.readString(elsewhere.resolve("report.html"))))
                .contains("Against the truth")
                .doesNotContain("Residuals");
    }

    @Test
    void namesAreShownAsTheyAre() throws IOException {
        Path named = folder.resolve("it's named.csv");
        DenseMatrix values =
                DenseMatrix.wrap(4, 3, new SplittableRandom(1).doubles(12).toArray());
        List<String> columns = List.of("</table><script>alert(1)</script>", "\"a\" & 'b'", "Δ");
        MatrixFiles.write(named, new NamedMatrix(values, List.of("p", "q", "r", "s"), columns));
        Ran.nmf("fit", named, "--rank", 1, "--max-iterations", 3, "--report", "--out", out)
                .succeeded();
        String html = report();
        assertThat(page(html).getElementsByTagName("script").getLength()).isZero();
        assertThat(texts(html, "td"))
                .anyMatch(cell -> columns.stream().allMatch(name -> cell.contains(name + " (")))
                .anyMatch(cell -> cell.contains("p (") && cell.contains("s ("));
        assertThat(texts(html, "pre").get(0)).contains("it'\\''s named.csv'");
        Ran.nmf("report", out).succeeded();
        assertThat(texts(report(), "td")).anyMatch(cell -> cell.contains(columns.get(0) + " ("));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --shape 3x5 --report               | the shape must have as many pixels as x has columns, 20: 3x5 has 15
            --shape 3x5                        | the shape must have as many pixels as x has columns, 20: 3x5 has 15
            --shape 20 --report                | a shape is written HEIGHTxWIDTH: '20'
            --truth-h FOLDER/h.npy             | --truth-h is for the report: give --report too
            --figures FOLDER/f                 | --figures is for the report: give --report too
            --report --figures FOLDER/x.npy    | --figures must name a folder: FOLDER/x.npy is a file
            --report --truth-w FOLDER/w.npy    | a true W must be 9 x 2 (as W): 6 x 2
            --report --truth-h FOLDER/g.npy    | a true H must be 2 x 20 (as H): 9 x 6
            --report --truth-h FOLDER/no.npy   | a matrix file must exist: FOLDER/no.npy
            --report --dictionary FOLDER/g.npy --truth-w FOLDER/h.npy | a true W must be 6 x 2 (as W) or 9 x 2 (as the dictionary times W): 2 x 20
            """)
    void whatCannotBeShownIsRefusedBeforeTheFit(String options, String line) {
        List<Object> all = new ArrayList<>(List.of("fit", x, "--rank", 2, "--out", out));
        all.addAll(List.of(here(options).split(" ")));
        Ran.nmf(all.toArray()).refused(here(line));
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("f")).doesNotExist();
    }

    private String here(String text) {
        return text.replace("FOLDER", folder.toString());
    }

    @Test
    void aReportNeedsAFolder() {
        Ran.nmf("fit", x, "--rank", 2, "--report")
                .refused("--report needs --out, the folder that report.html is written to");
        Ran.nmf("unmix", x, "--rank", 2, "--shape", "4x5", "--report")
                .refused("--report needs --out, the folder that report.html is written to");
        Ran.nmf("unmix", x, "--rank", 2, "--shape", "4x5", "--truth-w", w)
                .refused("--truth-w is for the report: give --out too");
    }

    @Test
    void figuresOfADemoNeedItsReport() {
        for (String demo : new String[] {"spectra", "clusters"}) {
            Ran.nmf("demo", demo, "--figures", folder.resolve("f"))
                    .refused("--figures is for the report: give --out too");
        }
    }

    @Test
    void aModelThatCannotBeShownIsRefused() throws IOException {
        Ran.nmf("report", out)
                .refused("a model must be a folder that nmf fit --out wrote: there is no " + out.resolve("model.json"));
        Ran.nmf("fit", x, "--rank", 2, "--max-iterations", 3, "--out", out).succeeded();
        Path elsewhere = folder.resolve("elsewhere");
        refused("the shape must have as many pixels as x has columns, 20: 3x3 has 9", elsewhere, "--shape", "3x3");
        refused("the data must have the shape of the model, 9 x 20: 9 x 6", elsewhere, "--data", g);
        refused("a true H must be 2 x 20 (as H): 9 x 6", elsewhere, "--truth-h", g);
        refused("the dictionary must have as many columns as W has rows, 9: 9 x 6", elsewhere, "--dictionary", g);
        refused("--weights is about the data: give --data too", elsewhere, "--weights", x);
        Files.writeString(out.resolve("trace.csv"), "iteration,objective\n0,1\n");
        refused(
                "a trace must begin with the columns iteration,seconds,objective and have one a term: "
                        + out.resolve("trace.csv"),
                elsewhere);
        Files.writeString(out.resolve("model.json"), "{\"format\": 7}");
        refused("a model must have format 1: " + out.resolve("model.json") + " has 7", elsewhere);
    }

    @Test
    void aFolderIsMeantByTheModel() {
        Ran.nmf("report", x)
                .refused("a model must be a folder that nmf fit --out wrote: there is no " + x.resolve("model.json"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "seconds" : [0-9.E-]+   | "seconds" : { }
            "columns" : \\[ \\]     | "columns" : [ [ 1 ] ]
            "bound" : \\w+         | "bound" : 1.5
            "data" : ".*"           | "data" : "\\\\u0000"
            """)
    void aDamagedModelIsOneLine(String from, String to) throws IOException {
        Ran.nmf("fit", x, "--rank", 2, "--max-iterations", 3, "--out", out).succeeded();
        Path model = out.resolve("model.json");
        String whole = Files.readString(model);
        String damaged = whole.replaceFirst(from, to);
        assertThat(damaged).isNotEqualTo(whole);
        Files.writeString(model, damaged);
        Ran ran = Ran.nmf("report", out);
        assertThat(ran.status()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err().strip().lines()).hasSize(1);
        assertThat(ran.err()).startsWith("nmf: a ").contains(" must be ");
        assertThat(ran.out()).isEmpty();
        assertThat(out.resolve("report.html")).doesNotExist();
    }

    @Test
    void aPerfectFitHasACertificateOfNumbers() throws IOException {
        Path one = folder.resolve("one.npy");
        MatrixFiles.write(one, DenseMatrix.of(new double[] {2}));
        Ran ran = Ran.nmf("fit", one, "--rank", 1, "--report", "--out", out).succeeded();
        assertThat(ran.out()).contains("either factor alone could gain").doesNotContain("NaN", "Infinity");
        assertThat(report()).contains("could together lower the objective by").doesNotContain("NaN", "Infinity");
    }

    private void refused(String line, Path elsewhere, Object... options) {
        List<Object> all = new ArrayList<>(List.of("report", out, "--out", elsewhere));
        all.addAll(List.of(options));
        Ran.nmf(all.toArray()).refused(line);
        assertThat(elsewhere).doesNotExist();
    }
}
