package io.flowlog.parser;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * A regular file as a stream that {@link FlowLogReader} can also read at any position, for example a Parquet file. The
 * caller that opens it closes it. For one thread.
 */
public final class FlowLogFile extends InputStream implements RandomAccessInput {
    private final FileChannel channel;
    private final InputStream stream;

    private FlowLogFile(FileChannel channel) {
        this.channel = channel;
        this.stream = Channels.newInputStream(channel);
    }

    /**
     * Opens a file.
     *
     * @param file a regular file
     * @param more options beside reading, such as {@link StandardOpenOption#DELETE_ON_CLOSE}
     * @return the open file
     * @throws IOException if it cannot be opened
     */
    public static FlowLogFile open(Path file, OpenOption... more) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(more));
        options.add(StandardOpenOption.READ);
        return new FlowLogFile(FileChannel.open(file, options));
    }

    @Override
    public int read() throws IOException {
        return stream.read();
    }

    @Override
    public int read(byte[] target, int at, int max) throws IOException {
        return stream.read(target, at, max);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void readFully(long position, ByteBuffer target) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, next);
            if (count < 0) {
                throw new EOFException("the file ends at byte " + next + "; it was cut off while it was being read");
            }
            next += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
