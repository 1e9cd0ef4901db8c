package io.flowlog.cli.shared;

import io.flowlog.s3.ListedObject;
import io.flowlog.s3.S3FlowLogs;
import io.flowlog.s3.S3ObjectRef;
import io.flowlog.s3.S3ObjectStream;
import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An object in S3, from a listing.
 *
 * @param s3 opens the object
 * @param listed the object
 */
public record S3Source(S3FlowLogs s3, ListedObject listed) implements Source {
    /** The bucket, the key, and the ETag that the object had in the listing. */
    public S3ObjectRef object() {
        return listed.object();
    }

    @Override
    public String name() {
        return object().uri();
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(listed.size());
    }

    @Override
    public Optional<Instant> time() {
        return Optional.of(listed.time().orElse(listed.lastModified()));
    }

    @Override
    public InputStream open() throws IOException {
        return s3.open(object());
    }

    /**
     * The ETag of an open object.
     *
     * @param opened what {@link #open()} returned
     */
    public static String etag(InputStream opened) {
        return ((S3ObjectStream) opened).etag();
    }

    @Override
    public SourceId id(InputStream opened) {
        // The ETag of the GET response, as the function uses it. The object can have been replaced since it was listed.
        return SourceId.ofObject(object().bucket(), object().key(), etag(opened));
    }
}
