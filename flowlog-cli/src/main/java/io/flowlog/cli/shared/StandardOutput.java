package io.flowlog.cli.shared;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output. Its errors are thrown as {@link OutputException}, which distinguishes a closed pipe from a full disk.
 * It keeps the first one, because the {@code PrintStream} above it swallows them. Not safe for use by several threads.
 */
public final class StandardOutput extends OutputStream {
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private @Nullable OutputException failure;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            OutputException wrapped = new OutputException(e);
            failure = failure == null ? wrapped : failure;
            throw wrapped;
        }
    }

    /** The first error, or null if everything could be written so far. */
    public @Nullable OutputException failure() {
        return failure;
    }

    /** Standard output stays open. */
    @Override
    public void close() {}
}
