package io.github.nmf4j.report;

/** An image with square pixels, the numbers of its first and last rows and columns, and its colours below. */
final class PictureFrame {
    private static final int WIDTH = 200;
    private static final int TALLEST = 260;
    private static final int TOP = 18;
    private static final int LEFT = 34;
    private static final int BELOW = 34;
    private static final int SCALE = 40;

    private PictureFrame() {}

    static Svg around(String title, int rows, int columns, String down, String across, ColourScale scale, byte[] png) {
        double size = Math.min((double) (WIDTH - LEFT) / columns, (double) TALLEST / rows);
        double wide = Math.max(4, size * columns);
        double high = Math.max(4, size * rows);
        Svg svg = new Svg(title, WIDTH, (int) Math.ceil(TOP + high + BELOW + SCALE));
        svg.text(0, TOP - 7, "strong", down);
        svg.image(LEFT, TOP, wide, high, png);
        double last = Math.max(TOP + high, TOP + 22);
        svg.text(LEFT - 4, TOP + 9, "end", "0");
        if (rows > 1) {
            svg.text(LEFT - 4, last, "end", String.valueOf(rows - 1));
        }
        svg.text(LEFT, last + 13, "", "0");
        if (columns > 1) {
            svg.text(LEFT + wide, last + 13, "end", String.valueOf(columns - 1));
        }
        svg.text(LEFT + (WIDTH - LEFT) / 2.0, last + 13, "middle strong", across);
        scale.across(svg, LEFT, last + BELOW - 12, WIDTH - LEFT);
        return svg;
    }
}
