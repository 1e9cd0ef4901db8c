package io.flowlog.parquet;

import java.io.IOException;

/**
 * Decompresses a block of Snappy, without the framing format. Checks every length, so that damaged data end in an
 * exception.
 *
 * @see <a href="https://github.com/google/snappy/blob/main/format_description.txt">Snappy compressed format description</a>
 */
final class Snappy {
    private final byte[] in;
    private final byte[] out;
    private final int end;
    private int next;
    private int written;

    private Snappy(byte[] in, int from, int to, byte[] out) {
        this.in = in;
        this.out = out;
        this.next = from;
        this.end = to;
    }

    /** Fills {@code out} with the block in {@code in[from..to)}. */
    static void decompress(byte[] in, int from, int to, byte[] out) throws IOException {
        new Snappy(in, from, to, out).run();
    }

    private void run() throws IOException {
        long size = 0;
        for (int shift = 0; ; shift += 7) {
            int b = one();
            size |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                break;
            }
            if (shift == 28) {
                throw new IOException("Snappy: the size has more than five bytes");
            }
        }
        if (size != out.length) {
            throw new IOException("Snappy: expected " + out.length + " bytes, found a block of " + size);
        }
        while (next < end) {
            int tag = one();
            switch (tag & 3) {
                case 0 -> literal(tag >> 2);
                case 1 -> copy(4 + (tag >> 2 & 7), (tag >> 5) << 8 | one());
                case 2 -> copy(1 + (tag >> 2), number(2));
                default -> copy(1 + (tag >> 2), number(4));
            }
        }
        if (written != out.length) {
            throw new IOException("Snappy: expected " + out.length + " bytes, found " + written);
        }
    }

    private void literal(int length) throws IOException {
        int count = (length < 60 ? length : number(length - 59)) + 1;
        require(count, end - next);
        require(count, out.length - written);
        System.arraycopy(in, next, out, written, count);
        next += count;
        written += count;
    }

    private void copy(int count, int offset) throws IOException {
        if (offset <= 0 || offset > written) {
            throw new IOException("Snappy: a copy from before the beginning");
        }
        require(count, out.length - written);
        int from = written - offset;
        if (offset >= count) {
            System.arraycopy(out, from, out, written, count);
        } else {
            for (int i = 0; i < count; i++) {
                out[written + i] = out[from + i];
            }
        }
        written += count;
    }

    private static void require(int count, int room) throws IOException {
        if (count <= 0 || count > room) {
            throw new IOException("Snappy: a length that goes beyond the end");
        }
    }

    /** A little-endian number; negative if it is too large for an array. */
    private int number(int bytes) throws IOException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= one() << 8 * i;
        }
        return value;
    }

    private int one() throws IOException {
        if (next >= end) {
            throw new IOException("Snappy: the data end early");
        }
        return in[next++] & 0xff;
    }
}
