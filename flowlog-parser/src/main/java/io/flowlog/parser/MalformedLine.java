package io.flowlog.parser;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line that cannot be read, and the reason. Immutable. */
public final class MalformedLine {
    /** What is wrong with a line. */
    public enum Kind {
        /** The line has fewer columns than the header. */
        TOO_FEW_COLUMNS,
        /** The line has more columns than the header. */
        TOO_MANY_COLUMNS,
        /** An integer column contains neither {@code -} nor a decimal integer from 0 to 2<sup>63</sup>-1. */
        NOT_AN_INTEGER,
        /** The line is longer than the limit. The reader skipped it up to its line end. */
        TOO_LONG
    }

    private final String source;
    private final long lineNumber;
    private final Kind kind;
    private final @Nullable String column;
    private final String reason;
    private final String sample;
    private final @Nullable String text;

    MalformedLine(String source, long lineNumber, Kind kind, @Nullable String column, String reason, String sample) {
        this(source, lineNumber, kind, column, reason, sample, null);
    }

    private MalformedLine(
            String source,
            long lineNumber,
            Kind kind,
            @Nullable String column,
            String reason,
            String sample,
            @Nullable String text) {
        this.source = source;
        this.lineNumber = lineNumber;
        this.kind = kind;
        this.column = column;
        this.reason = reason;
        this.sample = sample;
        this.text = text;
    }

    /** The same line with its bytes, which do not include the line end. */
    MalformedLine withText(byte[] bytes, int start, int end) {
        String written = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        return new MalformedLine(source, lineNumber, kind, column, reason, sample, written);
    }

    /**
     * Returns the name of the source.
     *
     * @return the path of the file, or the name set in the builder of the reader; control characters are escaped
     */
    public String source() {
        return source;
    }

    /**
     * Returns the physical line number.
     *
     * @return from 1, in the decompressed input
     */
    public long lineNumber() {
        return lineNumber;
    }

    /**
     * Returns what is wrong with the line.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the name of the column that is wrong.
     *
     * @return empty if the whole line is wrong
     */
    public Optional<String> column() {
        return Optional.ofNullable(column);
    }

    /**
     * Returns what was expected and what was found.
     *
     * @return one printable line
     */
    public String reason() {
        return reason;
    }

    /**
     * Returns the beginning of the line.
     *
     * @return quoted, escaped and shortened to one printable line of a few hundred characters
     */
    public String sample() {
        return sample;
    }

    /**
     * Returns the line as written, for a program that keeps malformed lines. For a message, use {@link #sample()}.
     *
     * @return the line without its line end; bytes that are not UTF-8 are U+FFFD. Of a line that is {@link Kind#TOO_LONG},
     *     only the beginning
     */
    public String text() {
        return text == null ? sample : text;
    }

    /** Returns source, line, column, what was expected and what was found, in one printable line. */
    @Override
    public String toString() {
        return source + ", line " + lineNumber + (column == null ? "" : ", column " + column) + ": " + reason;
    }
}
