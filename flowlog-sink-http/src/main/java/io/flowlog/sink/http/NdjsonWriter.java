package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogRow;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes rows as JSON lines to a stream, exactly as {@link HttpSink} sends them. Each row is one flat object with the columns
 * in the order of the format, under AWS's names. {@code -} is {@code null}, integer columns are numbers, and all other
 * columns are strings. Every line ends with {@code \n}. Any bytes become valid JSON: bytes that are not valid UTF-8 become
 * U+FFFD.
 *
 * <p>Not safe for use by several threads. The caller that creates a writer must close it, which also closes the stream.
 */
public final class NdjsonWriter implements Closeable, Flushable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final OutputStream out;
    private final JsonRowEncoder encoder = new JsonRowEncoder(CHUNK_BYTES + 8 * 1024);
    private long records;

    /**
     * Creates a writer. The stream does not need a buffer.
     *
     * @param out receives the lines
     */
    public NdjsonWriter(OutputStream out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    /**
     * Writes one row. A {@link io.flowlog.parser.FlowLogRecord} is also a row.
     *
     * @param row the row, read before this method returns
     * @throws IOException when the stream fails
     */
    public void write(FlowLogRow row) throws IOException {
        encoder.append(row);
        records++;
        if (encoder.size() >= CHUNK_BYTES) {
            drain();
        }
    }

    /**
     * Returns the JSON object of one row, as this class writes it, without the line end. To convert many rows, a writer is
     * faster.
     *
     * @param row the row or record
     * @return the JSON object
     */
    public static String toJson(FlowLogRow row) {
        JsonRowEncoder encoder = new JsonRowEncoder(1024);
        int length = encoder.append(row);
        return new String(encoder.bytes(), 0, length - 1, StandardCharsets.UTF_8);
    }

    /**
     * The number of rows written so far.
     *
     * @return 0 or more
     */
    public long records() {
        return records;
    }

    /**
     * Passes everything written so far to the stream and flushes the stream.
     *
     * @throws IOException when the stream fails
     */
    @Override
    public void flush() throws IOException {
        drain();
        out.flush();
    }

    /**
     * Flushes, and closes the stream.
     *
     * @throws IOException when the stream fails
     */
    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }

    private void drain() throws IOException {
        out.write(encoder.bytes(), 0, encoder.size());
        encoder.drop(encoder.size());
    }
}
