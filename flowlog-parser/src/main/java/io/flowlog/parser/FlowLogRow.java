package io.flowlog.parser;

/**
 * One validated line at its lowest level, for encoders and hot loops: nothing here allocates.
 *
 * <p>A row has as many columns as its {@link #format()} names, none of them empty, and every integer column holds
 * {@code -} or a decimal number from 0 to 2<sup>63</sup>-1. Columns are numbered from 0 in header order. A
 * {@link FlowLogRecord} is a row that may be kept; {@link FlowLogReader#row()} is one that changes with the next
 * {@link FlowLogReader#advance()}.
 */
public interface FlowLogRow {
    /**
     * The header in force for this line.
     *
     * @return the same object for all lines under one header
     */
    FlowLogFormat format();

    /**
     * The physical line number in the decompressed input. Headers, blank and malformed lines count.
     *
     * @return from 1
     */
    long lineNumber();

    /**
     * The number of bytes of a column as written.
     *
     * @param column from 0, in header order
     * @return 1 or more; 0 when it is absent ({@code -})
     * @throws IndexOutOfBoundsException when there is no such column
     */
    int length(int column);

    /**
     * Whether a column is absent, that is: written as {@code -}.
     *
     * @param column from 0, in header order
     * @return true for {@code -}
     * @throws IndexOutOfBoundsException when there is no such column
     */
    boolean isAbsent(int column);

    /**
     * Copies the bytes of a column as written; nothing when it is absent.
     *
     * @param column from 0, in header order
     * @param target receives the bytes
     * @param at where in {@code target} the first of them goes
     * @return the number of bytes copied, which is {@link #length(int)}
     * @throws IndexOutOfBoundsException when there is no such column, or the bytes do not fit
     */
    int copyTo(int column, byte[] target, int at);

    /**
     * The value of an integer column.
     *
     * @param column from 0, in header order
     * @param absent what to return for {@code -}; a negative number cannot be mistaken for a value
     * @return 0 to 2<sup>63</sup>-1, or {@code absent}
     * @throws IllegalArgumentException when the column is not an integer column of the format
     * @throws IndexOutOfBoundsException when there is no such column
     */
    long longValue(int column, long absent);

    /**
     * The number of bytes that {@link #copyLineTo} writes.
     *
     * @return 1 or more
     */
    int lineLength();

    /**
     * Copies the whole line: the columns as written, {@code -} for absent ones, exactly one space between two columns,
     * no line end.
     *
     * @param target receives the bytes
     * @param at where in {@code target} the first of them goes
     * @param ends receives for each column the index in {@code target} just after its last byte; column {@code c}
     *     begins at {@code c == 0 ? at : ends[c - 1] + 1}
     * @return the number of bytes copied
     * @throws IndexOutOfBoundsException when the line does not fit in {@code target}, or the columns not in
     *     {@code ends}
     */
    int copyLineTo(byte[] target, int at, int[] ends);
}
