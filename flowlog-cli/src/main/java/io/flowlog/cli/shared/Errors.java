package io.flowlog.cli.shared;

import io.flowlog.parser.CorruptGzipException;
import io.flowlog.parser.CorruptParquetException;
import io.flowlog.parser.LimitExceededException;
import io.flowlog.parser.NotAFlowLogException;
import io.flowlog.s3.S3ReadException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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
     * The exit status for an input that could not be read.
     *
     * @param e what reading it threw
     * @return {@link ExitCode#NO_INPUT} if it is missing, cannot be opened or is not a flow log;
     *     {@link ExitCode#NOT_DELIVERED} for any other error
     */
    public static int exitCode(IOException e) {
        boolean noInput = e instanceof InputException
                || e instanceof NotAFlowLogException
                || e instanceof NoSuchFileException
                || e instanceof AccessDeniedException
                || e instanceof S3ReadException read && read.reason().permanent();
        return noInput ? ExitCode.NO_INPUT : ExitCode.NOT_DELIVERED;
    }

    /**
     * Whether reading the same input again cannot help.
     *
     * @param e what reading it threw
     * @return false for temporary errors, for example if S3 is too busy
     */
    public static boolean isPermanent(IOException e) {
        return exitCode(e) == ExitCode.NO_INPUT
                || e instanceof CorruptGzipException
                || e instanceof CorruptParquetException
                || e instanceof LimitExceededException;
    }

    /**
     * Describes an I/O error. The message of a file system exception is often only the name of the file.
     *
     * @param e the error
     * @return one line that says what happened
     */
    public static String sentence(IOException e) {
        if (e instanceof InputException) {
            return oneLine(String.valueOf(e.getMessage()));
        }
        if (e instanceof NotAFlowLogException) {
            return "not a flow log: " + oneLine(String.valueOf(e.getMessage()));
        }
        if (e instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.replaceAll("\\R+", " ");
    }

    /**
     * Describes an I/O error for a place that already names the input.
     *
     * @param e the error
     * @return as {@link #sentence}, without the name of the file or object if the error knows it apart from the reason
     */
    public static String reason(IOException e) {
        if (e instanceof InputException input) {
            return oneLine(input.problem());
        }
        if (e instanceof S3ReadException read) {
            return oneLine(read.detail());
        }
        if (e instanceof NotAFlowLogException other) {
            return "not a flow log: " + oneLine(other.detail());
        }
        if (e instanceof CorruptGzipException damaged) {
            return oneLine(damaged.detail());
        }
        if (e instanceof CorruptParquetException damaged) {
            return oneLine(damaged.detail());
        }
        if (e instanceof LimitExceededException large) {
            return oneLine(large.detail());
        }
        if (e instanceof FileSystemException file) {
            return reason(file);
        }
        return sentence(e);
    }

    /**
     * An error with the name of a file in its message. If a disk is full, the message of the JDK does not have it.
     *
     * @param file the file
     * @param e what reading or writing it threw
     * @return an exception whose {@link #sentence} begins with the name of the file
     */
    public static IOException named(Path file, IOException e) {
        return e instanceof FileSystemException ? e : new IOException(file + ": " + sentence(e), e);
    }

    private static String reason(FileSystemException file) {
        if (file instanceof NoSuchFileException) {
            return "no such file";
        }
        if (file instanceof AccessDeniedException) {
            return "permission denied";
        }
        return file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
    }
}
