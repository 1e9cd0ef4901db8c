package io.flowlog.parser;

import java.util.Optional;

/**
 * A line that cannot be read: too few or too many columns, no integer where one belongs, or too long. The message says
 * the source, the line, the column, what was expected and what was found, the latter escaped and cut.
 *
 * <p>Thrown where no handler was given. The reader has left the line behind: reading may go on with the next.
 */
public final class FlowLogParseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient MalformedLine line;

    FlowLogParseException(MalformedLine line) {
        super(line.toString());
        this.line = line;
    }

    /**
     * The line.
     *
     * @return what a handler would have got
     */
    public MalformedLine line() {
        return line;
    }

    /**
     * The name of the source.
     *
     * @return the file's path, or the name given to the reader's builder
     */
    public String source() {
        return line.source();
    }

    /**
     * The physical line number.
     *
     * @return from 1, in the decompressed input
     */
    public long lineNumber() {
        return line.lineNumber();
    }

    /**
     * The name of the column, when one column is to blame.
     *
     * @return empty when the line as a whole cannot be read
     */
    public Optional<String> column() {
        return line.column();
    }
}
