package io.flowlog.cli.shared;

import io.flowlog.sink.http.SourceId;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Standard input, which the user names {@code -}. */
public final class StandardInput implements Source {
    private static final int BUFFER_BYTES = 1 << 16;

    StandardInput() {}

    /** Stays open, so that it is at its end if it is read a second time. */
    private static final class KeptOpen extends FileInputStream {
        KeptOpen() {
            super(FileDescriptor.in);
        }

        @Override
        public void close() {}
    }

    @Override
    public String name() {
        return "standard input";
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
        return SpooledParquet.of(new BufferedInputStream(new KeptOpen(), BUFFER_BYTES));
    }

    @Override
    public SourceId id(InputStream opened) {
        return SourceId.none();
    }
}
