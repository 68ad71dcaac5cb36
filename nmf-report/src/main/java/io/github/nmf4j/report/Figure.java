package io.github.nmf4j.report;

import java.util.Optional;

/** Something drawn, with what is said below it. */
public sealed interface Figure permits Curves, Raster, Scatter {
    /** {@return what it shows, in a few words; also what a screen reader says} */
    String title();

    /** {@return what to know when looking at it, whole sentences or nothing} */
    String note();

    /** {@return the drawing as an SVG file, light, for papers and slides} */
    String svg();

    /** {@return the drawing as a part of a page} */
    String inline();

    /** {@return its pixels alone as a PNG file, if it is an image} */
    default Optional<byte[]> png() {
        return Optional.empty();
    }
}
