package io.flowlog.sink.http;

/** Makes text from outside safe for one line of a message: escapes control and format characters, and caps the length. */
final class OneLine {
    private OneLine() {}

    /** The text on one line. If it is longer than {@code maxChars}, it is cut there and ends with three dots. */
    static String of(String text, int maxChars) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), maxChars) + 16);
        int at = 0;
        while (at < text.length()) {
            if (out.length() >= maxChars) {
                return out.append("...").toString();
            }
            int character = text.codePointAt(at);
            int end = at + Character.charCount(character);
            if (isPlain(character)) {
                out.append(text, at, end);
            } else {
                for (int i = at; i < end; i++) {
                    out.append(String.format("\\u%04x", (int) text.charAt(i)));
                }
            }
            at = end;
        }
        return out.toString();
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
