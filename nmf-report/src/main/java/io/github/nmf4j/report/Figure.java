package io.github.nmf4j.report;

import java.util.Optional;

/** Something drawn, with what is said below it. */
public abstract sealed class Figure permits Curves, Raster, Scatter {
    private final String title;
    private final String note;
    private final Svg drawing;

    Figure(String title, String note, Svg drawing) {
        this.title = title;
        this.note = note;
        this.drawing = drawing;
    }

    /** {@return what it shows, in a few words; also what a screen reader says} */
    public String title() {
        return title;
    }

    /** {@return what to know when looking at it, whole sentences or nothing} */
    public String note() {
        return note;
    }

    /** {@return the drawing as an SVG file, light, for papers and slides} */
    public String svg() {
        return drawing.document();
    }

    /** {@return the drawing as a part of a page} */
    String inline() {
        return drawing.inline();
    }

    /** {@return its pixels alone as a PNG file, if it is an image} */
    public Optional<byte[]> png() {
        return Optional.empty();
    }
}
