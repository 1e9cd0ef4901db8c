package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogRow;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes rows as JSON lines to a stream, byte for byte as {@link HttpSink} sends them: one flat object a row, the
 * columns in their order under AWS's names, {@code -} as {@code null}, integer columns as numbers, the rest as strings,
 * {@code \n} after every line. Any bytes become valid JSON: what is not UTF-8 is written as U+FFFD.
 *
 * <p>Not safe for use by several threads. Whoever makes it closes it, which closes the stream too.
 */
public final class NdjsonWriter implements Closeable, Flushable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final OutputStream out;
    private final JsonRowEncoder encoder = new JsonRowEncoder(CHUNK_BYTES + 8 * 1024);
    private long records;

    /**
     * A writer on top of a stream, which needs no buffer of its own.
     *
     * @param out receives the lines
     */
    public NdjsonWriter(OutputStream out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    /**
     * Writes one row; a {@link io.flowlog.parser.FlowLogRecord} is one too.
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
     * The JSON object of one row, as this class writes it but without the line end. For single records; to write many, a
     * writer is faster.
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
     * Hands everything written so far to the stream and flushes it.
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
