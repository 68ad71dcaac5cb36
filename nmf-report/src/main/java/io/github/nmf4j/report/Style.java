package io.github.nmf4j.report;

import java.util.Locale;

/** How pages and drawings look: colours by role, light and dark. */
final class Style {
    /** How many lines of a plot can be told apart. */
    static final int SERIES = 8;

    /** How many steps a ramp of coloured points has. */
    static final int STEPS = 12;

    private static final String[] ROLES = {"ink", "paper", "soft", "faint", "grid", "accent"};
    private static final String[] LIGHT = {"#1b1f24", "#ffffff", "#4f5862", "#8b949e", "#e4e7eb", "#0b5fa5"};
    private static final String[] DARK = {"#e6e9ec", "#15181c", "#a8b1ba", "#7d8590", "#2b3138", "#6cb2f5"};

    /** Told apart in every common form of colour blindness; the second half is dashed as well. */
    private static final String[] LINES_LIGHT = {
        "#0b5fa5", "#c2410c", "#0f7b5f", "#8e3b8a", "#7a5c00", "#14829c", "#b82d5b", "#444b54"
    };

    private static final String[] LINES_DARK = {
        "#6cb2f5", "#f5935f", "#4fc9a4", "#d78bd3", "#e0b93c", "#67d3ea", "#f58fb0", "#b8c0c8"
    };

    /** Ramps on which low values are near the paper and high ones stand out. */
    private static final int[] RAMP_LIGHT = {0xd6dce2, 0x5aa7c4, 0x2c4f8f, 0x3b0f60};

    private static final int[] RAMP_DARK = {0x39414a, 0x2f7f9a, 0x4fc98f, 0xfde725};

    private static final String DRAWING = """
            svg text { fill: var(--soft); font-size: 11px; }
            .end { text-anchor: end; } .middle { text-anchor: middle; } .strong { fill: var(--ink); }
            .axis { stroke: var(--faint); fill: none; } .grid { stroke: var(--grid); fill: none; }
            .line { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
            .dots { fill: none; stroke-width: 5; stroke-linecap: round; }
            .points { fill: none; stroke-width: 2.6; stroke-linecap: round; }
            .s4.line, .s5.line, .s6.line, .s7.line { stroke-dasharray: 7 2; }
            .dashed.line { stroke-dasharray: 4 3; }
            image { image-rendering: pixelated; }
            """;

    private static final String PAGE = """
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
                   max-width: 62rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
            h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin: 2.2rem 0 .5rem; }
            p, ul { max-width: 44rem; } a { color: var(--accent); } nav { font-size: .9rem; } nav a { margin-right: 1rem; }
            .wide { overflow-x: auto; margin: 1rem 0; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
            th, td { text-align: right; padding: .25rem .75rem; border-bottom: 1px solid var(--grid); vertical-align: top;
                     overflow-wrap: normal; }
            td { white-space: nowrap; } th:first-child, td:first-child { text-align: left; padding-left: 0; } th { font-weight: 600; }
            .words th, .words td { text-align: left; } .words td { white-space: normal; overflow-wrap: anywhere; } .words th { white-space: nowrap; }
            .row { display: grid; gap: 1rem 1.5rem; margin: 1rem 0;
                   grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); }
            .third { grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
            .pairs { grid-template-columns: repeat(auto-fill, minmax(min(46%, 13rem), 1fr)); gap: 1rem; }
            .small { grid-template-columns: repeat(auto-fill, minmax(min(46%, 10.5rem), 1fr)); gap: 1rem; }
            figure { margin: 0; min-width: 0; } figcaption { font-size: .85rem; color: var(--soft); }
            figcaption b { color: var(--ink); } svg { display: block; width: 100%; height: auto; }
            pre { background: var(--grid); padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .9rem; }
            footer { margin-top: 2.5rem; color: var(--soft); font-size: .85rem; }
            @media print { nav { display: none; } figure, table { break-inside: avoid; } }
            """;

    private Style() {}

    /** {@return the style of a page and of the drawings on it} */
    static String ofPages() {
        return ":root { color-scheme: light dark; " + roles(LIGHT) + "}\n" + coloured(LINES_LIGHT, RAMP_LIGHT)
                + "@media (prefers-color-scheme: dark) {\n:root { " + roles(DARK) + "}\n"
                + coloured(LINES_DARK, RAMP_DARK) + "}\n" + PAGE + DRAWING;
    }

    /** {@return the style of a drawing by itself: light, in the few words that every program for drawings knows} */
    static String ofDrawings() {
        String style = DRAWING;
        for (int i = 0; i < ROLES.length; i++) {
            style = style.replace("var(--" + ROLES[i] + ")", LIGHT[i]);
        }
        return style + coloured(LINES_LIGHT, RAMP_LIGHT);
    }

    private static String roles(String[] colours) {
        StringBuilder css = new StringBuilder();
        for (int i = 0; i < ROLES.length; i++) {
            css.append("--").append(ROLES[i]).append(": ").append(colours[i]).append("; ");
        }
        return css.toString();
    }

    private static String coloured(String[] lines, int[] ramp) {
        StringBuilder css = new StringBuilder();
        for (int i = 0; i < SERIES; i++) {
            css.append(String.format(Locale.ROOT, ".s%d { stroke: %s; }\n", i, lines[i]));
        }
        for (int i = 0; i < STEPS; i++) {
            int colour = Colours.between(ramp, (double) i / (STEPS - 1));
            css.append(String.format(Locale.ROOT, ".r%d { stroke: #%06x; }\n", i, colour))
                    .append(String.format(Locale.ROOT, ".f%d { fill: #%06x; }\n", i, colour));
        }
        return css.toString();
    }
}
