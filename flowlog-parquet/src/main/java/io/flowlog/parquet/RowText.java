package io.flowlog.parquet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The text of some rows. Grows with the longest row. */
final class RowText {
    private byte[] bytes = new byte[64 * 1024];
    private int length;
    private int rowStart;
    /** The first column of the row whose value a line cannot have. */
    private @Nullable String unsafe;

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        rowStart = 0;
    }

    int copyTo(int from, byte[] target, int at, int max) {
        int count = Math.min(max, length - from);
        System.arraycopy(bytes, from, target, at, count);
        return count;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }

    void absent() {
        ensure(2);
        bytes[length++] = '-';
    }

    void ascii(String text) {
        byte[] value = text.getBytes(StandardCharsets.US_ASCII);
        ensure(value.length + 2);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void number(long value) {
        if (value == Long.MIN_VALUE) {
            ascii(Long.toString(value));
            return;
        }
        ensure(21);
        long rest = value;
        if (rest < 0) {
            bytes[length++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long power = 10; digits < 19 && rest >= power; power *= 10) {
            digits++;
        }
        int at = length + digits;
        length = at;
        if (rest <= Integer.MAX_VALUE) {
            int small = (int) rest;
            do {
                bytes[--at] = (byte) ('0' + small % 10);
                small /= 10;
            } while (small > 0);
            return;
        }
        do {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    /** A value that may be empty, or contain what separates columns or lines. */
    void value(byte[] value, String column) {
        if (value.length == 0) {
            absent();
            return;
        }
        ensure(value.length + 2);
        boolean separates = false;
        for (byte b : value) {
            separates |= b == ' ' || b == '\n' || b == '\r';
        }
        if (separates) {
            unsafe = unsafe == null ? column : unsafe;
            escaped(value);
            return;
        }
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void escaped(byte[] value) {
        ensure(4 * value.length + 2);
        for (byte b : value) {
            if (b == ' ' || b == '\n' || b == '\r') {
                bytes[length++] = '\\';
                bytes[length++] = (byte) (b == ' ' ? 's' : b == '\n' ? 'n' : 'r');
            } else {
                bytes[length++] = b;
            }
        }
    }

    void endColumn() {
        bytes[length++] = ' ';
    }

    /**
     * Ends the row. A row with a value that a line cannot have becomes a line with more columns than the format has, so that
     * the reader reports it as malformed.
     */
    void endRow() {
        bytes[length - 1] = '\n';
        if (unsafe != null) {
            byte[] reason =
                    ("(" + unsafe + " has a space or a line end in its value) ").getBytes(StandardCharsets.UTF_8);
            unsafe = null;
            ensure(reason.length);
            System.arraycopy(bytes, rowStart, bytes, rowStart + reason.length, length - rowStart);
            System.arraycopy(reason, 0, bytes, rowStart, reason.length);
            length += reason.length;
        }
        rowStart = length;
    }
}
