package io.flowlog.sink.http;

/**
 * Makes the body of one request after another from blocks of JSON lines. Holds native memory, perhaps: whoever makes
 * one closes it. Not safe for several threads.
 */
interface BodyWriter extends AutoCloseable {
    /** Adds a block of the uncompressed body. */
    void write(byte[] block, int from, int length);

    /**
     * Adds whole lines of the uncompressed body, of which it is known what they consist of.
     *
     * @param block holds the lines from index 0 on
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
     * @return the body as it goes over the wire, an array of its own
     */
    byte[] finish(int crc, long jsonBytes);

    @Override
    void close();
}
