package io.flowlog.parser;

/**
 * One validated line at the lowest level, for encoders and tight loops. No method allocates memory.
 *
 * <p>A row has exactly the columns of its {@link #format()}. No column is empty, and every integer column contains {@code -}
 * or a decimal number from 0 to 2<sup>63</sup>-1. Columns are numbered from 0 in the order of the header. A
 * {@link FlowLogRecord} is a row that you can keep; {@link FlowLogReader#row()} changes with the next
 * {@link FlowLogReader#advance()}.
 */
public interface FlowLogRow {
    /**
     * Returns the header of this line.
     *
     * @return the same object for all lines under one header
     */
    FlowLogFormat format();

    /**
     * Returns the physical line number in the decompressed input. Header, blank and malformed lines count.
     *
     * @return from 1
     */
    long lineNumber();

    /**
     * Returns the number of bytes of a column as written.
     *
     * @param column the index from 0, in the order of the header
     * @return 1 or more; 0 if it is absent ({@code -})
     * @throws IndexOutOfBoundsException if there is no such column
     */
    int length(int column);

    /**
     * Returns whether a column is absent, which is written as {@code -}.
     *
     * @param column the index from 0, in the order of the header
     * @return true for {@code -}
     * @throws IndexOutOfBoundsException if there is no such column
     */
    boolean isAbsent(int column);

    /**
     * Copies the bytes of a column as written. An absent column has no bytes.
     *
     * @param column the index from 0, in the order of the header
     * @param target receives the bytes
     * @param at the index in {@code target} for the first byte
     * @return the number of bytes copied, equal to {@link #length(int)}
     * @throws IndexOutOfBoundsException if there is no such column, or the bytes do not fit
     */
    int copyTo(int column, byte[] target, int at);

    /**
     * Returns the value of an integer column.
     *
     * @param column the index from 0, in the order of the header
     * @param absent the result for {@code -}; a negative number cannot be confused with a value
     * @return 0 to 2<sup>63</sup>-1, or {@code absent}
     * @throws IllegalArgumentException if the column is not an integer column
     * @throws IndexOutOfBoundsException if there is no such column
     */
    long longValue(int column, long absent);

    /**
     * Returns the number of bytes that {@link #copyLineTo} writes.
     *
     * @return 1 or more
     */
    int lineLength();

    /**
     * Copies the whole line: the columns as written, {@code -} for an absent one, with exactly one space between columns
     * and without a line end.
     *
     * @param target receives the bytes
     * @param at the index in {@code target} for the first byte
     * @param ends receives for each column the index in {@code target} just after its last byte; column {@code c}
     *     begins at {@code c == 0 ? at : ends[c - 1] + 1}
     * @return the number of bytes copied
     * @throws IndexOutOfBoundsException if the line does not fit into {@code target}, or its columns into {@code
     *     ends}
     */
    int copyLineTo(byte[] target, int at, int[] ends);
}
