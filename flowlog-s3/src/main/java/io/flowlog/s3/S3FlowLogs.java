package io.flowlog.s3;

import io.flowlog.s3.S3ReadException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Opens and lists flow logs in S3.
 *
 * <pre>{@code
 * try (S3Client s3 = S3Client.create();
 *         S3ObjectStream object = S3FlowLogs.of(s3).open(S3ObjectRef.of(bucket, key));
 *         FlowLogReader flows = FlowLogReader.open(object)) {
 *     flows.forEach(flow -> System.out.println(flow.srcaddr()));
 * }
 * }</pre>
 *
 * <p>Immutable and safe to share between threads. The caller must close the client.
 */
public final class S3FlowLogs {
    /** The default number of attempts in a row to resume a broken body that may read nothing: {@value}. */
    public static final int DEFAULT_MAX_RESUMES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(S3FlowLogs.class);

    private final S3Client client;
    private final @Nullable String expectedBucketOwner;
    private final int maxResumes;
    private final LongSupplier nanoTime;

    private S3FlowLogs(Builder builder) {
        client = builder.client;
        expectedBucketOwner = builder.expectedBucketOwner;
        maxResumes = builder.maxResumes;
        nanoTime = builder.nanoTime;
    }

    /**
     * Creates an instance with the defaults of the {@link #builder(S3Client) builder}.
     *
     * @param client the client to use; the caller closes it
     * @return the instance
     */
    public static S3FlowLogs of(S3Client client) {
        return builder(client).build();
    }

    /**
     * Returns a builder for an instance with other settings.
     *
     * @param client the client to use; the caller closes it
     * @return a new builder
     */
    public static Builder builder(S3Client client) {
        return new Builder(client);
    }

    /**
     * Opens an object: the named version, or the object if it still has the named ETag. If the object was replaced in the
     * meantime (S3 answers 412), the current content is opened, with a warning in the log;
     * {@link S3ObjectStream#replaced()} and {@link S3ObjectStream#etag()} report it.
     *
     * @param object what to open
     * @return the open object; the caller closes it
     * @throws S3ReadException if S3 does not return the object, with the {@linkplain S3ReadException#reason() reason}
     */
    public S3ObjectStream open(S3ObjectRef object) throws IOException {
        return open(object, TimeLimit.none());
    }

    /**
     * Opens an object as {@link #open(S3ObjectRef)} does, and does not resume a body that breaks after the timeout. A read
     * that blocks ends at the client's own socket timeout.
     *
     * @param object what to open
     * @param timeout the time limit for the object from now on, including the time that the caller needs between reads
     * @return the open object; the caller closes it
     * @throws S3ReadException if S3 does not return the object, with the {@linkplain S3ReadException#reason() reason}
     */
    public S3ObjectStream open(S3ObjectRef object, Duration timeout) throws IOException {
        return open(object, TimeLimit.of(nanoTime, timeout));
    }

    private S3ObjectStream open(S3ObjectRef object, TimeLimit timeLimit) throws IOException {
        ResponseInputStream<GetObjectResponse> body;
        try {
            body = get(object, object.etag(), null);
        } catch (S3Exception e) {
            if (e.statusCode() != 412 || object.versionId() != null || object.etag() == null) {
                throw S3Failures.of(object, e);
            }
            LOG.warn("{} was replaced after it was announced; reading the current content", object.uri());
            body = getCurrent(object);
        } catch (SdkException e) {
            throw S3Failures.of(object, e);
        }
        return new S3ObjectStream(
                object, body, (from, to, etag) -> range(object, from, to, etag), maxResumes, timeLimit);
    }

