package io.flowlog.parser;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The row that a reader stands on: a window into somebody's bytes and an index of where the columns end. */
final class CurrentRow implements FlowLogRow {
    private FlowLogFormat format = FlowLogFormat.DEFAULT;
    private long lineNumber;
    private byte[] bytes = new byte[0];
    /** Column {@code c} begins at {@code ends[first + c - 1] + 1} and ends at {@code ends[first + c]}. */
    private int[] ends = new int[0];

    private int first;
    /** The index to which the ends belong; null if the row is not a part of a window. */
    private @Nullable DelimiterIndex window;

    /** A row outside of a window. */
    void set(FlowLogFormat format, long lineNumber, byte[] bytes, int[] ends, int first) {
        set(format, lineNumber, bytes, ends, first, null);
    }

    /** A row of a window: its first column is entry {@code first} of the index. */
    void set(FlowLogFormat format, long lineNumber, byte[] bytes, DelimiterIndex window, int first) {
        set(format, lineNumber, bytes, window.ends, first, window);
    }

    /** References that stay the same are left alone: storing one costs more than comparing it. */
    private void set(
            FlowLogFormat format,
            long lineNumber,
            byte[] bytes,
            int[] ends,
            int first,
            @Nullable DelimiterIndex window) {
        if (this.format != format || this.bytes != bytes || this.ends != ends) {
            this.format = format;
            this.bytes = bytes;
            this.ends = ends;
            this.window = window;
        }
        this.lineNumber = lineNumber;
        this.first = first;
    }

    private int start(int column) {
        Objects.checkIndex(column, format.size());
        return ends[first + column - 1] + 1;
    }

    private int end(int column) {
        return ends[first + column];
    }

    @Override
    public FlowLogFormat format() {
        return format;
    }

    @Override
    public long lineNumber() {
        return lineNumber;
    }

    @Override
    public int length(int column) {
        int start = start(column);
        int length = end(column) - start;
        return length == 1 && bytes[start] == '-' ? 0 : length;
    }

    @Override
    public boolean isAbsent(int column) {
        return length(column) == 0;
    }

    @Override
    public int copyTo(int column, byte[] target, int at) {
        int length = length(column);
        System.arraycopy(bytes, start(column), target, at, length);
        return length;
    }

    @Override
    public long longValue(int column, long absent) {
        FlowLogRecord.requireInteger(format, column);
        int at = first + column;
        return Digits.parse(bytes, ends[at - 1] + 1, ends[at], absent);
    }

    @Override
    public int lineLength() {
        return ends[first + format.size() - 1] - ends[first - 1] - 1;
    }

    @Override
    public int copyLineTo(byte[] target, int at, int[] targetEnds) {
        int from = ends[first - 1] + 1;
        int length = lineLength();
        System.arraycopy(bytes, from, target, at, length);
        int shift = at - from;
        int[] mine = ends;
        int base = first;
        int columns = format.size();
        for (int c = 0; c < columns; c++) {
            targetEnds[c] = mine[base + c] + shift;
        }
        return length;
    }

    /** Lets a view refer to the line where it is. */
    void show(LineView view) {
        int start = ends[first - 1] + 1;
        boolean plain = window != null && window.isPlain() || PlainText.inLine(bytes, start, start + lineLength());
        view.show(bytes, start, ends, first, plain);
    }

    /** Whether a column is an address of a set; {@code address} is that of the column. */
    boolean isIn(AddressSet addresses, int column, ColumnAddress address) {
        return addresses.contains(bytes, start(column), end(column), address);
    }

    FlowLogRecord toRecord() {
        return toRecord(format);
    }

    /** A record of a format with the same columns. */
    FlowLogRecord toRecord(FlowLogFormat format) {
        int from = ends[first - 1] + 1;
        return FlowLogRecord.copyOf(format, lineNumber, bytes, from, lineLength(), ends, first);
    }
}
