package io.flowlog.sink.http;

/**
 * Creates the bodies of requests, one after the other, from blocks of JSON lines. The creator must close it, because it can
 * hold native memory. Not safe for use by several threads.
 */
interface BodyWriter extends AutoCloseable {
    /** Adds a block of the uncompressed body. */
    void write(byte[] block, int from, int length);

    /**
     * Adds whole lines to the uncompressed body, together with the parts that they consist of.
     *
     * @param block contains the lines, starting at index 0
     * @param length their length
     * @param parts the first {@code count} of these are the parts of the lines
     */
    default void write(byte[] block, int length, LineParts parts, int count) {
        write(block, 0, length);
    }

    /**
     * Ends the body and starts the next one.
     *
     * @param crc the CRC-32 of all blocks of this body
     * @param jsonBytes the sum of their lengths
     * @return the body as it is sent, in a new array
     */
    byte[] finish(int crc, long jsonBytes);

    @Override
    void close();
}
