package io.flowlog.cli.shared;

import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One input of a command: a file, standard input, or an object in S3. {@link Sources} creates them from the
 * arguments. A source holds no resource until it is opened. It can be opened on any thread.
 */
public interface Source {
    /** The name to show: the path as the user wrote it, {@code s3://bucket/key}, or {@code standard input}. */
    String name();

    /** The size in bytes as it is stored, often compressed. Empty for standard input, and for what does not exist. */
    OptionalLong size();

    /**
     * The time in its name if the name has the form that AWS gives to flow log files, otherwise the time of its last change.
     * Empty for standard input, and if the source does not exist.
     */
    Optional<Instant> time();

    /**
     * Opens it. The caller closes the stream.
     *
     * @throws InputException if it does not exist or is not a file
     * @throws IOException if it cannot be opened
     */
    InputStream open() throws IOException;

    /**
     * Its identity in the lake.
     *
     * @param opened what {@link #open()} returned
     * @return the id that the function uses for an object in S3; {@link SourceId#none()} for standard input
     * @throws IOException if a file cannot be read
     */
    SourceId id(InputStream opened) throws IOException;
}
