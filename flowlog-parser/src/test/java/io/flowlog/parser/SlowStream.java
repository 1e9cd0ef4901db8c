package io.flowlog.parser;

import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Bytes in memory that come a few at a time, as they do from a network, with nothing "available" in between. */
final class SlowStream extends InputStream {
    private final byte[] data;
    private final IntUnaryOperator chunkAt;
    private int position;
    private boolean sawEnd;
    private boolean closed;

    private SlowStream(byte[] data, IntUnaryOperator chunkAt) {
        this.data = data;
        this.chunkAt = chunkAt;
    }

    /** At most {@code bytes} a read. */
    static SlowStream of(byte[] data, int bytes) {
        return new SlowStream(data, at -> bytes);
    }

    /** Reads end at each of the given places, and there alone. */
    static SlowStream pausingAt(byte[] data, int... places) {
        int[] sorted = places.clone();
        Arrays.sort(sorted);
        return new SlowStream(data, at -> {
            for (int place : sorted) {
                if (place > at) {
                    return place - at;
                }
            }
            return Integer.MAX_VALUE;
        });
    }

    @Override
    public int read() {
        if (position == data.length) {
            sawEnd = true;
            return -1;
        }
        return data[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int at, int length) {
        if (length == 0) {
            return 0;
        }
        if (position == data.length) {
            sawEnd = true;
            return -1;
        }
        int count = Math.min(Math.min(length, chunkAt.applyAsInt(position)), data.length - position);
        System.arraycopy(data, position, target, at, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean sawEnd() {
        return sawEnd;
    }

    boolean closed() {
        return closed;
    }
}
