package io.github.nmf4j.report;

/** Colours for values: a table from the lowest to the highest, even in lightness and told apart by the colour-blind. */
enum Colours {
    /** From dark violet to yellow, for amounts: viridis of Smith and van der Walt (CC0), at 17 of its 256 steps. */
    AMOUNT(
            0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c, 0x1fa088,
            0x28ae80, 0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725),
    /** From blue over white to brown, for differences: white is none. */
    DIFFERENCE(0x1f4e8c, 0x5b8fc7, 0xb9d3ea, 0xf7f7f7, 0xf2cfa5, 0xcf8740, 0x7f3b08);

    /** How many shades a table has. */
    static final int SHADES = 255;

    private static final int BYTE = 0xff;

    private final int[] anchors;

    Colours(int... anchors) {
        this.anchors = anchors;
    }

    /** {@return the shades as 0xrrggbb, the lowest first} */
    int[] shades() {
        int[] shades = new int[SHADES];
        for (int i = 0; i < SHADES; i++) {
            shades[i] = between(anchors, (double) i / (SHADES - 1));
        }
        return shades;
    }

    /** {@return a colour as 0xrrggbb on the way along some, 0 the first, 1 the last} */
    static int between(int[] colours, double share) {
        double at = share * (colours.length - 1);
        int below = Math.min(colours.length - 2, (int) at);
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double from = colours[below] >> shift & BYTE;
            double to = colours[below + 1] >> shift & BYTE;
            mixed |= (int) Math.round(from + (at - below) * (to - from)) << shift;
        }
        return mixed;
    }

    /**
     * {@return the shade of a value}
     *
     * @param value between low and high, or beyond, where it gets the first or the last
     * @param low the lowest
     * @param high the highest; where it equals low everything gets the first shade
     */
    static int shade(double value, double low, double high) {
        double share = high > low ? (value - low) / (high - low) : 0;
        return (int) Math.round((SHADES - 1) * Math.min(1, Math.max(0, share)));
    }
}
