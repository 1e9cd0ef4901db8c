package io.flowlog.lambda;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes keys of S3 notifications and Batch Operations: UTF-8 in {@code application/x-www-form-urlencoded}. */
final class KeyText {
    /**
     * Decodes once: {@code +} is a space, {@code %xx} a byte.
     *
     * @throws IllegalArgumentException if the text is not encoded like this
     */
    static String formDecoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(written.length);
        for (int i = 0; i < written.length; i++) {
            if (written[i] == '+') {
                bytes.write(' ');
            } else if (written[i] == '%') {
                bytes.write(hex(written, i + 1) << 4 | hex(written, i + 2));
                i += 2;
            } else {
                bytes.write(written[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the key is not valid UTF-8 after decoding", e);
        }
    }

    private static int hex(byte[] text, int at) {
        int digit = at < text.length ? Character.digit(text[at], 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("the key has a % without two hex digits after it");
        }
        return digit;
    }

    private KeyText() {}
}
