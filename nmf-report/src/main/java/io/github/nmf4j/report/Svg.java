package io.github.nmf4j.report;

import java.util.Base64;
import java.util.Locale;

/** A drawing in the making. Lengths are in units of which 380 span a wide figure; letters are 11 high. */
final class Svg {
    /** Width of a letter, about, as wide as the widest fonts make digits. */
    static final double LETTER = 7;

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final String title;
    private final int width;
    private final int height;
    private final StringBuilder content = new StringBuilder();

    /**
     * Begins a drawing.
     *
     * @param title for those who cannot see it
     * @param width in units
     * @param height in units
     */
    Svg(String title, int width, int height) {
        this.title = title;
        this.width = width;
        this.height = height;
    }

    /** Writes a line of text; its classes say how it is aligned. */
    void text(double x, double y, String classes, String text) {
        content.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\"", x, y));
        classes(classes);
        content.append('>').append(Text.escaped(text)).append("</text>\n");
    }

    /** Draws a path whose data are numbers and letters. */
    void path(String classes, CharSequence data) {
        content.append("<path");
        classes(classes);
        content.append(" d=\"").append(data).append("\"/>\n");
    }

    void rectangle(double x, double y, double wide, double high, String classes) {
        content.append(String.format(
                Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"", x, y, wide, high));
        classes(classes);
        content.append("/>\n");
    }

    /** Places an image, stretched over the rectangle, its pixels sharp. */
    void image(double x, double y, double wide, double high, byte[] png) {
        content.append(String.format(
                        Locale.ROOT,
                        "<image x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" preserveAspectRatio=\"none\" href=\"",
                        x,
                        y,
                        wide,
                        high))
                .append("data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png))
                .append("\"/>\n");
    }

    private void classes(String classes) {
        if (!classes.isEmpty()) {
            content.append(" class=\"").append(classes).append('"');
        }
    }

    /** {@return the drawing as a part of a page, which has its style and its colours} */
    String inline() {
        return String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n%s</svg>\n",
                width,
                height,
                Text.escaped(title),
                content);
    }

    /** {@return the drawing as a file of its own, on white} */
    String document() {
        return String.format(
                Locale.ROOT,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<svg xmlns=\"%s\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\">\n"
                        + "<title>%s</title>\n<style>\n%s</style>\n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n%s</svg>\n",
                NAMESPACE,
                width,
                height,
                2 * width,
                2 * height,
                Text.escaped(title),
                Style.ofDrawings(),
                width,
                height,
                content);
    }
}
