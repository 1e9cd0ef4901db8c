package io.flowlog.parser;

import java.io.IOException;

/** The decompressed input is larger than the limit that was set in the builder. */
public final class LimitExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    LimitExceededException(String source, String detail) {
        super(source + ": " + detail);
        this.detail = detail;
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
