// Hot: guarded by ParquetToJson in benchmarks. One loop writes the usual kinds of values, because a call for each of
// them costs
// more.
package io.flowlog.parquet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The text of some rows. Grows with the longest row. */
final class RowText {
    private static final byte[] PAIRS = pairs();

    private byte[] bytes = new byte[64 * 1024];
    private int length;
    /** The first column of the row whose value a line cannot have. */
    private @Nullable String unsafe;

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
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

    /**
     * Appends rows until there are enough bytes.
     *
     * @param cells the columns
     * @param indexes for each column, the index of its first value in its page
     * @param count the most rows
     * @param enough the number of bytes after which no row begins
     * @return the number of rows
     */
    int append(Cells[] cells, int[] indexes, int count, int enough) {
        int room = 0;
        for (Cells cell : cells) {
            room += cell.widest + 1;
        }
        int done = 0;
        while (done < count && length < enough) {
            ensure(room);
            int rowStart = length;
            byte[] out = bytes;
            int at = rowStart;
            for (int column = 0; column < cells.length; column++) {
                Cells cell = cells[column];
                int index = indexes[column] + done;
                int[] levels = cell.levels;
                if (levels != null && levels[index] != cell.present) {
                    out[at++] = '-';
                } else if (cell.kind == Cells.TEXT) {
                    byte[] value = cell.texts[index];
                    System.arraycopy(value, 0, out, at, value.length);
                    at += value.length;
                } else if (cell.kind == Cells.INT) {
                    at = number(cell.ints[index], out, at);
                } else if (cell.kind == Cells.LONG) {
                    at = number(cell.longs[index], out, at);
                } else {
                    length = at;
                    if (cell.kind == Cells.UNCHECKED_TEXT) {
                        unchecked(cell.texts[index], cell.name);
                    } else {
                        plain(cell.ascii(index).getBytes(StandardCharsets.US_ASCII));
                    }
                    // These may have enlarged the buffer for themselves.
                    ensure(room);
                    out = bytes;
                    at = length;
                }
                out[at++] = ' ';
            }
            out[at - 1] = '\n';
            length = at;
            if (unsafe != null) {
                makeMalformed(rowStart, unsafe);
                unsafe = null;
            }
            done++;
        }
        return done;
    }

    private void plain(byte[] value) {
        ensure(value.length + 1);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /** Writes a number; returns the position after it. */
    private static int number(long value, byte[] out, int start) {
        if (value < 0) {
            byte[] text = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, out, start, text.length);
            return start + text.length;
        }
        int digits = 1;
        for (long power = 10; digits < 19 && value >= power; power *= 10) {
            digits++;
        }
        int end = start + digits;
        int at = end;
        long rest = value;
        while (rest > Integer.MAX_VALUE) {
            int pair = 2 * (int) (rest % 100);
            rest /= 100;
            out[--at] = PAIRS[pair + 1];
            out[--at] = PAIRS[pair];
        }
        int small = (int) rest;
        while (small >= 100) {
            int pair = 2 * (small % 100);
            small /= 100;
            out[--at] = PAIRS[pair + 1];
            out[--at] = PAIRS[pair];
        }
        if (small >= 10) {
            out[--at] = PAIRS[2 * small + 1];
            out[--at] = PAIRS[2 * small];
        } else {
            out[--at] = (byte) ('0' + small);
        }
        return end;
    }

    /** Whether a line can have a value: it has no character that separates columns or lines. */
    static boolean isSafe(byte[] value) {
        boolean separates = false;
        for (byte b : value) {
            separates |= b == ' ' || b == '\n' || b == '\r';
        }
        return !separates;
    }

    private void unchecked(byte[] value, String column) {
        if (isSafe(value)) {
            plain(value);
            return;
        }
        unsafe = unsafe == null ? column : unsafe;
        ensure(2 * value.length + 1);
        for (byte b : value) {
            if (b == ' ' || b == '\n' || b == '\r') {
                bytes[length++] = '\\';
                bytes[length++] = (byte) (b == ' ' ? 's' : b == '\n' ? 'n' : 'r');
            } else {
                bytes[length++] = b;
            }
        }
    }

    /** Gives a row more columns than the format has, so that the reader reports it as malformed. */
    private void makeMalformed(int rowStart, String column) {
        byte[] reason = ("(" + column + " has a space or a line end in its value) ").getBytes(StandardCharsets.UTF_8);
        ensure(reason.length);
        System.arraycopy(bytes, rowStart, bytes, rowStart + reason.length, length - rowStart);
        System.arraycopy(reason, 0, bytes, rowStart, reason.length);
        length += reason.length;
    }
}
