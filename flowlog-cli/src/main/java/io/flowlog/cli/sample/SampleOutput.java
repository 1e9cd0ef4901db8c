package io.flowlog.cli.sample;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the file of {@code -o}. A file that could not be written completely is deleted. */
final class SampleOutput {
    private SampleOutput() {}

    /** Writes the content of a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @throws UserError if it cannot be written; the message names the file
     */
    static void write(Path file, Content content) throws UserError {
        if (Files.isDirectory(file)) {
            throw failed(file, "is a directory");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw failed(file, "the folder " + folder + " does not exist");
        }
        Thread onExit = new Thread(() -> delete(file), "sample-delete");
        boolean opened = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            opened = true;
            Runtime.getRuntime().addShutdownHook(onExit);
            content.writeTo(out);
        } catch (IOException e) {
            if (opened) {
                delete(file);
            }
            throw failed(file, Errors.reason(e));
        } finally {
            if (opened) {
                keep(onExit);
            }
        }
    }

    private static void keep(Thread onExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The program is already ending, and the hook deletes the incomplete file.
        }
    }

    private static void delete(Path file) {
        try {
            // Devices such as /dev/full, and pipes, are not deleted.
            if (Files.isRegularFile(file)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.getLogger(SampleOutput.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0} is not complete and could not be deleted: {1}",
                            file,
                            e.getMessage());
        }
    }

    private static UserError failed(Path file, String reason) {
        return new UserError(ExitCode.NOT_DELIVERED, file + ": " + reason);
    }
}
