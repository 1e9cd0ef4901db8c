package io.flowlog.s3;

import org.jspecify.annotations.Nullable;

/**
 * Names an object in S3, and optionally its exact content by a version ID or an ETag.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param bucket the bucket's name, never empty
 * @param key the key as S3 stores it (decoded), never empty
 * @param versionId the version to read, or null for the current one
 * @param etag the ETag that the object must have, without quotes, or null for any; ignored if there is a version ID,
 *     because a version never changes
 */
public record S3ObjectRef(
        String bucket,
        String key,
        @Nullable String versionId,
        @Nullable String etag) {

    /**
     * Checks the names and removes the quotes from the ETag.
     *
     * @throws IllegalArgumentException if the bucket or the key is empty
     */
    public S3ObjectRef {
        if (bucket.isEmpty() || key.isEmpty()) {
            throw new IllegalArgumentException("expected a bucket and a key, found an empty name");
        }
        versionId = versionId == null || versionId.isEmpty() ? null : versionId;
        etag = etag == null || etag.isEmpty() ? null : unquoted(etag);
    }

    /**
     * References the current content of an object.
     *
     * @param bucket the bucket's name
     * @param key the key as S3 stores it
     * @return a reference without a version ID and an ETag
     */
    public static S3ObjectRef of(String bucket, String key) {
        return new S3ObjectRef(bucket, key, null, null);
    }

    /**
     * Returns the location in the form that the AWS CLI accepts.
     *
     * @return {@code s3://bucket/key}, with {@code ?} for control characters, so that it is safe in a message
     */
    public String uri() {
        String text = "s3://" + bucket + "/" + key;
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    static String unquoted(String etag) {
        return etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }
}
