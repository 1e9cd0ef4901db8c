// Hot: guarded by benchmarks EncodeBenchmark.
package io.flowlog.parser;

/** Finds out whether JSON needs no escape in a text, eight bytes at a time. */
final class PlainText {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x80 * ONES;
    private static final long SPACES = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private PlainText() {}

    /** Whether a line has only ASCII characters, and no quote, backslash or control character below a space. */
    static boolean inLine(byte[] bytes, int from, int to) {
        return test(bytes, from, to, SPACES);
    }

    /** As {@link #inLine}, but control characters are not searched for. */
    static boolean inWindow(byte[] bytes, int from, int to) {
        return test(bytes, from, to, 0);
    }

    /**
     * The borrow of a subtraction can reach a neighbour only from a byte that fails the test itself, so the result for the
     * whole text is exact. Up to seven bytes after the text are read, but not tested.
     */
    private static boolean test(byte[] bytes, int from, int to, long lowest) {
        long found = 0;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            found |= special((long) Digits.LONG.get(bytes, i), lowest);
        }
        if (i < to) {
            long tested = -1L >>> (Long.SIZE - Byte.SIZE * (to - i));
            found |= special((long) Digits.LONG.get(bytes, i) & tested | SPACES & ~tested, lowest);
        }
        return (found & HIGH_BITS) == 0;
    }

    private static long special(long word, long lowest) {
        return word | (word - lowest) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES);
    }
}
