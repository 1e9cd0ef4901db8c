package io.flowlog.parser;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a gzip file (RFC 1952) with any number of members, and reports the end only if all of it was valid.
 *
 * <p>{@code java.util.zip.GZIPInputStream} is not used because it treats a pause between members (JDK 17), a damaged second
 * header, and any bytes after a member as the end of the file.
 */
final class GzipInput implements Closeable {
    /** Longest file name or comment in a member's header, in bytes; the RFC has no limit. */
    static final int MAX_HEADER_TEXT = 64 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int DEFLATE = 8;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int FLAGS_RESERVED = 0xe0;

    private final InputStream in;
    private final String name;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer;
    private long bufferOffset;
    private int position;
    private int limit;

    private long member;
    private boolean inData;
    private boolean ended;
    private long memberBytes;
    private long bytesOut;
    private @Nullable IOException failure;

    /**
     * Creates the input. The first bytes have already been read to recognise gzip.
     *
     * @param in the rest of the file; the caller closes it
     * @param first the bytes that were read before
     * @param firstLength the number of these bytes in {@code first}
     * @param name the name of the file in errors
     */
    GzipInput(InputStream in, byte[] first, int firstLength, String name) {
        this.in = in;
        this.name = name;
        this.buffer = new byte[Math.max(BUFFER_BYTES, firstLength)];
        System.arraycopy(first, 0, buffer, 0, firstLength);
        this.limit = firstLength;
    }

    /**
     * Decompresses some bytes.
     *
     * @return the number of bytes, at least 1 if {@code length} is; -1 at the end, if the input was complete
     * @throws CorruptGzipException if it is damaged or ends early, now and on every later call
     * @throws IOException if it cannot be read
     */
    int read(byte[] target, int at, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            return inflateMembers(target, at, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** The number of bytes that {@link #read} has returned so far. */
    long bytesOut() {
        return bytesOut;
    }

    /** The number of members that have begun so far. */
    long members() {
        return member;
    }

    /** Frees the memory of the inflater. The caller closes the stream. */
    @Override
    public void close() {
        inflater.end();
        if (failure == null) {
            failure = new IOException(name + ": closed");
        }
    }

    private int inflateMembers(byte[] target, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (inData || openMember()) {
            int count = inflate(target, at, length);
            if (count > 0) {
                crc.update(target, at, count);
                memberBytes += count;
                bytesOut += count;
                return count;
            }
            closeMember();
        }
        return -1;
    }

    /** Reads a member's header; false at the end of the input. */
    private boolean openMember() throws IOException {
        if (ended || position == limit && !fill()) {
            ended = true;
            return false;
        }
        member++;
        crc.reset();
        expectMagic();
        int method = headerByte();
        if (method != DEFLATE) {
            throw corrupt(position - 1, "compression method 8 (deflate)", "method " + method);
        }
        int flags = headerByte();
        if ((flags & FLAGS_RESERVED) != 0) {
            throw corrupt(position - 1, "header flags whose reserved bits are 0", hex(flags, 2));
        }
        for (int i = 0; i < 6; i++) {
            headerByte(); // time (4 bytes), extra flags, operating system
        }
        if ((flags & FLAG_EXTRA) != 0) {
            for (int rest = headerByte() | headerByte() << 8; rest > 0; rest--) {
                headerByte();
            }
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText("file name");
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText("comment");
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            int actual = (int) crc.getValue() & 0xffff;
            int stored = headerByte() | headerByte() << 8;
            if (stored != actual) {
                throw corrupt(position - 2, "header CRC-16 " + hex(actual, 4), hex(stored, 4));
            }
        }
        crc.reset();
        memberBytes = 0;
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        inData = true;
        return true;
    }

    private void expectMagic() throws IOException {
        int first = headerByte();
        if (first != 0x1f) {
            throw corrupt(
                    position - 1,
                    member == 1 ? "a gzip header (0x1f8b)" : "another gzip member (0x1f8b) or the end of the input",
                    hex(first, 2) + (first == 0 ? " (padding)" : ""));
        }
        int second = headerByte();
        if (second != 0x8b) {
            throw corrupt(position - 2, "a gzip header (0x1f8b)", hex(first << 8 | second, 4));
        }
    }

    private void skipText(String what) throws IOException {
        for (int length = 0; headerByte() != 0; length++) {
            if (length == MAX_HEADER_TEXT) {
                throw corrupt(position - 1, "a " + what + " of at most " + MAX_HEADER_TEXT + " bytes", "a longer one");
            }
        }
    }

    /** Inflates into the target; 0 when the member's data have ended. */
    private int inflate(byte[] target, int at, int length) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(target, at, length);
                if (count > 0 || inflater.finished()) {
                    return count;
                }
                if (!inflater.needsInput()) {
                    throw corrupt(limit - inflater.getRemaining(), "deflate data", "data that need a dictionary");
                }
                if (!fill()) {
                    throw corrupt(limit, "more deflate data", "the end of the input: it is cut short");
                }
                inflater.setInput(buffer, 0, limit);
            }
        } catch (DataFormatException e) {
            CorruptGzipException corrupt = corrupt(
                    limit - inflater.getRemaining(),
                    "deflate data",
                    e.getMessage() == null ? "something else" : "damaged data (" + e.getMessage() + ")");
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    /** Checks what follows a member's data: its CRC-32 and its length modulo 2^32. */
    private void closeMember() throws IOException {
        inData = false;
        position = limit - inflater.getRemaining();
        int actualCrc = (int) crc.getValue();
        int storedCrc = trailerInt("the CRC-32");
        if (storedCrc != actualCrc) {
            throw corrupt(position - 4, "CRC-32 " + hex(actualCrc, 8), hex(storedCrc, 8));
        }
        int storedLength = trailerInt("the length");
        if (storedLength != (int) memberBytes) {
            throw corrupt(
                    position - 4, "length " + (memberBytes & 0xffffffffL), Long.toString(storedLength & 0xffffffffL));
        }
    }

    private int trailerInt(String what) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= nextByte(what) << shift;
        }
        return value;
    }

    private int headerByte() throws IOException {
        int value = nextByte("the rest of the header");
        crc.update(value);
        return value;
    }

    private int nextByte(String what) throws IOException {
        if (position == limit && !fill()) {
            throw corrupt(limit, what, "the end of the input: it is cut short");
        }
        return buffer[position++] & 0xff;
    }

    /** Replaces the buffer, of which all is used up; false at the end of the input. */
    private boolean fill() throws IOException {
        bufferOffset += limit;
        position = 0;
        limit = 0;
        int count = in.read(buffer, 0, buffer.length);
        if (count == 0) {
            int single = in.read(); // a stream that breaks its contract: this one has to wait
            count = single < 0 ? -1 : 1;
            buffer[0] = (byte) single;
        }
        limit = Math.max(count, 0);
        return count > 0;
    }

    private CorruptGzipException corrupt(int at, String expected, String found) {
        return new CorruptGzipException(name, member, bufferOffset + at, expected, found);
    }

    private static String hex(int value, int digits) {
        String text = Integer.toHexString(value);
        return "0x" + "0".repeat(digits - text.length()) + text;
    }
}
