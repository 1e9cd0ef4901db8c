package io.flowlog.lambda;

import io.flowlog.s3.S3ObjectRef;
import io.flowlog.sink.http.DeliveryReport;
import org.jspecify.annotations.Nullable;

/**
 * The result of the delivery of an object, or of log events.
 *
 * @param subject what was delivered, or was not
 * @param reason why it failed, or null if it was delivered or has nothing to deliver
 * @param text what happened, without the name of the subject, without secrets and without content
 * @param accounts what was read and sent, or null if nothing was
 */
record Outcome(
        Subject subject,
        @Nullable FailureReason reason,
        String text,
        @Nullable Accounts accounts) {

    /**
     * What was read and sent.
     *
     * @param etag the ETag of the object that was read; null if it was no object
     * @param bytesIn bytes read, as they arrived
     * @param report the accounts of the sink
     */
    record Accounts(@Nullable String etag, long bytesIn, DeliveryReport report) {}

    static Outcome done(S3ObjectRef object, String text, @Nullable Accounts accounts) {
        return done(Subject.of(object), text, accounts);
    }

    static Outcome done(Subject subject, String text, @Nullable Accounts accounts) {
        return new Outcome(subject, null, text, accounts);
    }

    static Outcome failed(S3ObjectRef object, FailureReason reason, String text, @Nullable Accounts accounts) {
        return failed(Subject.of(object), reason, text, accounts);
    }

    static Outcome failed(Subject subject, FailureReason reason, String text, @Nullable Accounts accounts) {
        return new Outcome(subject, reason, text, accounts);
    }

    boolean isDone() {
        return reason == null;
    }
}
