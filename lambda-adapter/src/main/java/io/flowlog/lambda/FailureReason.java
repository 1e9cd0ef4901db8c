package io.flowlog.lambda;

import io.flowlog.s3.S3ReadException;
import io.flowlog.sink.http.DeliveryException;
import java.util.Locale;
import java.util.Set;

/**
 * Why an object, log events or an event were not delivered. Operators and programs rely on the {@link #code()}, which never changes;
 * {@code docs/operations.md} lists what each one means.
 */
enum FailureReason {
    EVENT_REFUSED(true),
    S3_NOT_FOUND(S3ReadException.Reason.NOT_FOUND),
    S3_ACCESS_DENIED(S3ReadException.Reason.ACCESS_DENIED),
    S3_WRONG_REGION(S3ReadException.Reason.WRONG_REGION),
    S3_ARCHIVED(S3ReadException.Reason.ARCHIVED),
    S3_CUSTOMER_KEY(S3ReadException.Reason.CUSTOMER_KEY),
    S3_CHANGED(S3ReadException.Reason.CHANGED),
    S3_BROKEN_BODY(S3ReadException.Reason.BROKEN_BODY),
    S3_CHECKSUM(S3ReadException.Reason.CHECKSUM),
    S3_UNAVAILABLE(S3ReadException.Reason.UNAVAILABLE),
    S3_REFUSED(S3ReadException.Reason.REFUSED),
    LOG_DATA_INVALID(true),
    FORMAT_MISSING(true),
    FORMAT_MISMATCH(true),
    ANSWER_TOO_LARGE(true),
    NOT_A_FLOW_LOG(true),
    PARQUET(true),
    NESTED_GZIP(true),
    CORRUPT_GZIP(true),
    CORRUPT_PARQUET(true),
    OBJECT_TOO_LARGE(true),
    OBJECT_UNREADABLE(DeliveryException.Reason.SOURCE),
    TOO_MANY_MALFORMED(DeliveryException.Reason.MALFORMED),
    RECORD_ID_FIELD(DeliveryException.Reason.SETTINGS),
    TOKEN_UNAVAILABLE(DeliveryException.Reason.HEADER_UNAVAILABLE),
    TOKEN_DENIED(true),
    TOKEN_INVALID(true),
    LAKE_AUTH(DeliveryException.Reason.AUTH),
    LAKE_UNREACHABLE(DeliveryException.Reason.UNREACHABLE),
    LAKE_TLS(DeliveryException.Reason.TLS),
    LAKE_REFUSED(DeliveryException.Reason.REFUSED),
    LAKE_UNAVAILABLE(DeliveryException.Reason.UNAVAILABLE),
    LAKE_TOO_LARGE(DeliveryException.Reason.TOO_LARGE),
    DEADLINE(false),
    INTERNAL_ERROR(DeliveryException.Reason.DEFECT);

    private static final Set<FailureReason> OF_THE_TOKEN =
            Set.of(TOKEN_UNAVAILABLE, TOKEN_DENIED, TOKEN_INVALID, LAKE_AUTH);

    private final boolean permanent;
    private final Object origin;

    FailureReason(boolean permanent) {
        this.permanent = permanent;
        this.origin = this;
    }

    FailureReason(S3ReadException.Reason origin) {
        this.permanent = origin.permanent();
        this.origin = origin;
    }

    FailureReason(DeliveryException.Reason origin) {
        this.permanent = origin.permanent();
        this.origin = origin;
    }

    static FailureReason of(S3ReadException.Reason reason) {
        return reason == S3ReadException.Reason.ABORTED ? DEADLINE : from(reason);
    }

    static FailureReason of(DeliveryException.Reason reason) {
        return switch (reason) {
            case TIMEOUT, INTERRUPTED -> DEADLINE;
            default -> from(reason);
        };
    }

    private static FailureReason from(Object origin) {
        for (FailureReason reason : values()) {
            if (reason.origin == origin) {
                return reason;
            }
        }
        return INTERNAL_ERROR;
    }

    /** The name in log lines, such as {@code s3_not_found}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if another attempt fails too, until someone changes something. */
    boolean permanent() {
        return permanent;
    }

    /** True if the other objects of the invocation fail for the same reason. */
    boolean affectsAllObjects() {
        return OF_THE_TOKEN.contains(this);
    }
}
