package io.github.nmf4j.data;

/**
 * Reads decimal numbers from characters without making a string of each.
 *
 * <p>Accepted: {@code 12}, {@code -0.5}, {@code .5}, {@code 5.}, {@code 1e-3}, {@code nan}, {@code inf} and
 * {@code infinity} in any case, with a sign and with blanks around. Java's {@code 1f}, {@code 0x1p3} are not numbers here.
 */
final class NumberCell {
    /** With at most 15 digits and a power of ten up to 22 both factors are exact, so one rounding is right (Clinger 1990). */
    private static final int EXACT_DIGITS = 15;

    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private double value;

    /** {@return the number last read; what it is after a text that was none is not said} */
    double value() {
        return value;
    }

    /** {@return whether these characters are a number; if so {@link #value()} has it} */
    boolean read(CharSequence text) {
        return read(text.toString().toCharArray(), 0, text.length());
    }

    /** {@return whether these n characters are a number; if so {@link #value()} has it} */
    boolean read(char[] text, int from, int n) {
        int at = from;
        int end = from + n;
        while (at < end && isBlank(text[at])) {
            at++;
        }
        while (at < end && isBlank(text[end - 1])) {
            end--;
        }
        int first = at;
        boolean negative = at < end && text[at] == '-';
        if (at < end && (text[at] == '-' || text[at] == '+')) {
            at++;
        }
        long digits = 0;
        int significant = 0; // leading zeros do not count
        int seen = 0;
        int scale = 0;
        boolean point = false;
        for (; at < end; at++) {
            char c = text[at];
            if (c >= '0' && c <= '9') {
                seen++;
                significant += significant > 0 || c != '0' ? 1 : 0;
                scale -= point ? 1 : 0;
                if (significant <= EXACT_DIGITS) {
                    digits = 10 * digits + (c - '0');
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return !point && readWord(text, at, end - at, negative);
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            boolean down = at < end && text[at] == '-';
            if (at < end && (text[at] == '-' || text[at] == '+')) {
                at++;
            }
            int power = 0;
            int powerFrom = at;
            for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
                power = Math.min(100_000, 10 * power + (text[at] - '0'));
            }
            if (at == powerFrom) {
                return false;
            }
            scale += down ? -power : power;
        }
        if (at < end) {
            return false;
        }
        if (significant <= EXACT_DIGITS && Math.abs(scale) < TENS.length) {
            double size = scale < 0 ? digits / TENS[-scale] : digits * TENS[scale];
            value = negative ? -size : size;
        } else {
            value = Double.parseDouble(new String(text, first, end - first));
        }
        return true;
    }

    private boolean readWord(char[] text, int from, int n, boolean negative) {
        if (isWord("nan", text, from, n)) {
            value = Double.NaN;
            return true;
        }
        if (isWord("inf", text, from, n) || isWord("infinity", text, from, n)) {
            value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return true;
        }
        return false;
    }

    private static boolean isWord(String word, char[] text, int from, int n) {
        boolean same = n == word.length();
        for (int i = 0; same && i < n; i++) {
            same = Character.toLowerCase(text[from + i]) == word.charAt(i);
        }
        return same;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\u00a0';
    }
}
