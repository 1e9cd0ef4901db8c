package io.flowlog.sink.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Identifies where records come from. The same content under the same name has the same id in every process and on every
 * machine, so that a lake can recognise records and requests that it already has. Immutable and safe for use by multiple
 * threads.
 */
public final class SourceId {
    private static final int HEX_DIGITS = 32;
    private static final SourceId NONE = new SourceId("", "unnamed source");

    private final String hex;
    private final String name;
    private final String recordSource;
    private final RecordIds recordIds;

    private SourceId(String hex, String name) {
        this(hex, name, hex, RecordIds.LINE_NUMBERS);
    }

    private SourceId(String hex, String name, String recordSource, RecordIds recordIds) {
        this.hex = hex;
        this.name = OneLine.of(name, 1100);
        this.recordSource = recordSource;
        this.recordIds = recordIds;
    }

    /**
     * Identifies an object in S3. The id is the first 32 hex digits of SHA-256(bucket NUL key NUL ETag).
     *
     * @param bucket the name of the bucket
     * @param key the decoded key of the object
     * @param etag the ETag of the GET response that the records are read from. The quotes are part of the hash (RFC 9110,
     *     section 8.8.3) and are added if they are missing
     * @return the identified source
     */
    public static SourceId ofObject(String bucket, String key, String etag) {
        String quoted = etag.endsWith("\"") ? etag : '"' + etag + '"';
        return new SourceId(hash(bucket + '\0' + key + '\0' + quoted), "s3://" + bucket + "/" + key);
    }

    /**
     * Identifies a local file. The id is the first 32 hex digits of SHA-256(file name NUL lower-case hex SHA-256 of the
     * file's bytes). The folder is not part of it. This method reads the whole file.
     *
     * @param file the file
     * @return the identified source
     * @throws IOException if the file cannot be read
     */
    public static SourceId ofFile(Path file) throws IOException {
        MessageDigest content = sha256();
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                content.update(buffer, 0, count);
            }
        }
        Path last = file.getFileName();
        String name = (last == null ? file : last).toString();
        return new SourceId(hash(name + '\0' + HexFormat.of().formatHex(content.digest())), name);
    }

    /**
     * Identifies any other source, such as standard input, by a name. The id is the first 32 hex digits of SHA-256(name).
     * The caller must ensure that the same name always means the same records on the same lines.
     *
     * @param name a name that is not blank
     * @return the identified source
     * @throws IllegalArgumentException if the name is blank
     */
    public static SourceId named(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a source must not be blank; use SourceId.none()");
        }
        return new SourceId(hash(name), name);
    }

    /**
     * Identifies records that have ids of their own, such as log events of CloudWatch Logs. They come in batches that can
     * be divided in another way when they come again, so the id of a record does not depend on the batch. It is {@code
     * <first 32 hex digits of SHA-256(stream)>-<id>}. The id of the source, which requests have, is the first 32 hex
     * digits of SHA-256(stream, and for each line NUL id).
     *
     * @param name the name of the source in messages
     * @param stream identifies where the ids are unique, such as a log stream
     * @param ids the ids of the lines 1, 2 and so on: for every line that the reader reads, 1 to 512 printable ASCII
     *     characters without quotes, backslashes and spaces
     * @return the identified source
     * @throws IllegalArgumentException if an id is not as above
     */
    public static SourceId ofRecords(String name, String stream, List<String> ids) {
        RecordIds recordIds = RecordIds.ofLines(ids);
        MessageDigest all = sha256();
        all.update(stream.getBytes(StandardCharsets.UTF_8));
        for (String id : ids) {
            all.update((byte) 0);
            all.update(id.getBytes(StandardCharsets.US_ASCII));
        }
        return new SourceId(hex(all.digest()), name, hash(stream), recordIds);
    }

    /**
     * Returns a source without an id. Its requests have no {@code Idempotency-Key} and its records have no id, so a lake
     * cannot recognise duplicates.
     *
     * @return the only source without an id
     */
    public static SourceId none() {
        return NONE;
    }

    /**
     * The id, which is part of every {@code Idempotency-Key}, and of every record id unless records have ids of their own.
     *
     * @return 32 lower-case hex digits, or empty for {@link #none()}
     */
    public Optional<String> hex() {
        return hex.isEmpty() ? Optional.empty() : Optional.of(hex);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceId that && hex.equals(that.hex) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hex, name);
    }

    /**
     * The name of the source in messages: {@code s3://bucket/key}, the name of the file, or the given name. Control characters are
     * escaped.
     */
    @Override
    public String toString() {
        return name;
    }

    /** The text in front of the ids of records; empty if they have none. */
    String recordSource() {
        return recordSource;
    }

    RecordIds recordIds() {
        return recordIds;
    }

    private static String hash(String text) {
        return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
