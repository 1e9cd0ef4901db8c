package io.flowlog.parser;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes that can be read at any position, as a Parquet file requires: its columns are described at its end.
 *
 * <p>An {@link java.io.InputStream} that also implements this interface can be read as Parquet by {@link FlowLogReader}. The
 * position of the stream and the positions here are independent. All reads return bytes of the same content, even if the
 * file or the object is replaced meanwhile; otherwise they throw. For one thread.
 */
public interface RandomAccessInput {
    /**
     * The number of bytes.
     *
     * @return 0 or more
     * @throws IOException if it cannot be found out
     */
    long size() throws IOException;

    /**
     * Reads bytes until the target is full.
     *
     * @param position the position of the first byte, from 0
     * @param target filled from its position to its limit
     * @throws java.io.EOFException if the content ends before that
     * @throws IOException if the bytes cannot be read
     */
    void readFully(long position, ByteBuffer target) throws IOException;
}
