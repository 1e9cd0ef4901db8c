package io.flowlog.s3;

import io.flowlog.s3.S3ReadException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns the exceptions of the SDK into one sentence that names the object and what to check. */
final class S3Failures {
    static S3ReadException of(S3ObjectRef object, SdkException e) {
        if (e instanceof S3Exception s3) {
            return refused(object, s3);
        }
        return new S3ReadException(Reason.UNAVAILABLE, object.uri(), "S3 could not be reached: " + firstLine(e), e);
    }

    static S3ReadException ofListing(String bucket, String prefix, SdkException e) {
        String place =
                S3ObjectRef.of(bucket, prefix.isEmpty() ? "*" : prefix + "*").uri();
        if (!(e instanceof S3Exception s3)) {
            return new S3ReadException(Reason.UNAVAILABLE, place, "S3 could not be reached: " + firstLine(e), e);
        }
        String code = code(s3);
        Reason reason = reason(s3.statusCode(), code, "");
        String advice = switch (reason) {
            case NOT_FOUND -> "the bucket does not exist";
            case ACCESS_DENIED -> "S3 denies listing it; required are s3:ListBucket and the expected bucket owner";
            case WRONG_REGION -> "the bucket is in another region than this client";
            default -> "S3 did not list it";
        };
        return new S3ReadException(reason, place, advice + said(s3, code), e);
    }

    private static String code(S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String said(S3Exception e, String code) {
        return " (HTTP " + e.statusCode() + (code.isEmpty() ? "" : " " + code) + ")";
    }

    private static S3ReadException refused(S3ObjectRef object, S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = code(e);
        Reason reason = reason(e.statusCode(), code, details == null ? "" : String.valueOf(details.errorMessage()));
        return new S3ReadException(reason, object.uri(), advice(reason, object) + said(e, code), e);
    }

    private static Reason reason(int status, String code, String message) {
        if (code.equals("InvalidObjectState")) {
            return Reason.ARCHIVED;
        }
        if (status == 400
                && (message.contains("Server Side Encryption") || message.contains("encryption parameters"))) {
            return Reason.CUSTOMER_KEY;
        }
        if (code.equals("AuthorizationHeaderMalformed") || code.equals("IllegalLocationConstraintException")) {
            return Reason.WRONG_REGION;
        }
        if (code.startsWith("KMS.")) {
            return Reason.ACCESS_DENIED;
        }
        return switch (status) {
            case 301, 302, 307, 308 -> Reason.WRONG_REGION;
            case 401, 403 -> Reason.ACCESS_DENIED;
            case 404, 405 -> Reason.NOT_FOUND;
            case 412, 416 -> Reason.CHANGED;
            case 408, 429 -> Reason.UNAVAILABLE;
            default -> status >= 500 ? Reason.UNAVAILABLE : Reason.REFUSED;
        };
    }

    private static String advice(Reason reason, S3ObjectRef object) {
        return switch (reason) {
            case NOT_FOUND -> "no such object (deleted, expired, or another key)";
            case ACCESS_DENIED ->
                "S3 denies reading it; required are "
                        + (object.versionId() == null ? "s3:GetObject" : "s3:GetObjectVersion")
                        + " on the object, kms:Decrypt on its KMS key if it has one, and the expected bucket owner;"
                        + " without s3:ListBucket, S3 gives the same answer for an object that does not exist";
            case WRONG_REGION -> "the bucket is in another region than this client";
            case ARCHIVED -> "it is archived (Glacier); restore it first";
            case CUSTOMER_KEY -> "it is encrypted with a customer-provided key (SSE-C), which is not supported";
            case CHANGED -> "it was replaced while it was being read";
            case UNAVAILABLE -> "S3 did not return it in several attempts";
            default -> "S3 refused to return it";
        };
    }

    static String firstLine(Throwable e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private S3Failures() {}
}
