package io.flowlog.parser;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line that cannot be read, and why. Immutable. */
public final class MalformedLine {
    /** What is wrong with a line. */
    public enum Kind {
        /** Fewer columns than the header has. */
        TOO_FEW_COLUMNS,
        /** More columns than the header has. */
        TOO_MANY_COLUMNS,
        /** An integer column holds neither {@code -} nor a decimal integer of 0..2<sup>63</sup>-1. */
        NOT_AN_INTEGER,
        /** Longer than the limit; all of it was skipped, up to its line end. */
        TOO_LONG
    }

    private final String source;
    private final long lineNumber;
    private final Kind kind;
    private final @Nullable String column;
    private final String reason;
    private final String sample;

    MalformedLine(String source, long lineNumber, Kind kind, @Nullable String column, String reason, String sample) {
        this.source = source;
        this.lineNumber = lineNumber;
        this.kind = kind;
        this.column = column;
        this.reason = reason;
        this.sample = sample;
    }

    /**
     * The name of the source.
     *
     * @return the file's path, or the name given to the reader's builder; control characters are escaped
     */
    public String source() {
        return source;
    }

    /**
     * The physical line number.
     *
     * @return from 1, in the decompressed input
     */
    public long lineNumber() {
        return lineNumber;
    }

    /**
     * What is wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The name of the column that is to blame, when one is.
     *
     * @return empty when the line as a whole cannot be read
     */
    public Optional<String> column() {
        return Optional.ofNullable(column);
    }

    /**
     * What was expected and what was found.
     *
     * @return one printable line
     */
    public String reason() {
        return reason;
    }

    /**
     * The beginning of the line.
     *
     * @return quoted, escaped and cut: one printable line of at most some hundred characters
     */
    public String sample() {
        return sample;
    }

    /** Source, line, column, what was expected and what was found, in one printable line. */
    @Override
    public String toString() {
        return source + ", line " + lineNumber + (column == null ? "" : ", column " + column) + ": " + reason;
    }
}
