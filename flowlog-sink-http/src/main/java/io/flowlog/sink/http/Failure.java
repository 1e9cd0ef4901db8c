package io.flowlog.sink.http;

import io.flowlog.sink.http.DeliveryException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a delivery failed.
 *
 * @param text what happened, for people, on one line and without secrets
 * @param status the HTTP status that led to it, or 0
 * @param cause an exception without secrets
 */
record Failure(
        Reason reason, String text, int status, @Nullable Throwable cause) {
    static final Failure TIME_OVER = new Failure(Reason.TIMEOUT, "the timeout expired");
    static final Failure CLOSED = new Failure(Reason.INTERRUPTED, "the sink was closed");
    /** The result of a batch whose delivery has failed for another reason. */
    static final Failure STOPPED = new Failure(Reason.INTERRUPTED, "the delivery was stopped");

    Failure(Reason reason, String text) {
        this(reason, text, 0, null);
    }

    /** The same failure with something added to its text. */
    Failure with(String more) {
        return new Failure(reason, text + more, status, cause);
    }

    /** The expiry of the timeout, with this failure as what happened before. */
    Failure beforeTimeout(String what) {
        return new Failure(Reason.TIMEOUT, what + "; before that: " + text, status, cause);
    }
}
