package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.FlowLogRow;
import io.flowlog.sink.http.RecordSelection.Choice;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Converts flow logs to the JSON lines that an {@link HttpSink} with the same settings sends, and sends nothing. The record
 * id field, the filter, the sample and {@code omitAbsent} apply. What a lake wants around a record does not: the lines are
 * those of {@link Lake#NDJSON}.
 *
 * <p>{@link HttpSink.Builder#jsonLines()} creates it. Immutable and safe for use by multiple threads.
 */
public final class JsonLines {
    private static final int CHUNK_BYTES = 64 * 1024;
    /** Small, because many sources have a single line. The buffer grows. */
    private static final int FIRST_BYTES = 2 * 1024;

    private final String recordIdField;
    private final @Nullable FlowLogFilter filter;
    private final Sampling sampling;
    private final boolean omitAbsent;

    JsonLines(String recordIdField, @Nullable FlowLogFilter filter, Sampling sampling, boolean omitAbsent) {
        this.recordIdField = recordIdField;
        this.filter = filter;
        this.sampling = sampling;
        this.omitAbsent = omitAbsent;
    }

    /**
     * What became of the records that a conversion read.
     *
     * @param written the number of records that were written
     * @param filtered the number of records that the filter did not keep
     * @param sampledOut the number of records that the filter kept and the sample did not
     */
    public record Counts(long written, long filtered, long sampledOut) {}

    /**
     * Converts the remaining records of a reader. Each line ends with {@code \n}.
     *
     * @param source where the records come from; its id becomes part of the record ids
     * @param reader read to the end, and not closed
     * @param out receives the lines; it is not closed
     * @return the counts of a conversion that has reached the end
     * @throws IOException if the reader or the stream throws it. What was written until then must not be used
     * @throws IllegalArgumentException if the source has a column that the settings add to records, if the filter has a
     *     field that the source lacks and AWS does not document, or if records are sampled and the source has no id
     */
    public Counts convert(SourceId source, FlowLogReader reader, OutputStream out) throws IOException {
        Objects.requireNonNull(out, "out");
        boolean hasIds = source.hex().isPresent();
        if (sampling.active() && !hasIds) {
            throw new IllegalArgumentException(
                    "sampling requires a source with an id: a sample is chosen by record ids");
        }
        String idField = hasIds ? recordIdField : "";
        RecordSelection selection = new RecordSelection(filter, sampling, source);
        JsonRowEncoder encoder = new JsonRowEncoder(
                FIRST_BYTES,
                idField.isEmpty() ? new byte[0] : JsonRowEncoder.idHead(idField, source.recordSource()),
                source.recordIds(),
                JsonRowEncoder.sampleTail(sampling.rate()),
                RecordFrame.of(RecordFrame.Kind.LINES, ""),
                omitAbsent,
                false);
        FlowLogFormat checked = null;
        long written = 0;
        while (reader.advance()) {
            FlowLogRow row = reader.row();
            if (row.format() != checked) {
                checked = row.format();
                check(checked, idField, selection);
            }
            Choice choice = selection.choose(row);
            if (choice != Choice.DROPPED) {
                encoder.append(row, choice == Choice.SENT_AS_SAMPLE);
                written++;
                if (encoder.size() >= CHUNK_BYTES) {
                    drain(encoder, out);
                }
            }
        }
        drain(encoder, out);
        return new Counts(written, selection.filtered(), selection.sampledOut());
    }

    private void check(FlowLogFormat format, String idField, RecordSelection selection) {
        String conflict = ColumnConflicts.find(format, idField, sampling, Lake.NDJSON);
        if (conflict != null) {
            throw new IllegalArgumentException(conflict);
        }
        selection.check(format);
    }

    private static void drain(JsonRowEncoder encoder, OutputStream out) throws IOException {
        out.write(encoder.bytes(), 0, encoder.size());
        encoder.drop(encoder.size());
    }
}
