package io.flowlog.parquet;

import io.flowlog.parser.RandomAccessInput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A part of the file that is read forwards, a window at a time. A small part is read at once. */
final class ChunkBytes {
    private final RandomAccessInput file;
    private final MemoryShare memory;
    private final int window;
    private final long end;
    private byte[] bytes = {};
    private long start;
    private int length;
    private boolean isShared;

    /**
     * A part that is read when it is asked for.
     *
     * @param window the bytes to read at a time
     */
    ChunkBytes(RandomAccessInput file, MemoryShare memory, long start, long end, int window) {
        this.file = file;
        this.memory = memory;
        this.start = start;
        this.end = end;
        this.window = window;
    }

    /** A part of what is in memory here, up to a position; it uses the memory of this one. */
    ChunkBytes part(long to) {
        ChunkBytes part = new ChunkBytes(file, memory, start, to, window);
        part.bytes = bytes;
        part.length = (int) (to - start);
        part.isShared = true;
        return part;
    }

    /** The position after the last byte. */
    long end() {
        return end;
    }

    /**
     * Some bytes. The buffer is valid until the next call.
     *
     * @param position where they begin; not before the last call's
     * @param count how many; they are within the part
     */
    ByteBuffer at(long position, int count) throws IOException {
        if (position < start || position + count > start + length) {
            read(position, (int) Math.min(end - position, Math.max(window, count)));
        }
        return ByteBuffer.wrap(bytes, (int) (position - start), count);
    }

    private void read(long position, int count) throws IOException {
        if (bytes.length < count) {
            memory.add(count - bytes.length);
            bytes = new byte[count];
        }
        length = 0;
        start = position;
        file.readFully(position, ByteBuffer.wrap(bytes, 0, count));
        length = count;
    }

    /** Gives back the memory. */
    void release() throws IOException {
        if (!isShared) {
            memory.add(-bytes.length);
        }
        bytes = new byte[0];
        length = 0;
    }
}
