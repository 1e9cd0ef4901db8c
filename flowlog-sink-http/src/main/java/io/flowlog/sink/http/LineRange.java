package io.flowlog.sink.http;

/**
 * Physical lines of a source, both ends included. Lines that are no records (malformed, blank, headers) may lie between.
 *
 * @param first the first line, counted from 1
 * @param last the last line, not before the first
 */
public record LineRange(long first, long last) {
    /**
     * A range.
     *
     * @throws IllegalArgumentException when {@code first} is below 1 or {@code last} before it
     */
    public LineRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("no such lines: " + first + "-" + last);
        }
    }

    /** The range in a person's words: {@code 17} or {@code 2-17001}. */
    @Override
    public String toString() {
        return first == last ? Long.toString(first) : first + "-" + last;
    }
}
