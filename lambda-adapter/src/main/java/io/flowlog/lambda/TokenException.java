package io.flowlog.lambda;

/** The token could not be read from its secret. The message says why, and contains nothing of the secret. */
final class TokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureReason reason;

    TokenException(FailureReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    FailureReason reason() {
        return reason;
    }
}
