package io.github.nmf4j.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A page that stands alone: one HTML file without scripts, with nothing loaded from anywhere, light and dark as the reader's system
 * has it, from the width of a phone on. It is well-formed XML too. All text is escaped.
 */
public final class Page {
    private final String title;
    private final StringBuilder body = new StringBuilder();
    private final List<String> headings = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private String foot = "";

    /**
     * Begins a page.
     *
     * @param title its name
     */
    public Page(String title) {
        this.title = title;
    }

    /**
     * {@return this} Begins a section.
     *
     * @param text its heading
     */
    public Page heading(String text) {
        headings.add(text);
        body.append(String.format(Locale.ROOT, "<h2 id=\"section-%d\">%s</h2>\n", headings.size(), Text.escaped(text)));
        return this;
    }

    /**
     * {@return this}
     *
     * @param text of a paragraph
     */
    public Page paragraph(String text) {
        return element("p", text);
    }

    /**
     * {@return this} Text to be copied as it stands.
     *
     * @param text with its line breaks
     */
    public Page verbatim(String text) {
        return element("pre", text);
    }

    private Page element(String name, String text) {
        body.append('<').append(name).append('>').append(Text.escaped(text));
        body.append("</").append(name).append(">\n");
        return this;
    }

    /**
     * {@return this} A table of numbers, the first column naming the rows.
     *
     * @param header a cell a column
     * @param rows as many cells each
     */
    public Page table(List<String> header, List<List<String>> rows) {
        return table("wide", header, rows);
    }

    /**
     * {@return this} A table of words, the first column naming the rows.
     *
     * @param header a cell a column
     * @param rows as many cells each
     */
    public Page words(List<String> header, List<List<String>> rows) {
        return table("wide words", header, rows);
    }

    private Page table(String classes, List<String> header, List<List<String>> rows) {
        body.append("<div class=\"").append(classes).append("\" tabindex=\"0\"><table>\n<thead><tr>");
        header.forEach(cell -> cell("th scope=\"col\"", cell));
        body.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            body.append("<tr>");
            for (int c = 0; c < row.size(); c++) {
                cell(c == 0 ? "th scope=\"row\"" : "td", row.get(c));
            }
            body.append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
        return this;
    }

    private void cell(String tag, String text) {
        body.append('<').append(tag).append('>').append(Text.escaped(text));
        body.append("</").append(tag, 0, 2).append('>');
    }

    /**
     * {@return this} Figures beside each other, as many as there is room for.
     *
     * @param row at least one
     */
    public Page figures(List<? extends Figure> row) {
        return figures("row", row);
    }

    /**
     * {@return this} Small figures beside each other, two on a phone.
     *
     * @param row at least one
     */
    public Page smallFigures(List<? extends Figure> row) {
        return figures("row small", row);
    }

    /**
     * {@return this} Small figures that belong together two by two.
     *
     * @param row an even number
     */
    public Page pairs(List<? extends Figure> row) {
        return figures("row pairs", row);
    }

    /**
     * {@return this} Figures of medium width, three beside each other where there is room.
     *
     * @param row at least one
     */
    public Page thirds(List<? extends Figure> row) {
        return figures("row third", row);
    }

    private Page figures(String classes, List<? extends Figure> row) {
        body.append("<div class=\"").append(classes).append("\">\n");
        for (Figure figure : row) {
            figures.add(figure);
            body.append("<figure>\n").append(figure.inline()).append("<figcaption><b>");
            body.append(Text.escaped(figure.title())).append("</b>");
            if (!figure.note().isEmpty()) {
                body.append(". ").append(Text.escaped(figure.note()));
            }
            body.append("</figcaption>\n</figure>\n");
        }
        body.append("</div>\n");
        return this;
    }

    /**
     * {@return this}
     *
     * @param text what stands at the end, as versions
     */
    public Page foot(String text) {
        foot = text;
        return this;
    }

    /** {@return the page} */
    public String html() {
        String name = Text.escaped(title);
        StringBuilder html = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>")
                .append(name)
                .append("</title>\n<style>\n")
                .append(Style.ofPages())
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(name)
                .append("</h1>\n");
        if (headings.size() > 2) {
            html.append("<nav aria-label=\"Sections\">");
            for (int h = 0; h < headings.size(); h++) {
                html.append(String.format(
                        Locale.ROOT, "<a href=\"#section-%d\">%s</a> ", h + 1, Text.escaped(headings.get(h))));
            }
            html.append("</nav>\n");
        }
        html.append(body).append("</main>\n");
        if (!foot.isEmpty()) {
            html.append("<footer>").append(Text.escaped(foot)).append("</footer>\n");
        }
        return html.append("</body>\n</html>\n").toString();
    }

    /**
     * {@return every figure as a file: its name, numbered in the order of the page, and what it holds} An SVG each, and of an image
     * its pixels as a PNG too.
     */
    public Map<String, byte[]> figureFiles() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int f = 0; f < figures.size(); f++) {
            Figure figure = figures.get(f);
            String name = String.format(Locale.ROOT, "%02d-%s", f + 1, slug(figure.title()));
            files.put(name + ".svg", figure.svg().getBytes(StandardCharsets.UTF_8));
            figure.png().ifPresent(png -> files.put(name + ".png", png));
        }
        return files;
    }

    private static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
