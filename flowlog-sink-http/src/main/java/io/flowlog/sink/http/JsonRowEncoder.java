// benchmarks: EncodeBenchmark
package io.flowlog.sink.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows as JSON lines to its buffer. Values are copied unchanged, 16 bytes at a time. A row that contains a quote, a
 * backslash, a control character or a byte outside ASCII takes a slower path, which escapes it. A plain row allocates
 * nothing. Not safe for use by several threads.
 */
final class JsonRowEncoder {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Bytes that stores and loads of whole words may touch past the end of what they are meant for. */
    private static final int SLACK = 32;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x80 * ONES;
    private static final long SPACES = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final int MAX_TIME_DIGITS = 19;
    private static final int NULL_BYTES = "null".length();
    private static final byte[] QUOTE = {'"'};

    /** {@code ,"field":"source-}, or empty when records carry no id. */
    private final byte[] idHead;

    /** What follows the id's head and the one in the frame. */
    private final RecordIds ids;

    /** {@code ,"sample-rate":N}; empty when records are not sampled. */
    private final byte[] sampleTail;

    private final RecordFrame frame;
    private final boolean omitAbsent;
    /** Upper bound of all that is written besides the columns. */
    private final int around;

    private byte[] line = new byte[1024];
    private int[] ends = new int[64];
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
                false);
    }

    JsonRowEncoder(
            int capacity, byte[] idHead, RecordIds ids, byte[] sampleTail, RecordFrame frame, boolean omitAbsent) {
        this.frame = frame;
        this.omitAbsent = omitAbsent;
        this.out = new byte[capacity];
        this.idHead = idHead;
        this.ids = ids;
        this.sampleTail = sampleTail;
        this.around =
                frame.maxBytes() + sampleTail.length + idHead.length + 2 * ids.maxBytes() + MAX_TIME_DIGITS + SLACK;
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

    /** Of what the lines in the buffer consist; valid as long as {@link #bytes()} are. */
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
            ends = new int[Math.max(ends.length, columns.size)];
        }
        int length = row.lineLength();
        if (line.length < length + SLACK) {
            line = new byte[length * 2 + SLACK];
        }
        reserve(columns.fixedBytes + length + around);
        parts.reserve(columns.size + 3);
        row.copyLineTo(line, 0, ends);
        WORDS.set(line, length, SPACES);
        WORDS.set(line, length + 8, SPACES);
        int from = size;
        int object = frame.isEmpty() ? from : begin(row, columns);
        if (isPlain(length)) {
            size = plain(columns);
        } else {
            exact(columns);
            reserve(around);
        }
        if (sampled) {
            put(sampleTail);
        }
        if (idHead.length > 0) {
            parts.parts[parts.count++] = LineParts.part(columns.size, size, idHead.length);
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
            parts.parts[parts.count++] = LineParts.part(columns.size + 1, size, frame.beforeId.length);
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
            parts.parts[parts.count++] = LineParts.part(columns.size + 2, before, size - before);
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

    /**
     * Whether every byte of the line is ASCII, not a control character and needs no escape. The borrow of a subtraction
     * can reach a neighbour only from a byte that fails the test itself, so the result for the whole line is exact.
     */
    private boolean isPlain(int length) {
        byte[] in = line;
        long found = 0;
        for (int i = 0; i < length; i += 16) {
            long word = (long) WORDS.get(in, i);
            long next = (long) WORDS.get(in, i + 8);
            found |= word | (word - SPACES) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES);
            found |= next | (next - SPACES) | ((next ^ QUOTES) - ONES) | ((next ^ BACKSLASHES) - ONES);
        }
        return (found & HIGH_BITS) == 0;
    }

    private int plain(ColumnPlan columns) {
        byte[] in = line;
        byte[] to = out;
        int[] until = ends;
        long[] words = columns.words;
        long[] values = columns.values;
        long[] absents = columns.absents;
        boolean[] integers = columns.integer;
        long[] shape = parts.parts;
        int shaped = parts.count;
        int at = size;
        int start = 0;
        for (int column = 0; column < values.length; column++) {
            int end = until[column];
            if (end - start == 1 && in[start] == '-') {
                int textBytes = Math.max(0, ColumnPlan.bytes(absents[column]) - NULL_BYTES);
                shape[shaped++] = LineParts.part(column, at, textBytes);
                at = fragment(words, absents[column], to, at);
            } else {
                shape[shaped++] = LineParts.part(column, at, ColumnPlan.bytes(values[column]));
                at = fragment(words, values[column], to, at);
                boolean integer = integers[column];
                if (integer && in[start] == '0') {
                    start = skipZeros(in, start, end);
                }
                WORDS.set(to, at, (long) WORDS.get(in, start));
                WORDS.set(to, at + 8, (long) WORDS.get(in, start + 8));
                int bytes = end - start;
                for (int i = 16; i < bytes; i += Long.BYTES) {
                    WORDS.set(to, at + i, (long) WORDS.get(in, start + i));
                }
                at += bytes;
                to[at] = '"';
                at += integer ? 0 : 1;
            }
            start = end + 1;
        }
        parts.count = shaped;
        return at;
    }

    private static int fragment(long[] words, long fragment, byte[] to, int at) {
        int first = ColumnPlan.firstWord(fragment);
        int bytes = ColumnPlan.bytes(fragment);
        WORDS.set(to, at, words[first]);
        WORDS.set(to, at + 8, words[first + 1]);
        for (int i = 16, word = first + 2; i < bytes; i += Long.BYTES, word++) {
            WORDS.set(to, at + i, words[word]);
        }
        return at + bytes;
    }

    private static int skipZeros(byte[] in, int start, int end) {
        int first = start;
        while (first < end - 1 && in[first] == '0') {
            first++;
        }
        return first;
    }

    private void exact(ColumnPlan columns) {
        int start = 0;
        for (int column = 0; column < columns.size; column++) {
            int end = ends[column];
            int bytes = end - start;
            if (bytes == 1 && line[start] == '-') {
                reserve(ColumnPlan.bytes(columns.absents[column]) + SLACK);
                int textBytes = Math.max(0, ColumnPlan.bytes(columns.absents[column]) - NULL_BYTES);
                parts.parts[parts.count++] = LineParts.part(column, size, textBytes);
                size = fragment(columns.words, columns.absents[column], out, size);
            } else {
                reserve(ColumnPlan.bytes(columns.values[column]) + SLACK);
                parts.parts[parts.count++] = LineParts.part(column, size, ColumnPlan.bytes(columns.values[column]));
                size = fragment(columns.words, columns.values[column], out, size);
                if (columns.integer[column]) {
                    int first = skipZeros(line, start, end);
                    append(line, first, end - first);
                } else {
                    byte[] quoted = quoted(new String(line, start, bytes, StandardCharsets.UTF_8));
                    append(quoted, 0, quoted.length);
                    append(QUOTE, 0, 1);
                }
            }
            start = end + 1;
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
        reserve(count + SLACK);
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
