package io.flowlog.parquet;

import java.nio.ByteBuffer;

/**
 * Checks a structure of the Thrift compact protocol before it is read: every size in it must fit into the bytes that follow.
 * hardwood allocates what a size says, and repeats what a count says, before it has seen the bytes.
 *
 * @see <a href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">Thrift compact protocol</a>
 */
final class ThriftBounds {
    private static final int DEEPEST = 32;

    private final ByteBuffer bytes;
    /** The fields of the outermost structure, of which those above 63 are left out. */
    private long fields;

    private ThriftBounds(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The structure does not end within the bytes. */
    static final class Incomplete extends Exception {
        private static final long serialVersionUID = 1L;

        Incomplete() {
            super("the structure does not end within the bytes", null, false, false);
        }
    }

    /**
     * The length of the structure that begins at the position of the buffer.
     *
     * @throws Incomplete if more bytes are needed, or a size is too large for any number of bytes
     * @throws IllegalArgumentException if it is not a structure
     */
    static int length(ByteBuffer bytes) throws Incomplete {
        ByteBuffer rest = bytes.slice();
        new ThriftBounds(rest).struct(0);
        return rest.position();
    }

    /**
     * The numbers of the fields of a structure that has all bytes of the buffer, as bits.
     *
     * @throws Incomplete if more bytes are needed
     * @throws IllegalArgumentException if it is not a structure, or ends before the last byte
     */
    static long fields(ByteBuffer bytes) throws Incomplete {
        ByteBuffer rest = bytes.slice();
        ThriftBounds bounds = new ThriftBounds(rest);
        bounds.struct(0);
        if (rest.hasRemaining()) {
            throw new IllegalArgumentException(rest.remaining() + " bytes after its end");
        }
        return bounds.fields;
    }

    private void struct(int depth) throws Incomplete {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("more than " + DEEPEST + " structures within each other");
        }
        long id = 0;
        while (true) {
            int header = one();
            if ((header & 0x0f) == 0) {
                return;
            }
            if (header >> 4 == 0) {
                long zigzag = varint();
                id = zigzag >>> 1 ^ -(zigzag & 1);
            } else {
                id += header >> 4;
            }
            if (depth == 0 && id >= 0 && id < Long.SIZE) {
                fields |= 1L << id;
            }
            value(header & 0x0f, depth, false);
        }
    }

    private void value(int type, int depth, boolean element) throws Incomplete {
        switch (type) {
            case 1, 2 -> skip(element ? 1 : 0);
            case 3 -> skip(1);
            case 4, 5, 6 -> varint();
            case 7 -> skip(8);
            case 8 -> skip(varint());
            case 9, 10 -> list(depth);
            case 11 -> map(depth);
            case 12 -> struct(depth + 1);
            default -> throw new IllegalArgumentException("unknown type " + type);
        }
    }

    private void list(int depth) throws Incomplete {
        int header = one();
        long size = header >> 4 == 15 ? varint() : header >> 4;
        requireElements(size);
        for (long i = 0; i < size; i++) {
            value(header & 0x0f, depth, true);
        }
    }

    private void map(int depth) throws Incomplete {
        long size = varint();
        requireElements(size);
        if (size > 0) {
            int types = one();
            for (long i = 0; i < size; i++) {
                value(types >> 4, depth, true);
                value(types & 0x0f, depth, true);
            }
        }
    }

    /** Every element has at least one byte. */
    private void requireElements(long size) throws Incomplete {
        if (size < 0 || size > bytes.remaining()) {
            throw new Incomplete();
        }
    }

    private void skip(long count) throws Incomplete {
        if (count < 0 || count > bytes.remaining()) {
            throw new Incomplete();
        }
        bytes.position(bytes.position() + (int) count);
    }

    private int one() throws Incomplete {
        if (!bytes.hasRemaining()) {
            throw new Incomplete();
        }
        return bytes.get() & 0xff;
    }

    private long varint() throws Incomplete {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = one();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 10 bytes");
    }
}
