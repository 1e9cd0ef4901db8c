package io.flowlog.query;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file of a page. It has the whole page, or what it had before. */
final class PageFile {
    private PageFile() {}

    /**
     * Writes a page beside its file first. Devices and pipes, such as {@code /dev/stdout}, are written to directly.
     *
     * @throws UserError if the page cannot be written; the message names the file
     */
    static void write(Path file, String page) throws UserError {
        if (Files.isDirectory(file)) {
            throw new UserError(ExitCode.NOT_DELIVERED, file + ": is a directory");
        }
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.writeString(file, page);
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path part = target.resolveSibling(
                    target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            try {
                Files.writeString(part, page);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(part);
                }
            }
        } catch (IOException e) {
            throw new UserError(ExitCode.NOT_DELIVERED, file + ": " + Errors.reason(e));
        }
    }
}
