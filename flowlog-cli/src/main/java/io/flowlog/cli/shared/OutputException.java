package io.flowlog.cli.shared;

import java.io.IOException;

/** Standard output could not be written. */
public final class OutputException extends IOException {
    private static final long serialVersionUID = 1L;

    OutputException(IOException cause) {
        super("standard output: " + cause.getMessage(), cause);
    }

    /**
     * Whether the reader of the output has closed it, as {@code head} does.
     *
     * @return false for any other error, such as a full disk
     */
    public boolean isBrokenPipe() {
        return String.valueOf(getMessage()).contains("Broken pipe");
    }
}
