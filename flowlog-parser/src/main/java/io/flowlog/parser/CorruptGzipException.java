package io.flowlog.parser;

import java.io.IOException;

/**
 * The gzip file is cut short or damaged: what was read up to here may be all there is, or may be wrong.
 *
 * <p>Thrown for a member (RFC 1952) that ends early, whose data, CRC-32 or length is wrong, whose header is none, and for
 * anything else than another member after a member's end: padding and junk too. Records that were read before are not
 * proved until the reader has said that there are no more. Reading the same file again does not help; fetching it again may.
 */
public final class CorruptGzipException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final long member;
    private final long offset;

    CorruptGzipException(String source, long member, long offset, String expected, String found) {
        super(source + ", gzip member " + member + ", compressed byte " + offset + ": expected " + expected + ", found "
                + found);
        this.source = source;
        this.member = member;
        this.offset = offset;
    }

    /**
     * Which input is damaged.
     *
     * @return the name of the file or stream as the reader was given it
     */
    public String source() {
        return source;
    }

    /**
     * The gzip member in which the damage was met.
     *
     * @return a number from 1; most files have one member
     */
    public long member() {
        return member;
    }

    /**
     * Where the damage was met, which is at or after the place where it is.
     *
     * @return the number of compressed bytes before it, from 0
     */
    public long offset() {
        return offset;
    }
}
