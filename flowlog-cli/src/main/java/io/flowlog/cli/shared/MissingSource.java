package io.flowlog.cli.shared;

import io.flowlog.s3.S3ReadException;
import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An input that cannot be read: a missing file, a pattern without a match, or a listing that failed. It is a source too, so
 * that a command reports it in the order of the inputs and continues with the others.
 *
 * @param name what the user wrote
 * @param cause thrown when it is opened
 */
public record MissingSource(String name, IOException cause) implements Source {
    /**
     * Whether S3 did not list the objects. Then nobody knows which objects there are, and the same command can succeed later.
     *
     * @return false for an input that does not exist
     */
    public boolean isFailedListing() {
        return cause instanceof S3ReadException;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public Optional<Instant> time() {
        return Optional.empty();
    }

    @Override
    public InputStream open() throws IOException {
        throw cause;
    }

    @Override
    public SourceId id(InputStream opened) {
        return SourceId.none();
    }
}
