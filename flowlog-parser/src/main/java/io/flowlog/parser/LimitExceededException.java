package io.flowlog.parser;

import java.io.IOException;

/** The text of the input is larger than the limit that was set in the builder, or the input needs too much memory. */
public final class LimitExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is limited. */
    public enum Limit {
        /** The bytes of text, by {@link FlowLogReader.Builder#maxBytes}. */
        TEXT,
        /** The memory that a Parquet file may need. */
        MEMORY
    }

    private final Limit limit;
    private final String detail;

    /**
     * An input that exceeds a limit.
     *
     * @param limit what is limited
     * @param source the name of the input
     * @param detail what was expected and what was found
     */
    public LimitExceededException(Limit limit, String source, String detail) {
        super(source + ": " + detail);
        this.limit = limit;
        this.detail = detail;
    }

    /**
     * Returns what is limited.
     *
     * @return the limit
     */
    public Limit limit() {
        return limit;
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
