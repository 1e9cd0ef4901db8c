package io.flowlog.sink.http;

import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when at least one record of a source was not acknowledged. The {@link #report()} lists the missing lines.
 * Sending the source again is always safe: every request and every record keeps its id.
 *
 * <p>{@link #reason()} is the value to act on, and {@link Reason#permanent()} answers whether another attempt can
 * help. The message and {@link #detail()} are for people. Their wording can change in any release, so do not parse
 * them. Neither contains the value of a header.
 */
public final class DeliveryException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why a delivery failed. The name of a constant is stable and suitable for logs and alarms. */
    public enum Reason {
        /**
         * The source could not be read: an I/O error, a malformed line in strict mode, a damaged or truncated source.
         * The reader's exception is the {@linkplain Throwable#getCause() cause} and says whether reading the source
         * again can help.
         */
        SOURCE(false),
        /** The source has more malformed lines than {@link HttpSink.Builder#maxMalformedRatio} allows. */
        MALFORMED(true),
        /** No complete answer was received on any attempt: the lake was unreachable, or the connection broke. */
        UNREACHABLE(false),
        /** The lake's certificate or TLS version is not accepted. */
        TLS(true),
        /**
         * The lake answered 401 or 403, even after the refreshable headers were read again, or a supplier returned a
         * value that is not valid for a header.
         */
        AUTH(true),
        /**
         * The supplier of a refreshable header threw an exception, which is the {@linkplain Throwable#getCause() cause}
         * unless it contains a secret. The {@link #status()} is present if the lake had rejected the previous value.
         */
        HEADER_UNAVAILABLE(false),
        /** The lake answered with a status that a retry does not change: 3xx, most 4xx, or a web page. */
        REFUSED(true),
        /** The lake answered 408, 425, 429, 500, 502, 503 or 504 to every attempt. */
        UNAVAILABLE(false),
        /** The lake answered 413 to a single record. The other records of the source were sent. */
        TOO_LARGE(true),
        /** The timeout of the call expired, or the next attempt would have started after it. */
        TIMEOUT(false),
        /** The calling thread was interrupted, or the sink was closed. */
        INTERRUPTED(false),
        /**
         * A setting does not suit this source: the record id field has the name of one of its columns, a filter names a
         * field that does not exist, or a source without an id is to be sampled.
         */
        SETTINGS(true),
        /** A defect of this library, such as accounts that do not add up. Please report it. */
        DEFECT(false);

        private final boolean permanent;

        Reason(boolean permanent) {
            this.permanent = permanent;
        }

        /**
         * Whether to stop or to try again.
         *
         * @return true if sending the same source again cannot succeed until a setting, the source or the lake is
         *     changed; false if a later attempt can succeed
         */
        public boolean permanent() {
            return permanent;
        }
    }

    private final transient DeliveryReport report;
    private final Reason reason;
    private final String detail;
    private final int status;

    DeliveryException(
            String message,
            Reason reason,
            String detail,
            int status,
            DeliveryReport report,
            @Nullable Throwable cause) {
        super(message, cause);
        this.report = report;
        this.reason = reason;
        this.detail = detail;
        this.status = status;
    }

    /**
     * The accounts at the time of the failure.
     *
     * @return the report; its {@link DeliveryReport#undeliveredRanges()} and {@link DeliveryReport#unreadAfter()} list
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
     * What happened, in one line for people, such as {@code lake.example answered 400: unknown field}. The message of
     * this exception adds the name of the source and the accounts. For {@link Reason#SOURCE} the text is the reader's
     * own message.
     *
     * @return one line without control characters and without secrets
     */
    public String detail() {
        return detail;
    }

    /**
     * The HTTP status that led to the failure.
     *
     * @return 100 to 999, or empty if no status was involved
     */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
