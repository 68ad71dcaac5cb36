package io.github.nmf4j.api;

/**
 * Height and width of an image whose pixels are the vectors of a factor, row after row.
 *
 * @param height rows of pixels, at least 1
 * @param width pixels in a row, at least 1
 */
public record Shape(int height, int width) {
    /** Refuses an empty image. */
    public Shape {
        if (height < 1 || width < 1) {
            throw new InvalidInputException("a shape must be at least 1x1: " + height + "x" + width);
        }
    }

    /** {@return height · width} */
    public long pixels() {
        return (long) height * width;
    }

    /**
     * {@return the shape written as {@code HEIGHTxWIDTH}}
     *
     * @param text as in {@code 100x80}
     * @throws InvalidInputException if it is anything else
     */
    public static Shape parse(String text) {
        String[] parts = text.split("x", -1);
        try {
            if (parts.length == 2) {
                return new Shape(Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()));
            }
        } catch (NumberFormatException e) {
            throw new InvalidInputException("a shape is written HEIGHTxWIDTH: '" + text + "'", e);
        }
        throw new InvalidInputException("a shape is written HEIGHTxWIDTH: '" + text + "'");
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
