package io.flowlog.parser;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The input as windows of complete lines. It decompresses gzip and reads Parquet as lines, both of which it recognises by
 * the first bytes, skips a byte order mark, and completes a last line that has no line end. It keeps one buffer in memory,
 * and of a line at most the limit.
 */
final class LineSource implements Closeable {
    /** What {@link #next()} found. */
    enum Found {
        /** {@code bytes[start..end)} are complete lines. */
        LINES,
        /** One line was longer than the limit and has been skipped; its beginning is in {@code bytes[start..end)}. */
        TOO_LONG_LINE,
        END
    }

    /** Bytes that the buffer holds at first: large enough for the reads of the input to be cheap. */
    private static final int BUFFER = 32 * 1024;
    /** Bytes of a window, and the rest of its last line. A window and its index fit into the first cache of a processor. */
    private static final int WINDOW = 8 * 1024;
    /** Bytes before and after the data that may be read, whatever they are. */
    private static final int SLACK = DelimiterIndex.SLACK;

    private static final int SAMPLE = 4 * Text.LONGEST_SAMPLE;

    private final InputStream in;
    private final String name;
    private final int maxLineLength;
    private final long maxBytes;
    private @Nullable GzipInput gzip;
    private ParquetSupport.@Nullable Rows parquet;
    private boolean opened;
    private boolean ended;
    private @Nullable IOException failure;

    byte[] bytes = new byte[SLACK + BUFFER + SLACK];
    int start = SLACK;
    int end = SLACK;
    /** The end of the complete lines in the buffer. */
    private int complete = SLACK;
    /** The end of the data; what lies from {@link #complete} to here is a line not yet complete. */
    private int limit = SLACK;

    /** Up to here there is no line feed in the incomplete line. */
    private int searched;

    private long bytesRead;
    private long skippedLength;

    LineSource(InputStream in, String name, int maxLineLength, long maxBytes) {
        this.in = in;
        this.name = name;
        this.maxLineLength = maxLineLength;
        this.maxBytes = maxBytes;
    }

    /** Decompressed bytes taken so far. */
    long bytesRead() {
        return bytesRead;
    }

    /** The number of gzip members that have begun so far; 0 for plain text. */
    long gzipMembers() {
        return gzip == null ? 0 : gzip.members();
    }

    /** The rows of a Parquet file, which have no header line; null for text, and before the first {@link #next()}. */
    ParquetSupport.@Nullable Rows parquet() {
        return parquet;
    }

    /** The length of the line that was skipped last, without its line end. */
    long skippedLength() {
        return skippedLength;
    }

