package io.flowlog.cli.shared;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file that the user named.
 *
 * @param name a path, or {@code -} for standard input
 */
public record InputFile(String name) {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Whether this is standard input. */
    public boolean isStandardInput() {
        return name.equals("-");
    }

    /** The name to show in messages. */
    public String label() {
        return isStandardInput() ? "standard input" : name;
    }

    /**
     * The path of a file that exists and can be read.
     *
     * @throws UserError if it does not exist, is a folder, or cannot be read
     */
    public Path path() throws UserError {
        try {
            if (name.isEmpty()) {
                throw new UserError(ExitCode.NO_INPUT, "'': no such file");
            }
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new UserError(ExitCode.NO_INPUT, name + ": is a directory");
            }
            if (!Files.exists(path)) {
                throw new UserError(ExitCode.NO_INPUT, name + ": no such file");
            }
            if (!Files.isReadable(path)) {
                throw new UserError(ExitCode.NO_INPUT, name + ": permission denied");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new UserError(ExitCode.NO_INPUT, name + ": no such file");
        }
    }

    /** Stays open, so that it is at its end where it is read a second time. */
    private static final class StandardInput extends FileInputStream {
        StandardInput() {
            super(FileDescriptor.in);
        }

        @Override
        public void close() {}
    }

    /**
     * Opens the file. The caller closes the stream; standard input stays open.
     *
     * @throws UserError if the file does not exist, is a folder, or cannot be read
     * @throws IOException if it cannot be opened
     */
    public InputStream open() throws IOException, UserError {
        return isStandardInput()
                ? new BufferedInputStream(new StandardInput(), BUFFER_BYTES)
                : Files.newInputStream(path());
    }
}
