package io.flowlog.cli.shared;

import io.flowlog.parser.FlowLogFile;
import io.flowlog.s3.FlowLogObjectKey;
import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file on this machine.
 *
 * @param name the path as the user wrote it, or the folder as the user wrote it and the path below it
 * @param path where it is
 */
public record FileSource(String name, Path path) implements Source {
    @Override
    public OptionalLong size() {
        try {
            return Files.isRegularFile(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public Optional<Instant> time() {
        Optional<Instant> named =
                FlowLogObjectKey.parse(path.toAbsolutePath().toString()).map(FlowLogObjectKey::time);
        if (named.isPresent()) {
            return named;
        }
        try {
            return Optional.of(Files.getLastModifiedTime(path).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open() throws IOException {
        if (Files.isDirectory(path)) {
            throw new InputException(name, "is a directory");
        }
        if (!Files.exists(path)) {
            throw new InputException(name, "no such file");
        }
        if (!Files.isReadable(path)) {
            throw new InputException(name, "permission denied");
        }
        // A Parquet file is read from its end.
        return Files.isRegularFile(path) ? FlowLogFile.open(path) : SpooledParquet.of(Files.newInputStream(path));
    }

    @Override
    public SourceId id(InputStream opened) throws IOException {
        return SourceId.ofFile(path);
    }
}
