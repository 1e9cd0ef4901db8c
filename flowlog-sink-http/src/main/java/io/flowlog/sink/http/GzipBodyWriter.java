package io.flowlog.sink.http;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Writes each body as one gzip member (RFC 1952), for bytes of any kind. Whole blocks are passed to a {@link Deflater} of
 * level 6. The CRC is the one that the batch computes for its key.
 */
final class GzipBodyWriter implements BodyWriter {
    private static final int LEVEL = 6;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private byte[] body = new byte[64 * 1024];
    private int size;

    GzipBodyWriter() {
        begin();
    }

    private void begin() {
        for (size = 0; size < GzipFrame.HEADER_BYTES; size++) {
            body[size] = (byte) GzipFrame.headerByte(size);
        }
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
        byte[] whole = Arrays.copyOf(body, size + GzipFrame.TRAILER_BYTES);
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
