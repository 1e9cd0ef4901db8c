package io.flowlog.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Exceptions in words. */
final class Errors {
    private Errors() {}

    /** Tells one line on standard error. */
    static void tell(PrintStream err, String message) {
        err.println("flowlog: " + oneLine(message));
    }

    /** Text with {@code ?} for characters that would break a line or reorder it, as {@code ls} shows them. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

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
