package io.flowlog.sink.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.flowlog.parser.FlowLogFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text that the encoder writes around the values of one format. The head of a column is the text before its value:
 * {@code ,"name":} for an integer, {@code ,"name":"} for text.
 */
final class ColumnPlan {
    /** The number of entries of {@link #columns} for each column. The constants below are the positions among them. */
    static final int STRIDE = 8;

    /** The first entries are the beginning of the head, as little-endian words. */
    static final int HEAD_WORDS = 4;

    static final int HEAD_LENGTH = 4;
    /** 1 for text, which a quote ends; 0 for an integer. */
    static final int QUOTE = 5;
    /** The {@link LineParts part} of a value, without its start. */
    static final int VALUE_PART = 6;
    /** The part of an absent column, with its start in {@link #absents}. */
    static final int ABSENT_PART = 7;

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    final FlowLogFormat format;
    final int size;
    /** {@link #STRIDE} longs for each column. */
    final long[] columns;
    /** By column: the whole head. */
    final byte[][] heads;
    /** The text of all columns if all are absent; empty if absent columns are omitted. */
    final byte[] absents;
    /** By column: where it begins in {@link #absents}. The last entry is the length of {@link #absents}. */
    final int[] absentStarts;
    /** Upper bound of the bytes of a plain row without its values. */
    final int fixedBytes;

    /** Where the columns with a record's time are; -1 if the format lacks them. */
    final int endColumn;

    final int startColumn;

    ColumnPlan(FlowLogFormat format, boolean omitAbsent) {
        this.format = format;
        size = format.size();
        endColumn = RecordFrame.timeColumn(format, "end");
        startColumn = RecordFrame.timeColumn(format, "start");
        columns = new long[size * STRIDE];
        heads = new byte[size][];
        absentStarts = new int[size + 1];
        ByteArrayOutputStream absent = new ByteArrayOutputStream();
        int fixed = 0;
        for (int column = 0; column < size; column++) {
            boolean text = !format.isInteger(column);
            byte[] head = head(format.name(column), text);
            heads[column] = head;
            int nameBytes = text ? head.length - 1 : head.length;
            int at = column * STRIDE;
            ByteBuffer.wrap(Arrays.copyOf(head, HEAD_WORDS * Long.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer()
                    .get(columns, at, HEAD_WORDS);
            columns[at + HEAD_LENGTH] = head.length;
            columns[at + QUOTE] = text ? 1 : 0;
            columns[at + VALUE_PART] = LineParts.part(column, 0, head.length);
            columns[at + ABSENT_PART] = LineParts.part(column, absent.size(), omitAbsent ? 0 : nameBytes);
            if (!omitAbsent) {
                absent.write(head, 0, nameBytes);
                absent.writeBytes(NULL);
            }
            absentStarts[column + 1] = absent.size();
            fixed += nameBytes + NULL.length + 2;
        }
        absents = absent.toByteArray();
        fixedBytes = fixed;
    }

    private static byte[] head(String name, boolean text) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(name));
        return (",\"" + quoted + (text ? "\":\"" : "\":")).getBytes(StandardCharsets.UTF_8);
    }
}
