package io.flowlog.sink.http;

/**
 * Writes each body as one gzip member (RFC 1952), with a compressor that makes use of the structure of the lines. For flow
 * logs, the result is smaller than that of zlib at level 6 and takes less time than zlib at level 1.
 */
final class RowGzipWriter implements BodyWriter {
    private static final LineParts NO_PARTS = new LineParts();

    private final BitOutput out = new BitOutput();
    private final DeflateTokens tokens = new DeflateTokens(out);
    private final LineMatcher matcher = new LineMatcher(tokens);

    RowGzipWriter() {
        begin();
    }

    private void begin() {
        out.clear();
        out.reserve(GzipFrame.HEADER_BYTES);
        for (int i = 0; i < GzipFrame.HEADER_BYTES; i++) {
            out.put(GzipFrame.headerByte(i), Byte.SIZE);
        }
    }

    /** Without the parts there is little to find: this is right for any bytes, and good for none. */
    @Override
    public void write(byte[] block, int from, int length) {
        matcher.add(block, from, length, NO_PARTS, 0);
    }

    @Override
    public void write(byte[] block, int length, LineParts parts, int count) {
        matcher.add(block, 0, length, parts, count);
    }

    @Override
    public byte[] finish(int crc, long jsonBytes) {
        matcher.endBody();
        tokens.writeBlock(true);
        out.reserve(1 + GzipFrame.TRAILER_BYTES);
        out.align();
        out.put(crc & 0xffffffffL, Integer.SIZE);
        out.put(jsonBytes & 0xffffffffL, Integer.SIZE);
        byte[] body = out.toByteArray();
        begin();
        return body;
    }

    @Override
    public void close() {
        // It holds heap memory only.
    }
}
