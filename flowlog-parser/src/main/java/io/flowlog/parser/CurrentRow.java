package io.flowlog.parser;

import java.util.Objects;

/** The row that a reader stands on: a window into somebody's bytes and an index of where the columns end. */
final class CurrentRow implements FlowLogRow {
    private FlowLogFormat format = FlowLogFormat.DEFAULT;
    private long lineNumber;
    private byte[] bytes = new byte[0];
    /** Column {@code c} begins at {@code ends[first + c - 1] + 1} and ends at {@code ends[first + c]}. */
    private int[] ends = new int[0];

    private int first;

    /** References that stay the same are left alone: storing one costs more than comparing it. */
    void set(FlowLogFormat format, long lineNumber, byte[] bytes, int[] ends, int first) {
        if (this.format != format || this.bytes != bytes || this.ends != ends) {
            this.format = format;
            this.bytes = bytes;
            this.ends = ends;
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
