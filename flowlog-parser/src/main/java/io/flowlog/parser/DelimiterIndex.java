// Hot: guarded by benchmarks ParseBenchmark. First of the two passes over a window: where the columns and lines end.
package io.flowlog.parser;

/**
 * The positions of all bytes up to 0x20 in a window of complete lines, found eight bytes at a time.
 *
 * <p>{@code ends[0]} is the position before the window, so that column {@code c} of a line whose first entry is
 * {@code f} begins at {@code ends[f + c - 1] + 1} and ends at {@code ends[f + c]}, for the first line as for any other.
 */
final class DelimiterIndex {
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long TO_HIGH_BIT = 0x5F5F5F5F5F5F5F5FL;

    int[] ends = new int[0];
    /** For each line the entry in {@link #ends} that is its line feed. */
    int[] lineEnds = new int[0];

    int lines;
    /** No two delimiters side by side, and no control byte but the line feed: a count of columns says it all. */
    boolean clean;

    /**
     * Indexes the bytes from {@code from} to {@code to}; the last is a line feed, the one before {@code from} counts as
     * one. Eight bytes after {@code to} are readable.
     */
    void index(byte[] bytes, int from, int to) {
        int most = to - from + 16;
        if (ends.length < most) {
            ends = new int[most];
            lineEnds = new int[most];
        }
        int[] found = ends;
        int[] foundLines = lineEnds;
        found[0] = from - 1;
        int n = 1;
        int lineCount = 0;
        long side = 0;
        long before = 0x80;
        boolean odd = false;
        for (int i = from; i < to; i += 8) {
            long word = (long) Digits.LONG.get(bytes, i);
            long mask = ~(((word & LOW_BITS) + TO_HIGH_BIT) | word) & HIGH_BITS;
            if (to - i < 8) {
                mask &= -1L >>> ((8 - (to - i)) << 3);
            }
            side |= mask & (mask << 8 | before);
            before = mask >>> 56;
            long notSpace = mask & ~(word << 2);
            while (notSpace != 0) {
                int bit = Long.numberOfTrailingZeros(notSpace);
                if (bytes[i + (bit >>> 3)] == '\n') {
                    foundLines[lineCount++] = n + Long.bitCount(mask & ((1L << bit) - 1));
                } else {
                    odd = true;
                }
                notSpace &= notSpace - 1;
            }
            int count = Long.bitCount(mask);
            found[n] = i + (Long.numberOfTrailingZeros(mask) >>> 3);
            mask &= mask - 1;
            found[n + 1] = i + (Long.numberOfTrailingZeros(mask) >>> 3);
            for (int k = 2; k < count; k++) {
                mask &= mask - 1;
                found[n + k] = i + (Long.numberOfTrailingZeros(mask) >>> 3);
            }
            n += count;
        }
        lines = lineCount;
        clean = side == 0 && !odd;
    }
}
