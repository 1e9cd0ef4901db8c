// Hot: guarded by benchmarks ParseBenchmark. First of the two passes over a window: finds the ends of columns and
// lines.
package io.flowlog.parser;

import java.util.Arrays;

/**
 * The positions of all bytes up to 0x20 in a window of complete lines, found 64 bytes at a time. Eight longs give one
 * bitmap. The positions of its ones are written twelve at a time, without a branch for each; more than twelve are rare.
 *
 * <p>{@code ends[0]} is the position before the window, so that column {@code c} of a line whose first entry is
 * {@code f} begins at {@code ends[f + c - 1] + 1} and ends at {@code ends[f + c]}, for the first line as for any other.
 */
final class DelimiterIndex {
    /** Bytes after a window that may be read. */
    static final int SLACK = 72;

    private static final int BLOCK = 64;
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

    /** All lines have the expected number of columns and are clean: entry {@code k} and {@code k + columns} belong together. */
    boolean regular;

    private byte[] window = new byte[0];
    private int windowStart;
    private int windowEnd;
    /** Whether {@link #plain} is known for this window. */
    private boolean plainTested;

    private boolean plain;

    private final byte[] rest = new byte[BLOCK];
    /** Delimiters that have one before them, and whether the last byte was one. */
    private long sideBySide;

    private long before;
    private int nonSpaces;

    /**
     * Indexes the bytes from {@code from} to {@code to}; the last is a line feed, the one before {@code from} counts as
     * one. Most lines are expected to have {@code columns} columns.
     */
    void index(byte[] bytes, int from, int to, int columns) {
        int most = to - from + SLACK;
        if (ends.length < most) {
            // Windows differ by the length of a line.
            int capacity = most + (most >> 2);
            ends = new int[capacity];
            lineEnds = new int[capacity];
        }
        window = bytes;
        windowStart = from;
        windowEnd = to;
        plainTested = false;
        ends[0] = from - 1;
        int n = delimiters(bytes, from, to);
        regular = everyNth(bytes, n, columns);
        if (!regular) {
            eachLineFeed(bytes, n);
        }
    }

    /** Whether it is certain that JSON needs no escape in any line of the window. Tested when it is first asked for. */
    boolean isPlain() {
        if (!plainTested) {
            plain = clean && PlainText.inWindow(window, windowStart, windowEnd);
            plainTested = true;
        }
        return plain;
    }

    /** The last, incomplete block is filled up with letters. */
    private int delimiters(byte[] bytes, int from, int to) {
        before = 1;
        sideBySide = 0;
        nonSpaces = 0;
        int whole = from + (to - from & -BLOCK);
        int n = blocks(bytes, from, whole, 0, 1);
        if (whole < to) {
            Arrays.fill(rest, (byte) 'x');
            System.arraycopy(bytes, whole, rest, 0, to - whole);
            n = blocks(rest, 0, BLOCK, whole, n);
        }
        return n;
    }

    private int blocks(byte[] bytes, int from, int to, int shift, int firstEntry) {
        int[] found = ends;
        int n = firstEntry;
        long side = sideBySide;
        long last = before;
        int notSpaces = 0;
        for (int i = from; i < to; i += BLOCK) {
            long controls = 0;
            long word0 = (long) Digits.LONG.get(bytes, i);
            long mask0 = upToSpace(word0);
            controls = controls >>> 1 | mask0 & ~(word0 << 2);
            long word1 = (long) Digits.LONG.get(bytes, i + 8);
            long mask1 = upToSpace(word1);
            controls = controls >>> 1 | mask1 & ~(word1 << 2);
            long word2 = (long) Digits.LONG.get(bytes, i + 16);
            long mask2 = upToSpace(word2);
            controls = controls >>> 1 | mask2 & ~(word2 << 2);
            long word3 = (long) Digits.LONG.get(bytes, i + 24);
            long mask3 = upToSpace(word3);
            controls = controls >>> 1 | mask3 & ~(word3 << 2);
            long word4 = (long) Digits.LONG.get(bytes, i + 32);
            long mask4 = upToSpace(word4);
            controls = controls >>> 1 | mask4 & ~(word4 << 2);
            long word5 = (long) Digits.LONG.get(bytes, i + 40);
            long mask5 = upToSpace(word5);
            controls = controls >>> 1 | mask5 & ~(word5 << 2);
            long word6 = (long) Digits.LONG.get(bytes, i + 48);
            long mask6 = upToSpace(word6);
            controls = controls >>> 1 | mask6 & ~(word6 << 2);
            long word7 = (long) Digits.LONG.get(bytes, i + 56);
            long mask7 = upToSpace(word7);
            controls = controls >>> 1 | mask7 & ~(word7 << 2);
            long bits = gather(mask0)
                    | gather(mask1) << 8
                    | gather(mask2) << 16
                    | gather(mask3) << 24
                    | gather(mask4) << 32
                    | gather(mask5) << 40
                    | gather(mask6) << 48
                    | gather(mask7) << 56;
            notSpaces += Long.bitCount(controls);
            side |= bits & (bits << 1 | last);
            last = bits >>> 63;
            int base = i + shift;
            int at = n;
            n += Long.bitCount(bits);
            do {
                found[at] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 1] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 2] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 3] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 4] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 5] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 6] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 7] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 8] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 9] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 10] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                found[at + 11] = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                at += 12;
            } while (bits != 0);
        }
        sideBySide = side;
        before = last;
        nonSpaces += notSpaces;
        return n;
    }

    /** The high bit of each byte that is at most 0x20. */
    private static long upToSpace(long word) {
        return ~(((word & LOW_BITS) + TO_HIGH_BIT) | word) & HIGH_BITS;
    }

    /** The high bits of eight bytes as eight bits. */
    private static long gather(long highBits) {
        return highBits * GATHER >>> 56;
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
        clean = sideBySide == 0;
        return clean;
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
        clean = sideBySide == 0 && !odd;
    }
}
