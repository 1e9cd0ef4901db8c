package io.flowlog.sink.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts line ends, eight bytes at a time: the second opinion on how many records a body holds. */
final class Newlines {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_ENDS = 0x0a0a0a0a0a0a0a0aL;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

    private Newlines() {}

    static int count(byte[] bytes, int from, int length) {
        int count = 0;
        int at = from;
        int end = from + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long zeroAtLineEnd = (long) WORDS.get(bytes, at) ^ LINE_ENDS;
            long highBitUnlessZero = ((zeroAtLineEnd & LOW_BITS) + LOW_BITS) | zeroAtLineEnd | LOW_BITS;
            count += Long.bitCount(~highBitUnlessZero);
        }
        for (; at < end; at++) {
            if (bytes[at] == '\n') {
                count++;
            }
        }
        return count;
    }

    /** The index just after the {@code lines}-th line end, counted from {@code from}. */
    static int indexAfter(byte[] bytes, int from, int lines) {
        int at = from;
        for (int left = lines; left > 0; at++) {
            if (bytes[at] == '\n') {
                left--;
            }
        }
        return at;
    }
}
