package io.flowlog.cli;

import java.io.IOException;

/** Standard output could not be written. */
final class OutputException extends IOException {
    private static final long serialVersionUID = 1L;

    OutputException(IOException cause) {
        super("standard output: " + cause.getMessage(), cause);
    }

    /** Whoever read our output has gone, as {@code head} does. */
    boolean isBrokenPipe() {
        return String.valueOf(getMessage()).contains("Broken pipe");
    }
}