    /** Reads the next lines. After an error every call throws it again: damaged input never ends normally. */
    Found next() throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            return advance();
        } catch (IOException e) {
            throw fail(e);
        }
    }

    <T extends IOException> T fail(T error) {
        failure = error;
        return error;
    }

    private Found advance() throws IOException {
        if (!opened) {
            open();
        } else {
            start = end;
        }
        opened = true;
        if (start < complete) {
            return window();
        }
        while (true) {
            int lineFeed = lastLineFeed(Math.max(searched, start));
            searched = limit;
            if (lineFeed >= 0) {
                complete = lineFeed + 1;
                return window();
            }
            if (limit - start > maxLineLength + 1) {
                skipLine();
                return Found.TOO_LONG_LINE;
            }
            makeRoom();
            if (!read()) {
                if (limit == start) {
                    return Found.END;
                }
                bytes[limit++] = '\n';
                complete = limit;
                return window();
            }
        }
    }

    /** Ends the window with the line that reaches its size. */
    private Found window() {
        int last = start + WINDOW;
        while (last < complete && bytes[last] != '\n') {
            last++;
        }
        end = Math.min(last + 1, complete);
        return Found.LINES;
    }

    private int lastLineFeed(int from) {
        for (int i = limit - 1; i >= from; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Moves the incomplete line to the front, and enlarges the buffer if the line fills most of it. */
    private void makeRoom() {
        int kept = limit - start;
        int capacity = bytes.length - 2 * SLACK;
        byte[] target = kept > capacity / 2 ? new byte[2 * capacity + 2 * SLACK] : bytes;
        if (target != bytes || start != SLACK) {
            System.arraycopy(bytes, start, target, SLACK, kept);
        }
        bytes = target;
        start = SLACK;
        end = SLACK;
        complete = SLACK;
        limit = SLACK + kept;
        searched = limit;
    }

    /** Keeps the beginning of a long line as a sample and skips the rest of it, up to its line feed. */
    private void skipLine() throws IOException {
        byte[] sample = new byte[SAMPLE];
        int sampled = sample(sample, 0, limit);
        skippedLength = limit - start;
        byte last = bytes[limit - 1];
        int lineFeed = -1;
        while (lineFeed < 0) {
            start = SLACK;
            limit = SLACK;
            if (!read()) {
                break;
            }
            for (int i = start; i < limit && lineFeed < 0; i++) {
                lineFeed = bytes[i] == '\n' ? i : -1;
            }
            int lineEnd = lineFeed < 0 ? limit : lineFeed;
            sampled = sample(sample, sampled, lineEnd);
            skippedLength += lineEnd - start;
            last = lineEnd > start ? bytes[lineEnd - 1] : last;
        }
        if (last == '\r') {
            skippedLength--;
        }
        int rest = lineFeed < 0 ? limit : lineFeed + 1;
        placeSample(Arrays.copyOf(sample, (int) Math.min(sampled, skippedLength)), rest);
    }

    /** Fills up the sample with the bytes from {@link #start} on; the sample's new length. */
    private int sample(byte[] sample, int sampled, int to) {
        int count = Math.min(sample.length - sampled, to - start);
        System.arraycopy(bytes, start, sample, sampled, count);
        return sampled + count;
    }

    private void placeSample(byte[] sample, int rest) {
        int kept = limit - rest;
        byte[] target = new byte[Math.max(bytes.length, sample.length + kept + 2 * SLACK)];
        System.arraycopy(sample, 0, target, SLACK, sample.length);
        System.arraycopy(bytes, rest, target, SLACK + sample.length, kept);
        bytes = target;
        start = SLACK;
        end = SLACK + sample.length;
        complete = end;
        limit = end + kept;
        searched = end;
    }

    /** Appends the result of one read of the input; false at its end. */
    private boolean read() throws IOException {
        if (ended) {
            return false;
        }
        int room = bytes.length - SLACK - limit;
        int count = gzip != null ? gzip.read(bytes, limit, room) : text().read(bytes, limit, room);
        if (count < 0) {
            ended = true;
            return false;
        }
        limit += count;
        count(count);
        return true;
    }

    private InputStream text() {
        return parquet != null ? parquet : in;
    }

    private void count(int more) throws LimitExceededException {
        bytesRead += more;
        if (bytesRead > maxBytes) {
            throw new LimitExceededException(
                    LimitExceededException.Limit.TEXT,
                    name,
                    "expected at most " + maxBytes + " bytes of text, found more; raise the limit to read it");
        }
    }

    private void open() throws IOException {
        byte[] first = new byte[4];
        int count = in.readNBytes(first, 0, first.length);
        if (ParquetInput.isParquet(first, count)) {
            parquet = ParquetInput.open(in, name);
            return;
        }
        if (isGzip(first, 0, count)) {
            gzip = new GzipInput(in, first, count, name);
        } else {
            System.arraycopy(first, 0, bytes, start, count);
            limit += count;
            count(count);
        }
        while (limit - start < first.length && read()) {
            // The first four bytes identify the input, and they may arrive one at a time.
        }
        if (gzip != null && isGzip(bytes, start, limit)) {
            throw new NotAFlowLogException(
                    NotAFlowLogException.Kind.NESTED_GZIP,
                    name,
                    "expected text inside gzip, found gzip again; compress it once");
        }
        if (gzip != null && ParquetInput.isParquet(Arrays.copyOfRange(bytes, start, start + 4), limit - start)) {
            throw ParquetInput.insideGzip(name);
        }
        if (limit - start >= 3
                && bytes[start] == (byte) 0xEF
                && bytes[start + 1] == (byte) 0xBB
                && bytes[start + 2] == (byte) 0xBF) {
            start += 3;
            end = start;
        }
    }

    private static boolean isGzip(byte[] bytes, int from, int to) {
        return to - from >= 2 && bytes[from] == 0x1F && bytes[from + 1] == (byte) 0x8B;
    }

    @Override
    public void close() throws IOException {
        if (failure == null) {
            failure = new IOException(name + ": the reader is closed");
        }
        if (gzip != null) {
            gzip.close();
        }
        if (parquet != null) {
            parquet.close();
        }
        in.close();
    }
}
