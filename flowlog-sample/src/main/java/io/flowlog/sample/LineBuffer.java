package io.flowlog.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects the bytes of lines, with a space between columns, and writes them to a stream in large pieces. Lines are written
 * in a different order than they were added, like the records of many network interfaces: each takes the place of a
 * waiting one.
 */
final class LineBuffer {
    private static final int FLUSH_AT = 1 << 16;
    private static final int LONGEST_LINE = 4096;
    private static final byte[] ABSENT = {'-'};
    private static final byte[] NOTHING = {};

    private final byte[] bytes = new byte[FLUSH_AT + 2 * LONGEST_LINE];
    private final byte[] digits = new byte[20];
    private final OutputStream out;
    private final SampleRandom random;
    private final byte[][] waiting;
    private int lineStart;
    private int length;
    private long written;

    /**
     * Creates a buffer for a stream.
     *
     * @param places how many lines wait, to be written in a different order; 0 keeps the order
     */
    LineBuffer(OutputStream out, SampleRandom random, int places) {
        this.out = out;
        this.random = random;
        this.waiting = new byte[places][0];
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    LineBuffer column(byte[] text) {
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        bytes[length++] = ' ';
        return this;
    }

    LineBuffer column(long value) {
        int at = digits.length;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        System.arraycopy(digits, at, bytes, length, digits.length - at);
        length += digits.length - at;
        bytes[length++] = ' ';
        return this;
    }

    LineBuffer column(boolean present, byte[] text) {
        return column(present ? text : ABSENT);
    }

    /** A number, or absent when negative. */
    LineBuffer columnUnlessNegative(long value) {
        return value < 0 ? column(ABSENT) : column(value);
    }

    LineBuffer absent(int columns) {
        for (int i = 0; i < columns; i++) {
            column(ABSENT);
        }
        return this;
    }

    void endLine() throws IOException {
        bytes[length - 1] = '\n';
        written += length - lineStart;
        if (waiting.length > 0) {
            int place = random.below(waiting.length);
            byte[] line = Arrays.copyOfRange(bytes, lineStart, length);
            length = lineStart;
            leave(place);
            waiting[place] = line;
        }
        lineStart = length;
        if (length >= FLUSH_AT) {
            write();
        }
    }

    /** Writes what waits, and flushes the stream. */
    void flush() throws IOException {
        for (int place = 0; place < waiting.length; place++) {
            leave(place);
            if (length >= FLUSH_AT) {
                write();
            }
        }
        write();
        out.flush();
    }

    /** Bytes of all lines that were ended, also of those that wait. */
    long written() {
        return written;
    }

    private void leave(int place) {
        byte[] line = waiting[place];
        System.arraycopy(line, 0, bytes, length, line.length);
        length += line.length;
        waiting[place] = NOTHING;
    }

    private void write() throws IOException {
        out.write(bytes, 0, length);
        length = 0;
        lineStart = 0;
    }
}
