// Hot: guarded by benchmarks ParseBenchmark. First of the two passes over a window: where the columns and lines end.
package io.flowlog.parser;

import java.util.Arrays;

/**
 * The positions of all bytes up to 0x20 in a window of complete lines, found 64 bytes at a time: eight longs make one
 * bitmap, whose ones are written out without a branch for each.
 *
 * <p>{@code ends[0]} is the position before the window, so that column {@code c} of a line whose first entry is
 * {@code f} begins at {@code ends[f + c - 1] + 1} and ends at {@code ends[f + c]}, for the first line as for any other.
 */
final class DelimiterIndex {
    /** Bytes after a window that may be read. */
    static final int SLACK = 72;

    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long TO_HIGH_BIT = 0x5F5F5F5F5F5F5F5FL;
    private static final long GATHER = 0x0002040810204081L;

    int[] ends = new int[0];
    /** For each line the entry in {@link #ends} that is its line feed. */
    int[] lineEnds = new int[0];

    int lines;
    /** No two delimiters side by side, and no control byte but the line feed: a count of columns says it all. */
    boolean clean;

    private final byte[] last = new byte[64];
    private boolean side;
    private int nonSpaces;

    /**
     * Indexes the bytes from {@code from} to {@code to}; the last is a line feed, the one before {@code from} counts as
     * one. Most lines are expected to have {@code columns} columns.
     */
    void index(byte[] bytes, int from, int to, int columns) {
        int most = to - from + SLACK;
        if (ends.length < most) {
            ends = new int[most];
            lineEnds = new int[most];
        }
        ends[0] = from - 1;
        int n = delimiters(bytes, from, to);
        if (!everyNth(bytes, n, columns)) {
            eachLineFeed(bytes, n);
        }
    }

    private int delimiters(byte[] bytes, int from, int to) {
        int[] found = ends;
        int n = 1;
        long sideBySide = 0;
        long before = 1;
        long controls = 0;
        int total = 0;
        byte[] source = bytes;
        int shift = 0;
        for (int i = from; i < to; i += 64) {
            if ((i - from & 1023) == 0) {
                total += sum(controls);
                controls = 0;
            }
            if (to - i < 64) {
                Arrays.fill(last, (byte) 'x');
                System.arraycopy(bytes, i, last, 0, to - i);
                source = last;
                shift = i;
            }
            long bits = 0;
            for (int k = 0; k < 64; k += 8) {
                long word = (long) Digits.LONG.get(source, i - shift + k);
                long mask = ~(((word & LOW_BITS) + TO_HIGH_BIT) | word) & HIGH_BITS;
                bits |= mask * GATHER >>> 56 << k;
                controls += (mask & ~(word << 2)) >>> 7;
            }
            sideBySide |= bits & (bits << 1 | before);
            before = bits >>> 63;
            int at = n;
            n += Long.bitCount(bits);
            do {
                found[at] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 1] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 2] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 3] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 4] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 5] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 6] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 7] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 8] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 9] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 10] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 11] = i + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                at += 12;
            } while (bits != 0);
        }
        side = sideBySide != 0;
        nonSpaces = total + sum(controls);
        return n;
    }

    private static int sum(long eightCounts) {
        long four = (eightCounts & 0x00FF00FF00FF00FFL) + (eightCounts >>> 8 & 0x00FF00FF00FF00FFL);
        return (int) (four * 0x0001000100010001L >>> 48);
    }

    /** Lines of the expected number of columns and nothing else; false when this is not all that there is. */
    private boolean everyNth(byte[] bytes, int n, int columns) {
        if (columns < 1 || (n - 1) % columns != 0 || nonSpaces != (n - 1) / columns) {
            return false;
        }
        int[] found = ends;
        int[] foundLines = lineEnds;
        int count = 0;
        for (int k = columns; k < n; k += columns) {
            if (bytes[found[k]] != '\n') {
                return false;
            }
            foundLines[count++] = k;
        }
        lines = count;
        clean = !side;
        return true;
    }

    private void eachLineFeed(byte[] bytes, int n) {
        int[] found = ends;
        int[] foundLines = lineEnds;
        int count = 0;
        boolean odd = false;
        for (int k = 1; k < n; k++) {
            byte b = bytes[found[k]];
            if (b == '\n') {
                foundLines[count++] = k;
            } else {
                odd |= b != ' ';
            }
        }
        lines = count;
        clean = !side && !odd;
    }
}
