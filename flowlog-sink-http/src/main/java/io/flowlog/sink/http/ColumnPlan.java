package io.flowlog.sink.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.flowlog.parser.FlowLogFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The text that the encoder writes around the values of one format. For each column it is the text before a value, and the
 * text for an absent value, as little-endian words that can be stored eight bytes at a time.
 */
final class ColumnPlan {
    final FlowLogFormat format;
    final int size;
    final boolean[] integer;
    /** All fragments, each starting at a word of its own; two words can be read from where any one starts. */
    final long[] words;
    /** By column: the fragment before a value, as {@link #firstWord} and {@link #bytes} take it apart. */
    final long[] values;
    /** By column: the fragment of an absent value, {@code null} included. */
    final long[] absents;
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
        integer = new boolean[size];
        values = new long[size];
        absents = new long[size];
        long[] text = new long[size * 8];
        int used = 0;
        int fixed = 0;
        for (int column = 0; column < size; column++) {
            integer[column] = format.isInteger(column);
            byte[] head = head(format.name(column));
            byte[] value = integer[column] ? head : append(head, "\"");
            byte[] absent = omitAbsent ? new byte[0] : append(head, "null");
            text = reserve(text, used, value.length + absent.length);
            values[column] = fragment(used, value.length);
            used += store(value, text, used);
            absents[column] = fragment(used, absent.length);
            used += store(absent, text, used);
            fixed += head.length + "null".length() + 2;
        }
        words = Arrays.copyOf(text, used + 2);
        fixedBytes = fixed;
    }

    private static long fragment(int firstWord, int bytes) {
        return (long) firstWord << Integer.SIZE | bytes;
    }

    /** The index in {@link #words} where a fragment begins. */
    static int firstWord(long fragment) {
        return (int) (fragment >>> Integer.SIZE);
    }

    /** The length of a fragment in bytes. */
    static int bytes(long fragment) {
        return (int) fragment;
    }

    private static byte[] head(String name) {
        byte[] open = {',', '"'};
        return append(append(open, JsonStringEncoder.getInstance().quoteAsUTF8(name)), "\":");
    }

    private static byte[] append(byte[] head, String ascii) {
        return append(head, ascii.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static byte[] append(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }

    private static long[] reserve(long[] words, int used, int bytes) {
        int needed = used + bytes / Long.BYTES + 2;
        return needed <= words.length ? words : Arrays.copyOf(words, Math.max(needed, words.length * 2));
    }

    private static int store(byte[] fragment, long[] words, int at) {
        int count = (fragment.length + Long.BYTES - 1) / Long.BYTES;
        ByteBuffer padded =
                ByteBuffer.wrap(Arrays.copyOf(fragment, count * Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        padded.asLongBuffer().get(words, at, count);
        return count;
    }
}
