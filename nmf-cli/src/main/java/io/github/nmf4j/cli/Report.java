package io.github.nmf4j.cli;

import io.github.nmf4j.api.Shape;
import io.github.nmf4j.core.Trace;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** A page that stands alone: no scripts, nothing loaded, light and dark, readable on a phone. */
final class Report {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 220;
    private static final int LEFT = 100;
    private static final int BOTTOM = 28;
    private static final int TOP = 12;
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --faint: #8b949e; --a: #0b5fa5; --b: #b3541e; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e6e9ec; --paper: #15181c; --faint: #7d8590; --a: #6cb2f5; --b: #f0a36b; }
            }
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
                   max-width: 44rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { text-align: right; padding: .25rem .75rem; border-bottom: 1px solid var(--faint); }
            svg { width: 100%; height: auto; }
            svg text { fill: var(--ink); font-size: 16px; }
            .axis { stroke: var(--faint); fill: none; } .a { stroke: var(--a); } .b { stroke: var(--b); stroke-dasharray: 5 4; }
            .a, .b { fill: none; stroke-width: 1.8; }
            figure { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0 0 1rem; }
            figcaption { width: 100%; font-size: .85rem; }
            img { flex: 1 1 0; min-width: 0; max-width: 15rem; image-rendering: pixelated; }
            """;

    private final String title;
    private final StringBuilder body = new StringBuilder();

    Report(String title) {
        this.title = title;
    }

    Report heading(String text) {
        body.append("<h2>").append(escaped(text)).append("</h2>\n");
        return this;
    }

    Report paragraph(String text) {
        body.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    Report table(List<String> header, List<List<String>> rows) {
        body.append("<div class=\"wide\"><table>\n<tr>");
        header.forEach(
                cell -> body.append("<th scope=\"col\">").append(escaped(cell)).append("</th>"));
        body.append("</tr>\n");
        for (List<String> row : rows) {
            body.append("<tr>");
            row.forEach(cell -> body.append("<td>").append(escaped(cell)).append("</td>"));
            body.append("</tr>\n");
        }
        body.append("</table></div>\n");
        return this;
    }

    /** Draws the objective by iteration. */
    Report trace(Trace trace) {
        double[] at = trace.rows().stream().mapToDouble(Trace.Row::iteration).toArray();
        double[] objective =
                trace.rows().stream().mapToDouble(Trace.Row::objective).toArray();
        // The first step dwarfs the rest: the axis is logarithmic where that is possible.
        boolean logarithmic = min(objective) > 0;
        double[] heights = objective.clone();
        for (int i = 0; i < heights.length && logarithmic; i++) {
            heights[i] = Math.log(heights[i]);
        }
        open("objective by iteration");
        axes(0, at[at.length - 1], min(objective), max(objective));
        line("a", at, heights, min(heights), max(heights));
        close();
        paragraph(String.format(
                Locale.ROOT,
                "From %.6g to %.6g in %d iterations and %.2f s%s.",
                objective[0],
                objective[objective.length - 1],
                trace.last().iteration(),
                trace.last().seconds(),
                logarithmic ? "; logarithmic axis" : ""));
        return this;
    }

    /** Draws what was found, solid, over what is true, dashed, where that is known. */
    Report lines(String caption, double[] found, double[]... truth) {
        double[] at = new double[found.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = i;
        }
        double most = max(found);
        for (double[] values : truth) {
            most = Math.max(most, max(values));
        }
        open(caption);
        axes(0, at.length - 1, 0, most);
        for (double[] values : truth) {
            line("b", at, values, 0, most);
        }
        line("a", at, found, 0, most);
        close();
        body.append("<p>").append(escaped(caption)).append("</p>\n");
        return this;
    }

    /** Shows images of the same shape side by side, 0 black to 1 white. */
    Report images(String caption, Shape shape, double[]... maps) {
        body.append("<figure>");
        for (double[] map : maps) {
            byte[] png = Png.gray(shape, map);
            body.append("<img alt=\"")
                    .append(escaped(caption))
                    .append("\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(png))
                    .append("\">");
        }
        body.append("<figcaption>").append(escaped(caption)).append("</figcaption></figure>\n");
        return this;
    }

    String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<h1>" + escaped(title) + "</h1>\n" + body
                + "<p>nmf4j " + escaped(Versions.nmf4j()) + ", Java " + escaped(Versions.java())
                + "</p>\n</body>\n</html>\n";
    }

    private void open(String label) {
        body.append("<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(escaped(label))
                .append("\">\n");
    }

    private void close() {
        body.append("</svg>\n");
    }

    private void axes(double from, double to, double low, double high) {
        int floor = HEIGHT - BOTTOM;
        body.append(String.format(
                Locale.ROOT, "<path class=\"axis\" d=\"M%d %d V%d H%d\"/>\n", LEFT, TOP, floor, WIDTH - 4));
        label(LEFT, HEIGHT - 6, "start", from);
        label(WIDTH - 4, HEIGHT - 6, "end", to);
        label(LEFT - 6, floor, "end", low);
        label(LEFT - 6, TOP + 8, "end", high);
    }

    private void label(int x, int y, String anchor, double value) {
        body.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
                x,
                y,
                anchor,
                value == Math.rint(value) && Math.abs(value) < 1e6
                        ? String.valueOf((long) value)
                        : String.format(Locale.ROOT, "%.3g", value)));
    }

    private void line(String style, double[] x, double[] y, double low, double high) {
        double from = x[0];
        double width = Math.max(x[x.length - 1] - from, Double.MIN_NORMAL);
        double height = Math.max(high - low, Double.MIN_NORMAL);
        body.append("<polyline class=\"").append(style).append("\" points=\"");
        for (int i = 0; i < x.length; i++) {
            body.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    LEFT + (x[i] - from) / width * (WIDTH - 4 - LEFT),
                    HEIGHT - BOTTOM - (y[i] - low) / height * (HEIGHT - BOTTOM - TOP)));
        }
        body.append("\"/>\n");
    }

    private static double min(double[] values) {
        double least = values[0];
        for (double value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    private static double max(double[] values) {
        double most = values[0];
        for (double value : values) {
            most = Math.max(most, value);
        }
        return most;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
