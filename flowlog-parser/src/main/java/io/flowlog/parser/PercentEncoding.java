package io.flowlog.parser;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the percent-encoded UTF-8 (RFC 3986, section 2.1) of tag values. An invalid escape, or one that is not the UTF-8 of
 * one character, is left unchanged. {@code +} is a plus.
 */
final class PercentEncoding {
    private PercentEncoding() {}

    static String decode(String text) {
        int escape = text.indexOf('%');
        if (escape < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length()).append(text, 0, escape);
        int at = escape;
        while (at < text.length()) {
            int length = escapedCharacter(text, at);
            if (length == 0) {
                decoded.append(text.charAt(at++));
                continue;
            }
            byte[] utf8 = new byte[length];
            for (int i = 0; i < length; i++) {
                utf8[i] = (byte) escapedByte(text, at + 3 * i);
            }
            try {
                decoded.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)));
            } catch (CharacterCodingException e) {
                decoded.append(text, at, at + 3); // the next escape may start a character of its own
                length = 1;
            }
            at += 3 * length;
        }
        return decoded.toString();
    }

    /** How many escapes the character at a place should have by its first byte; 0 when there are not as many. */
    private static int escapedCharacter(String text, int at) {
        int first = escapedByte(text, at);
        if (first < 0) {
            return 0;
        }
        int length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        for (int i = 1; i < length; i++) {
            if (escapedByte(text, at + 3 * i) < 0) {
                return 0;
            }
        }
        return length;
    }

    /** The byte that the escape at a place means; -1 when there is no escape. */
    private static int escapedByte(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') {
            return -1;
        }
        int high = hexDigit(text.charAt(at + 1));
        int low = hexDigit(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** Character.digit would take digits of other scripts as well. */
    private static int hexDigit(char digit) {
        return digit < 0x80 ? Character.digit(digit, 16) : -1;
    }
}
