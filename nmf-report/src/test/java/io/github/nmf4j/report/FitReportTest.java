package io.github.nmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class FitReportTest {
    private static final List<String> HOSTILE =
            List.of("<script>alert(1)</script>", "\"&'", "a\u0000b\u0007\ud800", "]]>", "naïve Δ 🜲", "<!--");

    private static DenseMatrix random(int rows, int columns, long seed) {
        return DenseMatrix.wrap(
                rows,
                columns,
                new SplittableRandom(seed).doubles(rows * columns).toArray());
    }

    private static Trace trace(int rows) {
        List<Trace.Row> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double loss = 100.0 / (i + 1);
            all.add(new Trace.Row(i, 0.1 * i, loss - 1, List.of(loss, -1.0)));
        }
        return new Trace(List.of("euclidean", "h:log"), all);
    }

    private static Document parsed(FitReport report) {
        Page page = new Page("<title> & more");
        report.addTo(page);
        String html = page.html();
        assertThat(html.replaceAll("base64,[^\"]*", ""))
                .doesNotContain("http:", "https:", "<script", "NaN", "Infinity", "url(", "@import");
        return Drawn.xml(html);
    }

    private static List<String> headings(Document document) {
        return Drawn.elements(document, "h2").stream()
                .map(Element::getTextContent)
                .toList();
    }

    @Test
    void whatIsGivenIsShown() {
        FitReport report = FitReport.of(random(6, 3, 1), random(3, 20, 2))
                .dictionary(random(9, 6, 3))
                .trace(trace(30))
                .shape(new Shape(4, 5))
                .truth(new Truth(random(9, 3, 4), random(3, 20, 5)))
                .data(random(9, 20, 6));
        Document document = parsed(report);
        assertThat(headings(document))
                .containsExactly(
                        "Against the truth",
                        "Course of the fit",
                        "Components",
                        "G·W: 9 x 3",
                        "W: 6 x 3",
                        "H: 3 x 20",
                        "Residuals");
        assertThat(Drawn.elements(document, "svg")).allSatisfy(svg -> {
            assertThat(svg.getAttribute("role")).isEqualTo("img");
            assertThat(svg.getAttribute("aria-label")).isNotBlank();
        });
        assertThat(Drawn.elements(document, "figcaption"))
                .hasSameSizeAs(Drawn.elements(document, "svg"))
                .allSatisfy(caption -> assertThat(caption.getTextContent()).isNotBlank());
    }

    @Test
    void whatIsNotGivenIsLeftOut() {
        assertThat(headings(parsed(FitReport.of(random(6, 1, 1), random(1, 4, 2)))))
                .containsExactly("Components", "W: 6 x 1", "H: 1 x 4");
    }

    @Test
    void factorsOfAnySizeHaveAPage() {
        for (int[] size : new int[][] {{1, 1, 1}, {1, 1, 5000}, {5000, 40, 2}, {3, 13, 3}, {10_001, 2, 10_001}}) {
            FitReport report = FitReport.of(random(size[0], size[1], 1), random(size[1], size[2], 2))
                    .trace(trace(1));
            Page page = new Page("t");
            report.addTo(page);
            Drawn.xml(page.html());
            assertThat(page.html().length())
                    .as("%d x %d x %d", size[0], size[1], size[2])
                    .isLessThan(1 << 18);
        }
    }

    @Test
    void emptyComponentsHaveAPage() {
        parsed(FitReport.of(DenseMatrix.zeros(4, 2), DenseMatrix.zeros(2, 6))
                .shape(new Shape(2, 3))
                .names(List.of("a", "b", "c", "d"), List.of())
                .truth(new Truth(DenseMatrix.zeros(4, 2), null))
                .data(DenseMatrix.zeros(4, 6)));
    }

    @Test
    void namesAreWrittenAndNeverTakenForMarkup() {
        Document document = parsed(
                FitReport.of(random(HOSTILE.size(), 2, 1), random(2, 5, 2)).names(HOSTILE, List.of()));
        String text = document.getDocumentElement().getTextContent();
        assertThat(text)
                .contains("<script>alert(1)</script>", "\"&'", "]]>", "naïve Δ 🜲", "<!--", "a\ufffdb\ufffd\ufffd");
        assertThat(Drawn.elements(document, "script")).isEmpty();
    }

    @Test
    void theGreatestEntriesComeFirst() {
        double[][] components = {{1, 7, 2}, {0, 0, 3}};
        assertThat(TopEntries.of(components, List.of("a", "b", "c")))
                .containsExactly(List.of("0", "b (70 %), c (20 %), a (10 %)"), List.of("1", "c (100 %)"));
    }

    @Test
    void componentsAreMeasuredByThemselvesAndBesideEachOther() {
        double[][] w = {{0, 3, 0, 0}, {1, 1, 1, 1}, {2, 2, 2, 2}};
        double[][] h = {{1, 0}, {2, 2}, {0, 1}};
        assertThat(ComponentTable.rows(w, h))
                .containsExactly(
                        List.of("0", "11.1", "1", "1", "1: 0.5", "1: 0.707"),
                        List.of("1", "59.3", "0", "0", "2: 1", "0: 0.707"),
                        List.of("2", "29.6", "0", "1", "1: 1", "1: 0.707"));
        assertThat(ComponentTable.rows(new double[][] {{0, 0}}, new double[][] {{0, 0}}))
                .containsExactly(List.of("0", "0", "0", "0", "–", "–"));
    }

    @Test
    void aTruthInAnotherOrderIsMatched() {
        DenseMatrix w = random(30, 3, 1);
        DenseMatrix h = random(3, 40, 2);
        DenseMatrix trueW = DenseMatrix.zeros(30, 3);
        DenseMatrix trueH = DenseMatrix.zeros(3, 40);
        int[] truthOf = {2, 0, 1};
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 30; i++) {
                trueW.set(i, truthOf[c], 5 * w.get(i, c));
            }
            for (int j = 0; j < 40; j++) {
                trueH.set(truthOf[c], j, 2 * h.get(c, j));
            }
        }
        for (Truth.Matched matched : List.of(
                Truth.match(w, trueW, h, trueH), Truth.match(w, null, h, trueH), Truth.match(w, trueW, h, null))) {
            assertThat(matched.truthOf()).containsExactly(truthOf);
        }
        Truth.Matched both = Truth.match(w, trueW, h, trueH);
        assertThat(both.header())
                .containsExactly(
                        "component",
                        "true component",
                        "angle of W, °",
                        "angle of H, °",
                        "MSE of H",
                        "R² of H",
                        "R² of H, best scale");
        List<String> row = both.row(0, w, h);
        assertThat(number(row.get(2))).isLessThan(1e-5);
        assertThat(number(row.get(3))).isLessThan(1e-5);
        assertThat(number(row.get(5))).isLessThan(0.9);
        assertThat(row.get(6)).isEqualTo("1");
    }

    private static double number(String cell) {
        return Double.parseDouble(cell.replace('−', '-'));
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        FitReport report = FitReport.of(random(6, 2, 1), random(2, 20, 2));
        refused(
                "the shape must have as many pixels as x has columns, 20: 4x4 has 16",
                () -> report.shape(new Shape(4, 4)));
        refused(
                "w must have as many columns as h has rows, at least one: 3 and 2",
                () -> FitReport.of(random(6, 3, 1), random(2, 20, 2)));
        refused("a true W must be 6 x 2 (as W): 6 x 3", () -> new Truth(random(6, 3, 1), null).require(2, 6, 6, 20));
        refused(
                "a true W must be 6 x 2 (as W) or 9 x 2 (as the dictionary times W): 8 x 2",
                () -> new Truth(random(8, 2, 1), null).require(2, 9, 6, 20));
        refused("a true H must be 2 x 20 (as H): 2 x 19", () -> new Truth(null, random(2, 19, 1)).require(2, 6, 6, 20));
    }

    private static void refused(String message, Runnable what) {
        assertThatThrownBy(what::run).isInstanceOf(InvalidInputException.class).hasMessage(message);
    }

    @Test
    void everyFigureIsAFileOfItsOwn() {
        Page page = new Page("t");
        FitReport.of(random(6, 2, 1), random(2, 20, 2))
                .trace(trace(5))
                .shape(new Shape(4, 5))
                .addTo(page);
        assertThat(page.figureFiles().keySet())
                .contains("01-objective-by-iteration.svg", "11-h-component-0.svg", "11-h-component-0.png")
                .doesNotContain("01-objective-by-iteration.png");
        page.figureFiles().forEach((name, bytes) -> {
            if (name.endsWith(".svg")) {
                String svg = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
                assertThat(svg).doesNotContain("var(");
                assertThat(Drawn.elements(Drawn.xml(svg), "title")).hasSize(1);
            }
        });
    }
}
