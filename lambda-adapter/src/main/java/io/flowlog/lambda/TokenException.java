package io.flowlog.lambda;

/** The token could not be had. The message says why, and shows nothing of the secret. */
final class TokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TokenException(String message) {
        super(message, null, false, false);
    }
}
