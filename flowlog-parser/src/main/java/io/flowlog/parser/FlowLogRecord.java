package io.flowlog.parser;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

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

    /** Up to these lengths of {@link #data} a position in it takes one byte, or two; above, four. */
    private static final int LONGEST_OF_BYTES = 0xFF;

    private static final int LONGEST_OF_SHORTS = 0xFFFF;

    /** Most ports of services, packet counts and protocols: a third of the objects that accessors would make. */
    private static final OptionalLong[] SMALL =
            LongStream.range(0, 1024).mapToObj(OptionalLong::of).toArray(OptionalLong[]::new);

    private final FlowLogFormat format;
    private final long lineNumber;
    /**
     * Positions in this array, then the line: slot 0 is the position before the line, slot {@code c + 1} the one just
     * after column {@code c}. How many bytes a slot has follows from the array's length.
     */
    private final byte[] data;

    private FlowLogRecord(FlowLogFormat format, long lineNumber, byte[] data) {
        this.format = format;
        this.lineNumber = lineNumber;
        this.data = data;
    }

    /** Copies a line whose column {@code c} ends at {@code ends[first + c]}; it begins at {@code from}. */
    static FlowLogRecord copyOf(
            FlowLogFormat format, long lineNumber, byte[] bytes, int from, int length, int[] ends, int first) {
        int slots = format.size() + 1;
        int before = first - 1;
        byte[] data;
        int head = head(slots);
        if (head + length <= LONGEST_OF_BYTES) {
            data = new byte[head + length];
            System.arraycopy(bytes, from, data, head, length);
            int shift = head - from;
            int i = 0;
            for (; i + 4 <= slots; i += 4) {
                int at = before + i;
                int four = (ends[at] + shift)
                        | (ends[at + 1] + shift) << 8
                        | (ends[at + 2] + shift) << 16
                        | (ends[at + 3] + shift) << 24;
                INT.set(data, i, four);
            }
            for (; i < slots; i++) {
                data[i] = (byte) (ends[before + i] + shift);
            }
        } else if (head(slots << 1) + length <= LONGEST_OF_SHORTS) {
            head = head(slots << 1);
            data = new byte[head + length];
            System.arraycopy(bytes, from, data, head, length);
            int shift = head - from;
            int i = 0;
            for (; i + 4 <= slots; i += 4) {
                int at = before + i;
                long four = ends[at] + shift
                        | (long) (ends[at + 1] + shift) << 16
                        | (long) (ends[at + 2] + shift) << 32
                        | (long) (ends[at + 3] + shift) << 48;
                Digits.LONG.set(data, i << 1, four);
            }
            for (; i < slots; i++) {
                SHORT.set(data, i << 1, (short) (ends[before + i] + shift));
            }
        } else {
            head = head(slots << 2);
            data = new byte[head + length];
            System.arraycopy(bytes, from, data, head, length);
            int shift = head - from;
            for (int i = 0; i < slots; i++) {
                INT.set(data, i << 2, ends[before + i] + shift);
            }
        }
        return new FlowLogRecord(format, lineNumber, data);
    }

    /** The bytes before the line: at least those that {@link Digits} may read before the end of a number. */
    private static int head(int bytesOfSlots) {
        return Math.max(Digits.BEFORE, bytesOfSlots);
    }

    static void requireInteger(FlowLogFormat format, int column) {
        if (!format.isInteger(column)) {
            throw new IllegalArgumentException("column " + format.name(column) + " holds text, not integers");
        }
    }

    private int slot(int index) {
        if (data.length <= LONGEST_OF_BYTES) {
            return data[index] & 0xFF;
        }
        return data.length <= LONGEST_OF_SHORTS
                ? (short) SHORT.get(data, index << 1) & 0xFFFF
                : (int) INT.get(data, index << 2);
    }

    private int start(int column) {
        return slot(column) + 1;
    }

    private int end(int column) {
        return slot(column + 1);
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
        return value(column, absent);
    }

    /** The value of an integer column; one branch for both of its slots, as this is what hot loops do. */
    private long value(int column, long absent) {
        byte[] bytes = data;
        return bytes.length <= LONGEST_OF_BYTES
                ? Digits.parse(bytes, (bytes[column] & 0xFF) + 1, bytes[column + 1] & 0xFF, absent)
                : Digits.parse(bytes, start(column), end(column), absent);
    }

    /**
     * The value of an integer field without an object around it, for hot loops.
     *
     * @param field an integer field
     * @param absent what to return where there is no value
     * @return 0 to 2<sup>63</sup>-1; {@code absent} when the column is {@code -} in this line, or the format has no such column
     * @throws IllegalArgumentException when the field is not an integer field
     */
    public long longValue(FlowLogField field, long absent) {
        if (!field.isInteger()) {
            throw new IllegalArgumentException("field " + field.awsName() + " holds text, not integers");
        }
        int column = format.indexOf(field);
        return column < 0 ? absent : value(column, absent);
    }

    @Override
    public int lineLength() {
        return data.length - start(0);
    }

    @Override
    public int copyLineTo(byte[] target, int at, int[] ends) {
        int from = start(0);
        int length = data.length - from;
        System.arraycopy(data, from, target, at, length);
        int shift = at - from;
        int columns = format.size();
        for (int c = 0; c < columns; c++) {
            ends[c] = end(c) + shift;
        }
        return length;
    }

    /**
     * The text of a column by AWS's name or any name that the header has, as written. Bytes that are not UTF-8 are
     * U+FFFD.
     *
     * @param name as AWS writes it, known to this library or not
     * @return empty when the column is absent ({@code -}) in this line, or the format has no such column
     */
    public Optional<String> get(String name) {
        return text(format.indexOf(name));
    }

    /**
     * The text of a documented field as written, also where its accessor is typed.
     *
     * @param field the field
     * @return empty when the column is absent ({@code -}) in this line, or the format has no such column
     */
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
        long value = value(column, -1);
        if (value < SMALL.length) {
            return value < 0 ? OptionalLong.empty() : SMALL[(int) value];
        }
        return OptionalLong.of(value);
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
