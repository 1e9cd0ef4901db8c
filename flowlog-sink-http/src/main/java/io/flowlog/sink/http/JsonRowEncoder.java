// benchmarks: EncodeBenchmark
package io.flowlog.sink.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import io.flowlog.parser.LineView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows as JSON lines to its buffer. {@link PlainRow} writes rows that need no escape. A row that contains a quote, a
 * backslash, a control character or a byte outside ASCII takes a slower path, which escapes it. A plain row allocates
 * nothing. Not safe for use by several threads.
 */
final class JsonRowEncoder {
    private static final int MAX_TIME_DIGITS = 19;
    private static final byte[] QUOTE = {'"'};

    /** {@code ,"field":"source-}, or empty when records carry no id. */
    private final byte[] idHead;

    /** What follows the id's head and the one in the frame. */
    private final RecordIds ids;

    /** {@code ,"sample-rate":N}; empty when records are not sampled. */
    private final byte[] sampleTail;

    private final RecordFrame frame;
    private final boolean omitAbsent;
    private final boolean withParts;
    /** Upper bound of all that is written besides the columns. */
    private final int around;

    private final LineView line = new LineView();
    private byte[] out;
    private int size;
    private @Nullable ColumnPlan plan;
    private final LineParts parts = new LineParts();

    JsonRowEncoder(int capacity) {
        this(
                capacity,
                new byte[0],
                RecordIds.LINE_NUMBERS,
                new byte[0],
                RecordFrame.of(RecordFrame.Kind.LINES, ""),
                false,
                false);
    }

    JsonRowEncoder(
            int capacity,
            byte[] idHead,
            RecordIds ids,
            byte[] sampleTail,
            RecordFrame frame,
            boolean omitAbsent,
            boolean withParts) {
        this.withParts = withParts;
        this.frame = frame;
        this.omitAbsent = omitAbsent;
        this.out = new byte[capacity];
        this.idHead = idHead;
        this.ids = ids;
        this.sampleTail = sampleTail;
        this.around = frame.maxBytes()
                + sampleTail.length
                + idHead.length
                + 2 * ids.maxBytes()
                + MAX_TIME_DIGITS
                + PlainRow.SLACK;
    }

    /** The text that marks a record as one of those that a sample has kept. */
    static byte[] sampleTail(int rate) {
        return (",\"" + Sampling.FIELD + "\":" + rate).getBytes(StandardCharsets.US_ASCII);
    }

    /** The text in front of a record's line number when records carry an id. */
    static byte[] idHead(String field, String sourceId) {
        return (",\"" + new String(JsonStringEncoder.getInstance().quoteAsString(field)) + "\":\"" + sourceId + "-")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The buffer; valid up to {@link #size()} and until the next {@link #append}. */
    byte[] bytes() {
        return out;
    }

    int size() {
        return size;
    }

    /** Of what the lines in the buffer consist; valid as long as {@link #bytes()} are. Empty if parts are not wanted. */
    LineParts parts() {
        return parts;
    }

    /** Forgets the first bytes and moves the rest to the front. */
    void drop(int bytes) {
        System.arraycopy(out, bytes, out, 0, size - bytes);
        size -= bytes;
        parts.drop(bytes);
    }

    /** Appends one line, with its line end, and returns its length in bytes. */
    int append(FlowLogRow row) {
        return append(row, false);
    }

    /** Appends one line, marked as one of a sample or not. */
    int append(FlowLogRow row, boolean sampled) {
        FlowLogFormat format = row.format();
        ColumnPlan columns = plan;
        if (columns == null || columns.format != format) {
            columns = new ColumnPlan(format, omitAbsent);
            plan = columns;
        }
        line.show(row);
        int length = line.ends()[line.firstEnd() + columns.size - 1] - line.start();
        reserve(columns.fixedBytes + length + around);
        parts.reserve(columns.size + 3);
        int from = size;
        int object = frame.isEmpty() ? from : begin(row, columns);
        if (line.isPlain()) {
            size = PlainRow.write(line, columns, withParts ? parts : null, out, size);
        } else {
            exact(columns);
            reserve(around);
        }
        if (sampled) {
            put(sampleTail);
        }
        if (idHead.length > 0) {
            note(LineParts.part(columns.size, size, idHead.length));
            appendId(row.lineNumber());
        }
        // Every member begins with a comma, so that any of them can be the first.
        out[object] = '{';
        size = Math.max(size, object + 1);
        out[size++] = '}';
        put(frame.close);
        out[size++] = '\n';
        return size - from;
    }

    /** Writes what a lake wants before a record, and returns where the record's object begins. */
    private int begin(FlowLogRow row, ColumnPlan columns) {
        if (frame.beforeId.length > 0) {
            note(LineParts.part(columns.size + 1, size, frame.beforeId.length));
            put(frame.beforeId);
            size += ids.write(row.lineNumber(), out, size);
        }
        int before = size;
        put(frame.lead);
        int object = size;
        put(frame.first);
        long seconds = RecordFrame.seconds(row, columns.endColumn, columns.startColumn);
        if (seconds >= 0) {
            put(frame.timeHead);
            note(LineParts.part(columns.size + 2, before, size - before));
            size += Decimals.write(seconds, out, size);
            if (seconds > 0) {
                put(frame.timeTail);
            }
        }
        if (frame.nested.length == 0) {
            return object;
        }
        put(frame.nested);
        out[object] = '{';
        return size;
    }

    private void put(byte[] bytes) {
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
    }

    private void reserve(int bytes) {
        if (out.length - size < bytes) {
            out = Arrays.copyOf(out, Math.max(size + bytes, out.length * 2));
        }
    }

    private void exact(ColumnPlan plan) {
        byte[] in = line.bytes();
        int start = line.start();
        for (int column = 0; column < plan.size; column++) {
            int end = line.ends()[line.firstEnd() + column];
            int i = column * ColumnPlan.STRIDE;
            if (end - start == 1 && in[start] == '-') {
                int from = plan.absentStarts[column];
                note(plan.columns[i + ColumnPlan.ABSENT_PART] + (size - from));
                append(plan.absents, from, plan.absentStarts[column + 1] - from);
            } else {
                note(plan.columns[i + ColumnPlan.VALUE_PART] | size);
                append(plan.heads[column], 0, plan.heads[column].length);
                if (plan.columns[i + ColumnPlan.QUOTE] == 0) {
                    int first = PlainRow.skipZeros(in, start, end);
                    append(in, first, end - first);
                } else {
                    byte[] quoted = quoted(new String(in, start, end - start, StandardCharsets.UTF_8));
                    append(quoted, 0, quoted.length);
                    append(QUOTE, 0, 1);
                }
            }
            start = end + 1;
        }
    }

    private void note(long part) {
        if (withParts) {
            parts.parts[parts.count++] = part;
        }
    }

    /** As jackson-core's generator writes it: characters beyond the Basic Multilingual Plane as escaped pairs. */
    private static byte[] quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        for (char c : JsonStringEncoder.getInstance().quoteAsString(text)) {
            if (Character.isSurrogate(c)) {
                quoted.append("\\u").append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            } else {
                quoted.append(c);
            }
        }
        return quoted.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(byte[] bytes, int from, int count) {
        reserve(count + PlainRow.SLACK);
        System.arraycopy(bytes, from, out, size, count);
        size += count;
    }

    private void appendId(long lineNumber) {
        System.arraycopy(idHead, 0, out, size, idHead.length);
        size += idHead.length;
        size += ids.write(lineNumber, out, size);
        out[size++] = '"';
    }
}
