package io.flowlog.lambda;

import io.flowlog.s3.S3ObjectRef;
import io.flowlog.sink.http.DeliveryReport;
import org.jspecify.annotations.Nullable;

/**
 * The result of the delivery of an object.
 *
 * @param object the object
 * @param reason why it failed, or null if it was delivered or has nothing to deliver
 * @param text what happened, without the name of the object, without secrets and without content of the object
 * @param accounts what was read and sent, or null if nothing was
 */
record Outcome(
        S3ObjectRef object,
        @Nullable FailureReason reason,
        String text,
        @Nullable Accounts accounts) {

    /**
     * What was read and sent.
     *
     * @param etag the ETag of the content that was read
     * @param bytesIn bytes read from S3
     * @param report the accounts of the sink
     */
    record Accounts(String etag, long bytesIn, DeliveryReport report) {}

    static Outcome done(S3ObjectRef object, String text, @Nullable Accounts accounts) {
        return new Outcome(object, null, text, accounts);
    }

    static Outcome failed(S3ObjectRef object, FailureReason reason, String text, @Nullable Accounts accounts) {
        return new Outcome(object, reason, text, accounts);
    }

    boolean isDone() {
        return reason == null;
    }
}
