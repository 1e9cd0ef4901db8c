package io.flowlog.parser;

import java.io.IOException;

/** The input is readable but is not a flow log that can be read here. The message has the source and what to do. */
public final class NotAFlowLogException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What the input is. */
    public enum Kind {
        /** The input does not begin with a header line, and no format was set. */
        NO_HEADER,
        /** A Parquet file that cannot be read: the library for it is missing, or the file has an unsupported feature. */
        PARQUET,
        /** gzip inside gzip. */
        NESTED_GZIP
    }

    private final Kind kind;
    private final String detail;

    /** An input that is not text. */
    NotAFlowLogException(Kind kind, String source, String detail) {
        super(source + ": " + detail);
        this.kind = kind;
        this.detail = detail;
    }

    /**
     * A Parquet file that cannot be read, for an implementation of {@link ParquetSupport}.
     *
     * @param source the name of the input
     * @param detail what was expected and what was found
     * @return the exception
     */
    public static NotAFlowLogException parquet(String source, String detail) {
        return new NotAFlowLogException(Kind.PARQUET, source, detail);
    }

    /** A line that is not a header. */
    NotAFlowLogException(Kind kind, String source, long line, String expectedAndFound) {
        super(source + ", line " + line + ": " + expectedAndFound);
        this.kind = kind;
        this.detail = "line " + line + ": " + expectedAndFound;
    }

    /**
     * Returns what the input is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns what was expected and what was found, for a reader who already knows the input.
     *
     * @return the message without the name of the input
     */
    public String detail() {
        return detail;
    }
}
