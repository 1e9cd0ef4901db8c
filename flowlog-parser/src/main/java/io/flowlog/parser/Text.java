package io.flowlog.parser;

import java.nio.charset.StandardCharsets;

/** Quotes, escapes and shortens input for messages, so that a log line stays one line. */
final class Text {
    static final int LONGEST_SAMPLE = 120;

    private Text() {}

    /** Escapes the characters of a name that would break or reorder a line. */
    static String oneLine(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        int end = Math.min(text.length(), LONGEST_SAMPLE);
        for (int i = 0; i < end; i++) {
            if (out.length() > LONGEST_SAMPLE) {
                // Escapes are longer than what they stand for: of a binary file, nothing else would be shown.
                end = i;
                break;
            }
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7F || c >= 0xA0 && Character.isLetterOrDigit(c)) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.append(end < text.length() ? "...\"" : "\"").toString();
    }

    static String quoted(byte[] bytes, int start, int end) {
        int cut = Math.min(end, start + 4 * LONGEST_SAMPLE);
        return quoted(new String(bytes, start, cut - start, StandardCharsets.UTF_8));
    }
}
