package io.flowlog.s3;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An S3 object could not be read completely. The message names the object, the reason and what to do. */
public final class S3ReadException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why an object could not be read. */
    public enum Reason {
        /** There is no such bucket, key or version, or the version is a delete marker. */
        NOT_FOUND(true),
        /** S3 denies access because of a policy, the KMS key, or the expected owner of the bucket. */
        ACCESS_DENIED(true),
        /** The bucket is in another region than the client. */
        WRONG_REGION(true),
        /** The object is archived and must be restored first. */
        ARCHIVED(true),
        /** The object is encrypted with a customer-provided key (SSE-C). */
        CUSTOMER_KEY(true),
        /** The object was replaced while it was being read. */
        CHANGED(false),
        /** The body broke, and several attempts to resume it failed. */
        BROKEN_BODY(false),
        /** The bytes do not match the checksum that S3 stores. */
        CHECKSUM(false),
        /** S3 does not answer, or answers that it is too busy. */
        UNAVAILABLE(false),
        /** {@link S3ObjectStream#abort()} was called, or the reading thread was interrupted. */
        ABORTED(false),
        /** S3 refused the request for another reason. */
        REFUSED(true);

        private final boolean permanent;

        Reason(boolean permanent) {
            this.permanent = permanent;
        }

        /**
         * Whether to stop. If true, the same request fails again until somebody changes something.
         *
         * @return true to stop, false to try again later
         */
        public boolean permanent() {
            return permanent;
        }
    }

    private final Reason reason;
    private final String detail;

    S3ReadException(Reason reason, String place, String detail, @Nullable Throwable cause) {
        super(place + ": " + detail, cause);
        this.reason = reason;
        this.detail = detail;
    }

    /**
     * Why the object could not be read.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * What went wrong and what to do about it, for a reader who already knows the object.
     *
     * @return the message without the URI of the object at its beginning
     */
    public String detail() {
        return detail;
    }
}
