package io.flowlog.s3;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An object of S3 could not be read, or not to its end. The message names the object and what to do about it. */
public final class S3ReadException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why an object could not be read. */
    public enum Reason {
        /** There is no such bucket, key or version, or the version is a delete marker. */
        NOT_FOUND(true),
        /** S3 refuses: a policy, the KMS key, or an owner of the bucket other than the expected one. */
        ACCESS_DENIED(true),
        /** The bucket is in another region than the client. */
        WRONG_REGION(true),
        /** The object is in an archive tier and has to be restored first. */
        ARCHIVED(true),
        /** The object is encrypted with a key that only its writer has (SSE-C). */
        CUSTOMER_KEY(true),
        /** The object was replaced while it was read. */
        CHANGED(false),
        /** The body broke, and reading on from there failed too. */
        BROKEN_BODY(false),
        /** The bytes are not those whose checksum S3 keeps. */
        CHECKSUM(false),
        /** S3 does not answer, or says that it is too busy. */
        UNAVAILABLE(false),
        /** The stream was given up by {@link S3ObjectStream#abort()}, or its thread was interrupted. */
        ABORTED(false),
        /** S3 refuses for a reason that is not in this list. */
        REFUSED(true);

        private final boolean permanent;

        Reason(boolean permanent) {
            this.permanent = permanent;
        }

        /**
         * Whether the same request, made again later, would fail again unless someone changes something.
         *
         * @return true if trying again is of no use by itself
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
     * @return the message without the object's URI in front of it
     */
    public String detail() {
        return detail;
    }
}
