package io.flowlog.sink.http;

import org.jspecify.annotations.Nullable;

/** Why something could not be delivered; {@code status} is 0 when it was not an HTTP status. The text holds no secret. */
record Failure(
        DeliveryException.Reason reason,
        String text,
        int status,
        @Nullable Throwable cause) {
    Failure(DeliveryException.Reason reason, String text) {
        this(reason, text, 0, null);
    }
}
