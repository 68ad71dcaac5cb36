package io.github.nmf4j.report;

import java.util.List;

/**
 * Which value has which colour, drawn as a bar.
 *
 * @param colours from the lowest to the highest
 * @param axis the values
 */
record ColourScale(Colours colours, Axis axis) {
    private static final int THICK = 9;

    private byte[] bar(int width, int height) {
        byte[] shades = new byte[Colours.SHADES];
        for (int i = 0; i < shades.length; i++) {
            shades[i] = (byte) (width > height ? i : shades.length - 1 - i);
        }
        return Png.indexed(width, height, shades, colours.shades());
    }

    /** Draws it from left to right, its ends below it and its unit below those: 38 high. */
    void across(Svg svg, double x, double y, double wide) {
        svg.image(x, y, wide, THICK, bar(Colours.SHADES, 1));
        svg.text(x, y + THICK + 12, "", Text.number(axis.low(), 3));
        svg.text(x + wide, y + THICK + 12, "end", Text.number(axis.high(), 3));
        svg.text(x + wide / 2, y + THICK + 26, "middle strong", axis.label());
    }

    /** Draws it from the bottom to the top with its numbers to the right; its unit is the caller's to write. */
    void upwards(Svg svg, double x, double y, double high) {
        svg.image(x, y, THICK, high, bar(1, Colours.SHADES));
        List<Axis.Tick> ticks = axis.ticks();
        for (Axis.Tick tick : ticks) {
            svg.text(x + THICK + 4, y + high * (1 - axis.at(tick.value())) + 4, "", tick.text());
        }
    }

    /** {@return how wide {@link #upwards} is} */
    double width() {
        int letters = axis.ticks().stream()
                .mapToInt(tick -> tick.text().length())
                .max()
                .orElse(1);
        return THICK + 4 + Svg.LETTER * letters;
    }
}
