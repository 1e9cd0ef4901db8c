package io.flowlog.query;

import io.flowlog.query.FlowInput.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Recognises what an input holds by its first bytes. */
final class FirstBytes {
    private static final int ENOUGH = 4096;

    private FirstBytes() {}

    static Kind kindOf(FlowInput input) throws IOException {
        byte[] head;
        try (InputStream in = input.open()) {
            head = in.readNBytes(ENOUGH);
        }
        if (startsWith(head, "PAR1") && input.file().isPresent()) {
            return Kind.PARQUET;
        }
        return firstCharacter(isGzip(head) ? decompressed(head) : head) == '{' ? Kind.JSON_LINES : Kind.FLOW_LOG;
    }

    static boolean isGzip(byte[] head) {
        return head.length > 1 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    }

    /** What can be read of it; a damaged file is the reader's to report. */
    private static byte[] decompressed(byte[] head) {
        byte[] text = new byte[256];
        int length = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(head))) {
            int count;
            while (length < text.length && (count = in.read(text, length, 1)) > 0) {
                length += count;
            }
        } catch (IOException e) {
            // The input was cut off after the first bytes.
        }
        return java.util.Arrays.copyOf(text, length);
    }

    private static int firstCharacter(byte[] text) {
        for (byte b : text) {
            if (b > ' ') {
                return b;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] head, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (i >= head.length || head[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
