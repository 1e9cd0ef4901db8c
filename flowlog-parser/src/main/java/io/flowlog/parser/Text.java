package io.flowlog.parser;

import java.nio.charset.StandardCharsets;

/** Input in messages: quoted, escaped and cut, so that a log line stays one line. */
final class Text {
    static final int LONGEST_SAMPLE = 120;

    private Text() {}

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        int end = Math.min(text.length(), LONGEST_SAMPLE);
        for (int i = 0; i < end; i++) {
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
