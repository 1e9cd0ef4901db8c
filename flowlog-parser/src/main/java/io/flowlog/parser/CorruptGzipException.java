package io.flowlog.parser;

import java.io.IOException;

/**
 * The gzip data is damaged or ends early. The records read so far may be incomplete or wrong.
 *
 * <p>A reader throws it for a member (RFC 1952) that ends early, that has an invalid header, or whose data, CRC-32 or length
 * is wrong, and for bytes after a member that are not another member, such as padding. Records are verified only when the
 * reader has reported the end of the input. Reading the same file again does not help; downloading it again may.
 */
public final class CorruptGzipException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String detail;
    private final long member;
    private final long offset;

    CorruptGzipException(String source, long member, long offset, String expected, String found) {
        super(source + ", " + detail(member, offset, expected, found));
        this.source = source;
        this.detail = detail(member, offset, expected, found);
        this.member = member;
        this.offset = offset;
    }

    private static String detail(long member, long offset, String expected, String found) {
        return "gzip member " + member + ", compressed byte " + offset + ": expected " + expected + ", found " + found;
    }

    /**
     * Returns the name of the input.
     *
     * @return the path of the file, or the name set in the builder of the reader
     */
    public String source() {
        return source;
    }

    /**
     * Returns the gzip member in which the damage was found.
     *
     * @return a number from 1; most files have one member
     */
    public long member() {
        return member;
    }

    /**
     * Returns where the damage was found, which is at or after the damaged byte.
     *
     * @return the number of compressed bytes before it, from 0
     */
    public long offset() {
        return offset;
    }

    /**
     * Returns where the damage is, what was expected and what was found, for a reader who already knows the input.
     *
     * @return the message without the name of the input
     */
    public String detail() {
        return detail;
    }
}
