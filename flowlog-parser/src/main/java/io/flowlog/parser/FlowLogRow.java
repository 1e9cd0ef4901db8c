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
    /** The header in force for this line. */
    FlowLogFormat format();

    /** The physical line number, from 1, in the decompressed input. Headers, blank and malformed lines count. */
    long lineNumber();

    /**
     * The number of bytes of a column as written; 0 when it is absent ({@code -}).
     *
     * @throws IndexOutOfBoundsException when there is no such column
     */
    int length(int column);

    /** Whether a column is absent, that is: written as {@code -}. */
    boolean isAbsent(int column);

    /**
     * Copies the bytes of a column as written; nothing when it is absent.
     *
     * @return the number of bytes copied, which is {@link #length(int)}
     * @throws IndexOutOfBoundsException when there is no such column, or the bytes do not fit
     */
    int copyTo(int column, byte[] target, int at);

    /**
     * The value of an integer column, or {@code absent} when it is {@code -}.
     *
     * @throws IllegalArgumentException when the column is not an integer column of the format
     * @throws IndexOutOfBoundsException when there is no such column
     */
    long longValue(int column, long absent);

    /** The number of bytes that {@link #copyLineTo} writes. */
    int lineLength();

    /**
     * Copies the whole line: the columns as written, {@code -} for absent ones, exactly one space between two columns,
     * no line end.
     *
     * @param ends receives for each column the index in {@code target} just after its last byte; column {@code c}
     *     begins at {@code c == 0 ? at : ends[c - 1] + 1}
     * @return the number of bytes copied
     * @throws IndexOutOfBoundsException when the line does not fit in {@code target}, or the columns not in
     *     {@code ends}
     */
    int copyLineTo(byte[] target, int at, int[] ends);
}
