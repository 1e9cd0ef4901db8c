package io.flowlog.cli.shared;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Error messages: one line each, on standard error. */
public final class Errors {
    private Errors() {}

    /**
     * Prints one line that begins with {@code flowlog: }.
     *
     * @param err standard error
     * @param message the message; characters that would break the line are replaced
     */
    public static void print(PrintStream err, String message) {
        err.println("flowlog: " + oneLine(message));
    }

    /**
     * Makes text safe to show on one line.
     *
     * @param text any text
     * @return the text with {@code ?} in place of characters that would break a line or reorder it, as {@code ls} does
     */
    public static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    /**
     * Describes an I/O error. The message of a file system exception alone is often just the name of a file.
     *
     * @param e the error
     * @return one line that says what happened
     */
    public static String sentence(IOException e) {
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
