package io.flowlog.sink.http;

/** What is around the deflate data of a gzip member (RFC 1952, section 2.3). */
final class GzipFrame {
    /** Magic, method 8, no flags, no time, no extra flags, unknown system: the same bytes on every machine. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    static final int HEADER_BYTES = 10;
    /** CRC-32 and length, four bytes each, the lowest first. */
    static final int TRAILER_BYTES = 8;

    private GzipFrame() {}

    static int headerByte(int index) {
        return HEADER[index] & 0xff;
    }
}
