package io.flowlog.parser;

import java.io.InputStream;

/** A beginning, then one block over and over, until so many bytes have been given; takes no memory of that size. */
final class EndlessStream extends InputStream {
    private final byte[] first;
    private final byte[] block;
    private final long size;
    private long position;

    /** Ends at the end of the first block at or after {@code atLeast} bytes. */
    EndlessStream(byte[] first, byte[] block, long atLeast) {
        this.first = first;
        this.block = block;
        this.size =
                first.length + (Math.max(0, atLeast - first.length) + block.length - 1) / block.length * block.length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int at, int length) {
        if (position == size) {
            return -1;
        }
        byte[] source = position < first.length ? first : block;
        int from = (int) (position < first.length ? position : (position - first.length) % block.length);
        int count = Math.min(length, source.length - from);
        System.arraycopy(source, from, target, at, count);
        position += count;
        return count;
    }
}
