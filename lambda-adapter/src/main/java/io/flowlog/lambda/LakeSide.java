package io.flowlog.lambda;

import io.flowlog.sink.http.DeliveryException;
import io.flowlog.sink.http.DeliveryReport;
import io.flowlog.sink.http.SourceId;
import org.jspecify.annotations.Nullable;

/** Says what the lake did to one delivery: why it failed, or what it waits for. Safe for use by several threads. */
final class LakeSide {
    private static final String NO_ANSWER = "the lake has not answered";
    private static final String NO_TOKEN_YET = "Secrets Manager has not answered the request for the token";

    private final InvocationScope scope;
    private volatile @Nullable SourceId source;

    LakeSide(InvocationScope scope) {
        this.scope = scope;
    }

    /** Why a delivery failed. */
    record Failure(FailureReason reason, String text) {}

    /** The source that is being sent from now on. */
    void sending(SourceId id) {
        source = id;
    }

    /** The source is not being sent any more. */
    void sent() {
        SourceId id = source;
        if (id != null) {
            scope.connections().troubles().forget(id);
        }
    }

    /** What a delivery that is not finished waits for. */
    String waitingFor() {
        if (isReadingToken()) {
            return NO_TOKEN_YET;
        }
        String trouble = trouble();
        return trouble != null ? trouble : NO_ANSWER;
    }

    private boolean isReadingToken() {
        SecretToken secret = scope.connections().secret();
        return secret != null && secret.isReading();
    }

    private @Nullable String trouble() {
        SourceId id = source;
        return id == null ? null : scope.connections().troubles().last(id);
    }

    /** Why the sink gave up, unless it is the fault of the source. */
    Failure failure(DeliveryException e, boolean aborted, long bytesIn) {
        FailureReason reason = FailureReason.of(e.reason());
        if (aborted || reason == FailureReason.DEADLINE) {
            return new Failure(FailureReason.DEADLINE, WorkDelivery.NOT_FINISHED + "; " + lastReason(e, bytesIn));
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenException token) {
                return new Failure(token.reason(), String.valueOf(token.getMessage()));
            }
        }
        boolean noAnswer = e.status().isEmpty();
        return new Failure(
                reason == FailureReason.LAKE_AUTH && noAnswer ? FailureReason.TOKEN_INVALID : reason, e.detail());
    }

    /** What the lake did, if it answered or broke off, and else how far the delivery is. */
    private String lastReason(DeliveryException e, long bytesIn) {
        if (e.reason() == DeliveryException.Reason.TIMEOUT && (e.status().isPresent() || e.getCause() != null)) {
            return e.detail();
        }
        if (isReadingToken()) {
            return NO_TOKEN_YET;
        }
        DeliveryReport report = e.report();
        String trouble = trouble();
        if (trouble == null && report.requests() > 0 && report.undelivered() > 0) {
            trouble = NO_ANSWER;
        }
        return bytesIn + " bytes read, " + report.acknowledged() + " records delivered"
                + (trouble == null ? "" : "; " + trouble);
    }
}
