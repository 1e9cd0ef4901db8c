package io.flowlog.lambda;

import java.io.IOException;

/** The data of log events cannot be decoded. The message says why, for people, without content of the data. */
final class LogDataException extends IOException {
    private static final long serialVersionUID = 1L;

    LogDataException(String message) {
        super(message);
    }
}
