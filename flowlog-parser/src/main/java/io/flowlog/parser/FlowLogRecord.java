package io.flowlog.parser;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One flow: a line of a flow log. Immutable, safe to keep and to hand to other threads; keeping one keeps a copy of its
 * own line in memory, no more.
 *
 * <p>A record that you hold is valid: its columns were counted and its integers checked as the line was read.
 * Accessors decode on demand and never throw for what a log may hold.
 *
 * <p>Two records are equal when their formats and all their columns as written are; the line number is where a record
 * was found, not what it is.
 */
public final class FlowLogRecord extends FlowLogFields implements FlowLogRow {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_NARROW_LINE = 0xFFFF;

    private final FlowLogFormat format;
    private final long lineNumber;
    /** The line, then for each column where it ends: as an unsigned short, or as an int when the line is wide. */
    private final byte[] data;

    private final int lineLength;

    private FlowLogRecord(FlowLogFormat format, long lineNumber, byte[] data, int lineLength) {
        this.format = format;
        this.lineNumber = lineNumber;
        this.data = data;
        this.lineLength = lineLength;
    }

    static FlowLogRecord copyOf(
            FlowLogFormat format, long lineNumber, byte[] bytes, int from, int length, int[] ends, int first) {
        boolean wide = length > LONGEST_NARROW_LINE;
        byte[] data = new byte[length + format.tail(wide)];
        System.arraycopy(bytes, from, data, 0, length);
        int columns = format.size();
        if (wide) {
            for (int c = 0; c < columns; c++) {
                INT.set(data, length + (c << 2), ends[first + c] - from);
            }
        } else {
            for (int c = 0; c < columns; c++) {
                SHORT.set(data, length + (c << 1), (short) (ends[first + c] - from));
            }
        }
        return new FlowLogRecord(format, lineNumber, data, length);
    }

    static void requireInteger(FlowLogFormat format, int column) {
        if (!format.isInteger(column)) {
            throw new IllegalArgumentException("column " + format.name(column) + " holds text, not integers");
        }
    }

    private int end(int column) {
        return lineLength > LONGEST_NARROW_LINE
                ? (int) INT.get(data, lineLength + (column << 2))
                : (short) SHORT.get(data, lineLength + (column << 1)) & 0xFFFF;
    }

    private int start(int column) {
        return column == 0 ? 0 : end(column - 1) + 1;
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
        Objects.checkIndex(column, format.size());
        int start = start(column);
        int length = end(column) - start;
        return length == 1 && data[start] == '-' ? 0 : length;
    }

    @Override
    public boolean isAbsent(int column) {
        return length(column) == 0;
    }

    @Override
    public int copyTo(int column, byte[] target, int at) {
        int length = length(column);
        System.arraycopy(data, start(column), target, at, length);
        return length;
    }

    @Override
    public long longValue(int column, long absent) {
        requireInteger(format, column);
        int start = start(column);
        int end = end(column);
        return Digits.parse(data, start, end, absent);
    }

    @Override
    public int lineLength() {
        return lineLength;
    }

    @Override
    public int copyLineTo(byte[] target, int at, int[] ends) {
        System.arraycopy(data, 0, target, at, lineLength);
        int columns = format.size();
        for (int c = 0; c < columns; c++) {
            ends[c] = at + end(c);
        }
        return lineLength;
    }

    /**
     * The text of a column by AWS's name or any name that the header has, as written. Bytes that are not UTF-8 are
     * U+FFFD.
     *
     * @return empty when the column is absent ({@code -}) in this line, or the format has no such column
     */
    public Optional<String> get(String name) {
        return text(format.indexOf(name));
    }

    /** The same for a documented field. */
    public Optional<String> get(FlowLogField field) {
        return text(field);
    }

    @Override
    Optional<String> text(FlowLogField field) {
        return text(format.indexOf(field));
    }

    @Override
    OptionalLong number(FlowLogField field) {
        int column = format.indexOf(field);
        if (column < 0) {
            return OptionalLong.empty();
        }
        long value = Digits.parse(data, start(column), end(column), -1);
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private Optional<String> text(int column) {
        if (column < 0) {
            return Optional.empty();
        }
        int length = length(column);
        return length == 0
                ? Optional.empty()
                : Optional.of(new String(data, start(column), length, StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof FlowLogRecord record
                        && lineLength == record.lineLength
                        && Arrays.equals(data, record.data)
                        && format.equals(record.format);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    /** The line number and the columns by name, {@code -} for absent ones. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("line ").append(lineNumber).append(":");
        for (int c = 0; c < format.size(); c++) {
            out.append(' ').append(format.name(c)).append('=').append(text(c).orElse("-"));
        }
        return out.toString();
    }
}
