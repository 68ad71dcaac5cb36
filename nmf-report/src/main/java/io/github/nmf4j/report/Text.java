package io.github.nmf4j.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Words and numbers as they stand on a page. */
final class Text {
    private static final int DIGITS = 4;
    private static final double LARGE = 1e6;
    private static final double SMALL = 1e-3;

    private Text() {}

    /** {@return text that markup may hold: nothing in it is taken for markup, and nothing that markup forbids is left} */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(allowed(c) ? c : 0xfffd);
            }
        });
        return safe.toString();
    }

    /** Production [2], Char, of XML 1.0, without the controls that it discourages. */
    private static boolean allowed(int c) {
        return c == '\t'
                || c == '\n'
                || c >= ' ' && c < 0x7f
                || c >= 0xa0 && c < 0xd800
                || c >= 0xe000 && c < 0xfffe
                || c >= 0x10000;
    }

    /** {@return the beginning of a text, with an ellipsis where something was left off} */
    static String beginning(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** {@return a number in about four digits} */
    static String number(double value) {
        return number(value, DIGITS);
    }

    /**
     * {@return a number as short as its digits allow}
     *
     * @param value any
     * @param digits to keep at most
     */
    static String number(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        double size = Math.abs(rounded.doubleValue());
        String plain = rounded.toPlainString();
        if (size >= LARGE || size < SMALL) {
            int exponent = rounded.precision() - rounded.scale() - 1;
            plain = rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
        }
        return plain.replace('-', '−');
    }
}
