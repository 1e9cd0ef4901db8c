package io.flowlog.parser;

import java.io.IOException;

/** The input is readable but is not a text flow log. The message has the source and what to do. */
public final class NotAFlowLogException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What the input is. */
    public enum Kind {
        /** The input does not begin with a header line, and no format was set. */
        NO_HEADER,
        /** A Parquet file. */
        PARQUET,
        /** gzip inside gzip. */
        NESTED_GZIP
    }

    private final Kind kind;

    NotAFlowLogException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * Returns what the input is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }
}
