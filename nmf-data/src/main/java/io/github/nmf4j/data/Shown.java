package io.github.nmf4j.data;

/** Foreign text as messages show it: on one line and not too long. */
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    static String text(CharSequence text) {
        StringBuilder shown = new StringBuilder("'");
        for (int i = 0; i < Math.min(LONGEST, text.length()); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return shown.append(text.length() > LONGEST ? "…'" : "'").toString();
    }
}
