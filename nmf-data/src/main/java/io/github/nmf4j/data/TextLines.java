package io.github.nmf4j.data;

import io.github.nmf4j.api.InvalidInputException;
import java.io.IOException;
import java.util.Arrays;

/** Reads lines into one array over and over, and takes them apart at blanks. */
final class TextLines {
    private static final int LONGEST = 1 << 20;

    private final Source source;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int filled;
    private char[] line = new char[1 << 10];
    private int length;
    private long number;
    private int tokenFrom;
    private int tokenEnd;

    TextLines(Source source) {
        this.source = source;
    }

    /** {@return whether there was another line; a line of blanks counts as one} */
    boolean next() throws IOException {
        length = 0;
        tokenEnd = 0;
        boolean any = false;
        while (true) {
            if (next == filled) {
                filled = source.stream().read(buffer);
                next = 0;
                if (filled <= 0) {
                    filled = 0;
                    number += any ? 1 : 0;
                    return any;
                }
            }
            any = true;
            char c = (char) (buffer[next++] & 0xFF);
            if (c == '\n') {
                number++;
                return true;
            }
            if (length == line.length) {
                if (length == LONGEST) {
                    number++;
                    throw new InvalidInputException(
                            "a line must have at most " + LONGEST + " characters: " + place() + " has more");
                }
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = c;
        }
    }

    /** {@return whether the line has another token; if so {@link #chars()} from {@link #from()} to {@link #end()} are it} */
    boolean nextToken() {
        tokenFrom = tokenEnd;
        while (tokenFrom < length && NumberCell.isBlank(line[tokenFrom])) {
            tokenFrom++;
        }
        tokenEnd = tokenFrom;
        while (tokenEnd < length && !NumberCell.isBlank(line[tokenEnd])) {
            tokenEnd++;
        }
        return tokenEnd > tokenFrom;
    }

    char[] chars() {
        return line;
    }

    int from() {
        return tokenFrom;
    }

    int end() {
        return tokenEnd;
    }

    String token() {
        return new String(line, tokenFrom, tokenEnd - tokenFrom);
    }

    String text() {
        return new String(line, 0, length).strip();
    }

    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (!NumberCell.isBlank(line[i])) {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(char c) {
        return length > 0 && line[0] == c;
    }

    /** {@return the file and the number of the line, from 1} */
    String place() {
        return source.name() + " line " + number;
    }
}
