package io.flowlog.sink.http;

import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Not every record of a source was acknowledged. The {@link #report()} says which lines; they can be sent again, with
 * the same ids, by sending the source again. Never holds the value of a header.
 */
public final class DeliveryException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why a delivery failed. */
    public enum Reason {
        /** The reader failed: a malformed line in strict mode, a damaged or cut source, an I/O error. */
        SOURCE,
        /** More malformed lines than the ratio allows. */
        MALFORMED,
        /** The lake could not be reached, or broke off, on every attempt. */
        UNREACHABLE,
        /** The lake's certificate or TLS version is not acceptable. Not retried. */
        TLS,
        /** 401 or 403, after the refreshable headers were read again, or a header's supplier failed. */
        AUTH,
        /** A status that does not get better by retrying: 3xx, most 4xx, or a web page in the place of an answer. */
        REFUSED,
        /** A status that may get better (408, 425, 429, 500, 502, 503, 504) on every attempt. */
        UNAVAILABLE,
        /** One record alone is larger than the lake takes (413). All other records were still tried. */
        TOO_LARGE,
        /** The time given was not enough. */
        TIMEOUT,
        /** The calling thread was interrupted, or the sink was closed. */
        INTERRUPTED,
        /** The record id field has the name of a column of the source. */
        SETTINGS,
        /** What must not happen: the numbers do not add up, or this library failed in another way. Please report it. */
        DEFECT
    }

    private final transient DeliveryReport report;
    private final Reason reason;
    private final int status;

    DeliveryException(String message, Reason reason, int status, DeliveryReport report, @Nullable Throwable cause) {
        super(message, cause);
        this.report = report;
        this.reason = reason;
        this.status = status;
    }

    /**
     * The accounts at the moment of failure.
     *
     * @return the report; its {@link DeliveryReport#undeliveredRanges()} and {@link DeliveryReport#unreadAfter()} say
     *     what is missing
     */
    public DeliveryReport report() {
        return report;
    }

    /**
     * The kind of failure.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The HTTP status that caused the failure.
     *
     * @return 100 to 999, or empty when it was not a status
     */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
