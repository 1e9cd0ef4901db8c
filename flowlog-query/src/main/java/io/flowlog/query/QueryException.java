package io.flowlog.query;

import org.jspecify.annotations.Nullable;

/** A query that gave no answer, or not all of it. The message is one line for people. */
final class QueryException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why there is no answer. */
    enum Reason {
        /** The SQL is wrong. */
        SQL,
        /** The input does not have a column that the query needs. */
        MISSING_COLUMN,
        /** An input cannot be opened, or holds no flow log. */
        NO_INPUT,
        /** An input is damaged, or could not be read to its end. */
        DAMAGED_INPUT,
        /** No space for temporary files, or not enough memory. */
        NO_SPACE,
        /** Everything else. */
        FAILED
    }

    private final Reason reason;

    QueryException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
