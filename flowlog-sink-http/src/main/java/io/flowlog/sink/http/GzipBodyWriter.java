package io.flowlog.sink.http;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * One gzip member (RFC 1952) a body. Whole blocks go into a {@link Deflater} of level 1, and the CRC is the one that
 * the batch needs for its key anyway.
 */
final class GzipBodyWriter implements BodyWriter {
    /** Magic, method 8, no flags, no time, XFL 4 (fastest), unknown system: the same bytes on every machine. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

    private static final int TRAILER_BYTES = 8;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private byte[] body = new byte[64 * 1024];
    private int size;

    GzipBodyWriter() {
        begin();
    }

    private void begin() {
        System.arraycopy(HEADER, 0, body, 0, HEADER.length);
        size = HEADER.length;
    }

    @Override
    public void write(byte[] block, int from, int length) {
        deflater.setInput(block, from, length);
        while (!deflater.needsInput()) {
            deflate();
        }
    }

    @Override
    public byte[] finish(int crc, long jsonBytes) {
        deflater.finish();
        while (!deflater.finished()) {
            deflate();
        }
        deflater.reset();
        byte[] whole = Arrays.copyOf(body, size + TRAILER_BYTES);
        littleEndian(crc, whole, size);
        littleEndian((int) jsonBytes, whole, size + 4);
        begin();
        return whole;
    }

    private void deflate() {
        if (body.length - size < 1024) {
            body = Arrays.copyOf(body, body.length * 2);
        }
        size += deflater.deflate(body, size, body.length - size);
    }

    private static void littleEndian(int value, byte[] to, int at) {
        for (int i = 0; i < 4; i++) {
            to[at + i] = (byte) (value >>> (8 * i));
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
