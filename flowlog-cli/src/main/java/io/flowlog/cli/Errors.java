package io.flowlog.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Exceptions in words. */
final class Errors {
    private Errors() {}

    /** What happened, in one line: an exception's message alone is often just a file's name. */
    static String sentence(IOException e) {
        if (e instanceof NoSuchFileException file) {
            return file.getFile() + ": no such file";
        }
        if (e instanceof AccessDeniedException file) {
            return file.getFile() + ": permission denied";
        }
        if (e instanceof FileSystemException file) {
            return file.getFile() + ": "
                    + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason());
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.replaceAll("\\R+", " ");
    }
}