    /**
     * Lists objects in the order of their keys. The stream requests one page at a time, as it is consumed.
     *
     * @param bucket the bucket's name
     * @param prefix the beginning of the keys; empty for all
     * @return the objects; consuming it throws {@link java.io.UncheckedIOException} with an {@link S3ReadException} if S3
     *     does not answer. For one thread
     */
    public Stream<ListedObject> list(String bucket, String prefix) {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(prefix)
                .expectedBucketOwner(expectedBucketOwner)
                .build();
        Spliterator<ListedObject> objects = Spliterators.spliteratorUnknownSize(
                new ObjectPages(client, request), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(objects, false);
    }

    /**
     * Lists the flow-log files of a period, by the time in their names: the start of the data in the file ("Flow log files",
     * Amazon VPC User Guide). Objects whose keys do not have AWS's layout have no such time and are skipped.
     *
     * @param bucket the bucket's name
     * @param prefix the beginning of the keys; empty for all
     * @param from the first time to include
     * @param to the first time to exclude
     * @return as {@link #list(String, String)}
     */
    public Stream<ListedObject> list(String bucket, String prefix, Instant from, Instant to) {
        return list(bucket, prefix)
                .filter(object -> object.time()
                        .filter(time -> !time.isBefore(from) && time.isBefore(to))
                        .isPresent());
    }

    private ResponseInputStream<GetObjectResponse> getCurrent(S3ObjectRef object) throws IOException {
        try {
            return get(object, null, null);
        } catch (SdkException e) {
            throw S3Failures.of(object, e);
        }
    }

    private ResponseInputStream<GetObjectResponse> range(S3ObjectRef object, long from, long to, String etag)
            throws IOException {
        ResponseInputStream<GetObjectResponse> body;
        try {
            body = get(object, etag, "bytes=" + from + "-" + (to == Long.MAX_VALUE ? "" : to - 1));
        } catch (SdkException e) {
            throw S3Failures.of(object, e);
        }
        GetObjectResponse head = body.response();
        boolean sameContent =
                head.eTag() != null && S3ObjectRef.unquoted(head.eTag()).equals(etag);
        boolean thatRange =
                head.contentRange() == null ? from == 0 : head.contentRange().startsWith("bytes " + from + "-");
        if (!sameContent || !thatRange) {
            body.abort();
            throw new S3ReadException(
                    sameContent ? Reason.BROKEN_BODY : Reason.CHANGED,
                    object.uri(),
                    "broke off after " + from + " bytes, and S3 answered another range or content",
                    null);
        }
        return body;
    }

    private ResponseInputStream<GetObjectResponse> get(
            S3ObjectRef object, @Nullable String etag, @Nullable String range) {
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .expectedBucketOwner(expectedBucketOwner)
                .range(range);
        if (range == null) {
            // S3 stores a checksum of the whole object; the SDK compares it with the bytes that it returns.
            request.checksumMode(ChecksumMode.ENABLED);
        }
        if (object.versionId() != null) {
            request.versionId(object.versionId());
        }
        if (etag != null && (object.versionId() == null || range != null)) {
            request.ifMatch('"' + etag + '"');
        }
        return client.getObject(request.build());
    }

    /** Builds {@link S3FlowLogs}. For one thread. */
    public static final class Builder {
        private final S3Client client;
        private @Nullable String expectedBucketOwner;
        private int maxResumes = DEFAULT_MAX_RESUMES;
        private LongSupplier nanoTime = System::nanoTime;

        private Builder(S3Client client) {
            this.client = client;
        }

        /**
         * The account that must own the bucket. S3 then denies access if the bucket of that name now belongs to
         * somebody else.
         *
         * @param account 12 digits, or null for any
         * @return this builder
         */
        public Builder expectedBucketOwner(@Nullable String account) {
            expectedBucketOwner = account;
            return this;
        }

        /**
         * The maximum number of consecutive attempts to resume a broken body without reading a byte. After that, the stream
         * throws {@link Reason#BROKEN_BODY}. An attempt that reads a byte starts the count again.
         *
         * @param times 0 or more, {@value S3FlowLogs#DEFAULT_MAX_RESUMES} by default; 0 means that a body is not resumed
         * @return this builder
         * @throws IllegalArgumentException if negative
         */
        public Builder maxResumes(int times) {
            if (times < 0) {
                throw new IllegalArgumentException("maxResumes: expected 0 or more, found " + times);
            }
            maxResumes = times;
            return this;
        }

        /** For tests: the clock that timeouts are measured with, in nanoseconds. */
        Builder clock(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            return this;
        }

        /**
         * Creates the instance.
         *
         * @return the instance
         */
        public S3FlowLogs build() {
            return new S3FlowLogs(this);
        }
    }
}
