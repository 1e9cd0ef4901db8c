package io.flowlog.parser;

import java.io.IOException;

/** The decompressed input is larger than the limit that was set in the builder. */
public final class LimitExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    LimitExceededException(String message) {
        super(message);
    }
}
