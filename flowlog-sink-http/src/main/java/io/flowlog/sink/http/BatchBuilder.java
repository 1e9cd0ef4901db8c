package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogRow;
import java.util.concurrent.Executor;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Divides the rows of one source into batches, which depend only on the rows and the settings. A batch is closed when a row
 * does not fit into it, so the last batch stays open until the source has proved to be intact. Not safe for use by
 * several threads. With an executor, a second thread compresses the
 * batches, and a batch is returned before all of it is compressed.
 */
final class BatchBuilder implements AutoCloseable {
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final LineParts NO_PARTS = new LineParts();

    private final String sourceHex;
    private final Compression compression;
    private final Lake lake;
    private final long maxBytes;
    private final int maxRecords;
    private final JsonRowEncoder encoder;
    private final Compressor compressor;
    private final CRC32 crc = new CRC32();

    private LineRuns lines = new LineRuns();
    /** Bytes of the open batch that went to the writer; the rest is at the start of the encoder's buffer. */
    private long written;

    private int lineEnds;
    /** The open batch is one record that the lake would cut off. No other record may be in a batch that is not sent. */
    private boolean isCut;

    BatchBuilder(SourceId source, String recordIdField, Compression compression, long maxBytes, int maxRecords) {
        this(source, recordIdField, 1, Lake.DASSANA, false, compression, maxBytes, maxRecords, null);
    }

    BatchBuilder(
            SourceId source,
            String recordIdField,
            int sampleRate,
            Lake lake,
            boolean omitAbsent,
            Compression compression,
            long maxBytes,
            int maxRecords,
            @Nullable Executor secondThread) {
        this.sourceHex = source.hex().orElse("");
        this.compression = compression;
        this.lake = lake;
        this.maxBytes = Math.min(maxBytes, lake.maxBytes()) - (lake.isArray() ? 1 : 0);
        this.maxRecords = Math.min(maxRecords, lake.maxRecords());
        boolean withId = !recordIdField.isEmpty() && !sourceHex.isEmpty();
        encoder = new JsonRowEncoder(
                BLOCK_BYTES + 8 * 1024,
                withId ? JsonRowEncoder.idHead(recordIdField, source.recordSource()) : new byte[0],
                source.recordIds(),
                JsonRowEncoder.sampleTail(sampleRate),
                RecordFrame.of(lake.frame(), source.recordSource()),
                omitAbsent,
                compression == Compression.GZIP);
        compressor = new Compressor(compression.newWriter(), compression == Compression.NONE ? null : secondThread);
    }

    /** Adds a row, and returns the batch that it closed. */
    @Nullable
    Batch add(FlowLogRow row) {
        return add(row, false);
    }

    /** Adds a row, marked as one of a sample or not, and returns the batch that it closed. */
    @Nullable
    Batch add(FlowLogRow row, boolean sampled) {
        int before = encoder.size();
        int length = encoder.append(row, sampled);
        Batch closed = null;
        boolean cut = length >= lake.maxRecordBytes();
        if (lines.records() > 0
                && (written + before + length > maxBytes || lines.records() == maxRecords || cut || isCut)) {
            closed = close(before);
        }
        isCut = cut;
        lines.add(row.lineNumber());
        if (encoder.size() >= BLOCK_BYTES) {
            drain(encoder.size());
        }
        return closed;
    }

    /** Closes the open batch; null when it has no records. */
    @Nullable
    Batch last() {
        return lines.records() == 0 ? null : close(encoder.size());
    }

    /** The lines of the open batch, which is not part of any batch returned; null when it has no records. */
    @Nullable
    LineRange openLines() {
        return lines.records() == 0 ? null : new LineRange(lines.first(), lines.last());
    }

    /** How many records the open batch has. */
    int openRecords() {
        return lines.records();
    }

    private Batch close(int bytes) {
        drain(bytes);
        if (lake.isArray()) {
            crc.update(']');
            compressor.write(new byte[] {']'}, 1, NO_PARTS, 0);
            written++;
        }
        int value = (int) crc.getValue();
        Batch batch = new Batch(
                sourceHex, compression, lake, lines, compressor.finish(value, written), written, value, lineEnds);
        lines = new LineRuns();
        crc.reset();
        written = 0;
        lineEnds = 0;
        return batch;
    }

    private void drain(int bytes) {
        byte[] block = encoder.bytes();
        if (lake.isArray() && written == 0) {
            block[0] = '[';
        }
        crc.update(block, 0, bytes);
        lineEnds += Newlines.count(block, 0, bytes);
        compressor.write(block, bytes, encoder.parts(), encoder.parts().before(bytes));
        written += bytes;
        encoder.drop(bytes);
    }

    @Override
    public void close() {
        compressor.close();
    }
}
