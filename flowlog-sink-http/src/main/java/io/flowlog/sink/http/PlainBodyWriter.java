package io.flowlog.sink.http;

import java.io.ByteArrayOutputStream;

/** Bodies as they are. */
final class PlainBodyWriter implements BodyWriter {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    @Override
    public void write(byte[] block, int from, int length) {
        body.write(block, from, length);
    }

    @Override
    public byte[] finish(int crc, long jsonBytes) {
        byte[] whole = body.toByteArray();
        body.reset();
        return whole;
    }

    @Override
    public void close() {
        // It holds heap memory only.
    }
}
