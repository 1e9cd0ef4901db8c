package io.flowlog.sink.http;

/**
 * A range of physical lines of a source. It can include lines that are not records: malformed and blank lines and
 * headers.
 *
 * @param first the first line, 1 or greater
 * @param last the last line, inclusive, equal to or greater than {@code first}
 */
public record LineRange(long first, long last) {
    /**
     * Creates a range.
     *
     * @throws IllegalArgumentException if {@code first} is less than 1 or {@code last} is less than {@code first}
     */
    public LineRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("not a range of lines: " + first + "-" + last);
        }
    }

    /** The range for people: {@code 17} or {@code 2-17001}. */
    @Override
    public String toString() {
        return first == last ? Long.toString(first) : first + "-" + last;
    }
}
