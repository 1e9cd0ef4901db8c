// benchmarks: CompressBenchmark
package io.flowlog.sink.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits into a growing array of bytes, the least significant bit first (RFC 1951, section 3.1.1). */
final class BitOutput {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[64 * 1024];
    private int size;
    /** The bits that do not fill a byte yet: less than eight. */
    private long waiting;

    private int waitingBits;

    /** Makes room for so many bytes more. */
    void reserve(int more) {
        if (bytes.length - size < more + Long.BYTES) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more + Long.BYTES));
        }
    }

    /**
     * Adds bits; the caller has reserved the room.
     *
     * @param value the bits, the first one lowest; all others are 0
     * @param bits how many, at most 56
     */
    void put(long value, int bits) {
        long word = waiting | value << waitingBits;
        int count = waitingBits + bits;
        WORDS.set(bytes, size, word);
        size += count >>> 3;
        waiting = word >>> (count & 0x38);
        waitingBits = count & 7;
    }

    /** Fills the last byte with zeros. */
    void align() {
        if (waitingBits > 0) {
            put(0, Byte.SIZE - waitingBits);
        }
    }

    /** Forgets everything. */
    void clear() {
        size = 0;
        waiting = 0;
        waitingBits = 0;
    }

    /** A copy of the whole bytes. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
