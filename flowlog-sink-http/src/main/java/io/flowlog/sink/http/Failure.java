package io.flowlog.sink.http;

import org.jspecify.annotations.Nullable;

/** Why something could not be delivered; {@code status} is 0 when it was not an HTTP status. The text holds no secret. */
record Failure(
        DeliveryException.Reason reason,
        String text,
        int status,
        @Nullable Throwable cause) {
    static final Failure TIME_OVER = new Failure(DeliveryException.Reason.TIMEOUT, "the time given is over");
    static final Failure CLOSED = new Failure(DeliveryException.Reason.INTERRUPTED, "the sink was closed");

    Failure(DeliveryException.Reason reason, String text) {
        this(reason, text, 0, null);
    }
}
