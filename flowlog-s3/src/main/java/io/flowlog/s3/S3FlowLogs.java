package io.flowlog.s3;

import io.flowlog.s3.S3ReadException.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Spliterator;
import java.util.Spliterators;
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
 * Opens flow logs in S3, each exactly as it was named.
 *
 * <pre>{@code
 * try (S3Client s3 = S3Client.create();
 *         S3ObjectStream object = S3FlowLogs.of(s3).open(S3ObjectRef.of(bucket, key));
 *         FlowLogReader flows = FlowLogReader.open(object)) {
 *     flows.forEach(flow -> System.out.println(flow.srcaddr()));
 * }
 * }</pre>
 *
 * <p>Safe for several threads at once. The client stays the caller's, who also closes it.
 */
public final class S3FlowLogs {
    /** How often a broken body is read on unless the builder says otherwise: {@value} times. */
    public static final int DEFAULT_MAX_RESUMES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(S3FlowLogs.class);

    private final S3Client client;
    private final @Nullable String expectedBucketOwner;
    private final int maxResumes;

    private S3FlowLogs(Builder builder) {
        client = builder.client;
        expectedBucketOwner = builder.expectedBucketOwner;
        maxResumes = builder.maxResumes;
    }

    /**
     * Flow logs as this client sees them, with the defaults of the {@link #builder(S3Client) builder}.
     *
     * @param client the client to use; stays the caller's
     * @return ready for use
     */
    public static S3FlowLogs of(S3Client client) {
        return builder(client).build();
    }

    /**
     * For what {@link #of(S3Client)} does not offer.
     *
     * @param client the client to use; stays the caller's
     * @return a new builder
     */
    public static Builder builder(S3Client client) {
        return new Builder(client);
    }

    /**
     * Opens exactly the content that is named: the version, or else the object if it still has the ETag. If it was
     * replaced meanwhile (S3 answers 412), the current content is opened instead, with a warning in the log;
     * {@link S3ObjectStream#replaced()} and {@link S3ObjectStream#etag()} tell.
     *
     * @param object what to open
     * @return the open object; the caller closes it
     * @throws S3ReadException if S3 does not hand it out, with the {@linkplain S3ReadException#reason() reason}
     * @throws IOException never otherwise
     */
    public S3ObjectStream open(S3ObjectRef object) throws IOException {
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
        return new S3ObjectStream(object, body, (from, etag) -> range(object, from, etag), maxResumes);
    }

    /**
     * Lists objects, in the order of their keys, a page of S3 at a time as the stream is consumed.
     *
     * @param bucket the bucket's name
     * @param prefix how the keys begin; empty for all
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
     * Lists the flow-log files of a time, which is the one in their names: the start of what they hold, as AWS names them
     * ("Flow log files", Amazon VPC User Guide). Objects whose keys do not have AWS's layout have no such time and are left
     * out.
     *
     * @param bucket the bucket's name
     * @param prefix how the keys begin; empty for all
     * @param from the first time to list
     * @param to the first time not to list any more
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

    private ResponseInputStream<GetObjectResponse> range(S3ObjectRef object, long from, String etag)
            throws IOException {
        ResponseInputStream<GetObjectResponse> body;
        try {
            body = get(object, etag, "bytes=" + from + "-");
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
            // S3 keeps a checksum of the whole object, which the SDK compares with what it hands out.
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

        private Builder(S3Client client) {
            this.client = client;
        }

        /**
         * The account that must own the bucket, so that a bucket that someone else made under an old name is refused.
         *
         * @param account 12 digits, or null for any
         * @return this builder
         */
        public Builder expectedBucketOwner(@Nullable String account) {
            expectedBucketOwner = account;
            return this;
        }

        /**
         * How often a broken body is read on before {@link Reason#BROKEN_BODY} is thrown.
         *
         * @param times 0 or more; {@value S3FlowLogs#DEFAULT_MAX_RESUMES} unless set
         * @return this builder
         * @throws IllegalArgumentException if negative
         */
        public Builder maxResumes(int times) {
            if (times < 0) {
                throw new IllegalArgumentException("maxResumes is " + times);
            }
            maxResumes = times;
            return this;
        }

        /**
         * Builds.
         *
         * @return ready for use
         */
        public S3FlowLogs build() {
            return new S3FlowLogs(this);
        }
    }
}
