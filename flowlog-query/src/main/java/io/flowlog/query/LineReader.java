package io.flowlog.query;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Lines of a file, gzip or plain, with a limit for their length. A damaged gzip file is an error, never an end. */
final class LineReader implements Closeable {
    /** A longer line is skipped to its end. */
    static final int MAX_LENGTH = 1 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private byte[] line = new byte[4096];
    private int length;
    private boolean tooLong;
    private long number;

    /**
     * Creates a reader.
     *
     * @param name the name of the file in errors
     * @param file the bytes as stored; closed by {@link #close()}
     */
    LineReader(String name, InputStream file) throws IOException {
        this.name = name;
        BufferedInputStream stored = new BufferedInputStream(file, BUFFER_BYTES);
        try {
            stored.mark(2);
            boolean gzip = FirstBytes.isGzip(stored.readNBytes(2));
            stored.reset();
            in = gzip
                    ? GzipCompressorInputStream.builder()
                            .setInputStream(stored)
                            .setDecompressConcatenated(true)
                            .get()
                    : stored;
        } catch (IOException e) {
            file.close();
            throw damaged(e);
        }
    }

    /** Goes on to the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(position, end);
            position = end;
            if (end < limit) {
                position++;
                break;
            }
        }
        number += any ? 1 : 0;
        return any;
    }

    private void append(int from, int to) {
        int count = to - from;
        if (length + count > MAX_LENGTH) {
            tooLong = true;
            length = 0;
        }
        if (!tooLong) {
            if (length + count > line.length) {
                line = Arrays.copyOf(line, Math.max(length + count, line.length * 2));
            }
            System.arraycopy(buffer, from, line, length, count);
            length += count;
        }
    }

    private boolean fill() throws IOException {
        try {
            position = 0;
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
            return limit > 0;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private IOException damaged(IOException e) {
        String why = e instanceof EOFException ? "gzip data are cut short" : e.getMessage();
        return new IOException(name + ": " + why, e);
    }

    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** Whether the line was longer than {@link #MAX_LENGTH}; its bytes are gone then. */
    boolean isTooLong() {
        return tooLong;
    }

    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] > ' ' || line[i] < 0) {
                return false;
            }
        }
        return !tooLong;
    }

    /** From 1. */
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
