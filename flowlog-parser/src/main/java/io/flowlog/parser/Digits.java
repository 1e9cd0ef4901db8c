// Hot: guarded by benchmarks ParseBenchmark. Eight decimal digits at a time in a long.
package io.flowlog.parser;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Decimal integers as bytes, in arrays that have {@value #BEFORE} bytes before the end of any number. */
final class Digits {
    static final int BEFORE = 8;

    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZEROS = 0x3030303030303030L;
    private static final long ABOVE_NINE = 0x7676767676767676L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte[] MAX = {
        '9', '2', '2', '3', '3', '7', '2', '0', '3', '6', '8', '5', '4', '7', '7', '5', '8', '0', '7'
    };

    private Digits() {}

    /**
     * Whether each of the columns is an integer or {@code -}; column {@code c} lies between {@code ends[first + c - 1]}
     * and {@code ends[first + c]}, and is not empty.
     */
    static boolean valid(byte[] bytes, int[] ends, int first, int[] columns) {
        for (int column : columns) {
            int at = first + column;
            if (!valid(bytes, ends[at - 1] + 1, ends[at])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether each of the columns is an integer or {@code -} in all lines. Entry {@code line * stride + column + 1} of
     * {@code ends} is where a column ends; no column is empty. One column after the other, as the numbers of a column are
     * of similar length.
     */
    static boolean valid(byte[] bytes, int[] ends, int lines, int stride, int[] columns) {
        int to = lines * stride;
        for (int column : columns) {
            for (int at = column; at < to; at += stride) {
                if (!valid(bytes, ends[at] + 1, ends[at + 1])) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long notDigits(long digits) {
        return (digits + ABOVE_NINE | digits) & HIGH_BITS;
    }

    /** Whether the bytes from {@code start} to {@code end} are an integer of 0..2^63-1, or {@code -}. */
    static boolean valid(byte[] bytes, int start, int end) {
        int length = end - start;
        long last = (long) LONG.get(bytes, end - 8) ^ ZEROS;
        if (length <= 8) {
            long digits = last & -1L << (64 - (length << 3));
            return notDigits(digits) == 0 ? length > 0 : length == 1 && bytes[start] == '-';
        }
        if (length <= 16) {
            long first = (long) LONG.get(bytes, start) ^ ZEROS;
            return (notDigits(first) | notDigits(last)) == 0;
        }
        return validLong(bytes, start, end);
    }

    private static boolean validLong(byte[] bytes, int start, int end) {
        int from = start;
        while (from < end - 1 && bytes[from] == '0') {
            from++;
        }
        for (int i = from; i < end; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        int significant = end - from;
        if (significant != MAX.length) {
            return significant < MAX.length;
        }
        for (int i = 0; i < MAX.length; i++) {
            if (bytes[from + i] != MAX[i]) {
                return bytes[from + i] < MAX[i];
            }
        }
        return true;
    }

    /** The value of bytes that {@link #valid} accepted; {@code absent} for {@code -}. */
    static long parse(byte[] bytes, int start, int end, long absent) {
        int length = end - start;
        long last = (long) LONG.get(bytes, end - 8);
        if (length <= 8) {
            return last >>> 56 == '-' ? absent : eight((last ^ ZEROS) & -1L << (64 - (length << 3)));
        }
        if (length <= 16) {
            long first = (long) LONG.get(bytes, start) ^ ZEROS;
            return eight(first << (128 - (length << 3))) * 100_000_000L + eight(last ^ ZEROS);
        }
        return parseLong(bytes, start, end);
    }

    private static long parseLong(byte[] bytes, int start, int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    /** Eight digit values, the most significant in the lowest byte, to a number: pairs, then fours, then eight. */
    private static long eight(long digits) {
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0x000000FF000000FFL) * 0x000F424000000064L
                        + ((pairs >>> 16) & 0x000000FF000000FFL) * 0x0000271000000001L)
                >>> 32;
    }
}
