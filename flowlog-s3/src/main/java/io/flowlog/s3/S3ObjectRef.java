package io.flowlog.s3;

import org.jspecify.annotations.Nullable;

/**
 * Names an object in S3, and with a version id or an ETag exactly which content of it.
 *
 * <p>A value: immutable, safe to share between threads.
 *
 * @param bucket the bucket's name, never empty
 * @param key the key as S3 has it (decoded), never empty
 * @param versionId the version to read, or null for the current one
 * @param etag the ETag that the object must have, without quotes, or null for any; not looked at when there is a
 *     version id, since a version never changes
 */
public record S3ObjectRef(
        String bucket,
        String key,
        @Nullable String versionId,
        @Nullable String etag) {

    /**
     * Checks the names and takes the quotes off the ETag.
     *
     * @throws IllegalArgumentException if the bucket or the key is empty
     */
    public S3ObjectRef {
        if (bucket.isEmpty() || key.isEmpty()) {
            throw new IllegalArgumentException("an S3 object needs a bucket and a key");
        }
        versionId = versionId == null || versionId.isEmpty() ? null : versionId;
        etag = etag == null || etag.isEmpty() ? null : unquoted(etag);
    }

    /**
     * The current content of an object.
     *
     * @param bucket the bucket's name
     * @param key the key as S3 has it
     * @return a reference without version id and ETag
     */
    public static S3ObjectRef of(String bucket, String key) {
        return new S3ObjectRef(bucket, key, null, null);
    }

    /**
     * The place in the form that the AWS command line takes.
     *
     * @return {@code s3://bucket/key}, with control characters replaced by {@code ?} so that it can stand in a message
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
