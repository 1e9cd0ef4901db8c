package io.flowlog.parser;

import java.util.Optional;

/**
 * A line cannot be read: it has too few or too many columns, an invalid integer, or it is too long. The message has the
 * source, the line, the column, what was expected, and what was found, escaped and shortened.
 *
 * <p>A reader throws it if no handler was set. The next read continues with the next line.
 */
public final class FlowLogParseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient MalformedLine line;

    FlowLogParseException(MalformedLine line) {
        super(line.toString());
        this.line = line;
    }

    /**
     * Returns the line.
     *
     * @return the same object that a handler receives
     */
    public MalformedLine line() {
        return line;
    }

    /**
     * Returns the name of the source.
     *
     * @return the path of the file, or the name set in the builder of the reader
     */
    public String source() {
        return line.source();
    }

    /**
     * Returns the physical line number.
     *
     * @return from 1, in the decompressed input
     */
    public long lineNumber() {
        return line.lineNumber();
    }

    /**
     * Returns the name of the column that is wrong.
     *
     * @return empty if the whole line is wrong
     */
    public Optional<String> column() {
        return line.column();
    }
}
