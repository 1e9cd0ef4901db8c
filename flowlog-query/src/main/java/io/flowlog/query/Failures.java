package io.flowlog.query;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.parser.NotAFlowLogException;
import io.flowlog.query.QueryException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what DuckDB and the readers throw into one line that says what is wrong, and what to do about it. */
final class Failures {
    private static final Pattern MISSING =
            Pattern.compile("Referenced column \"([^\"]*)\" not found|does not have a column named \"([^\"]*)\"");

    private final FlowDatabase.Limits limits;
    private final Supplier<List<Column>> columns;

    /**
     * Failures of one database.
     *
     * @param columns the columns of {@code flows}, for messages
     */
    Failures(FlowDatabase.Limits limits, Supplier<List<Column>> columns) {
        this.limits = limits;
        this.columns = columns;
    }

    /**
     * The failure of a statement.
     *
     * @param cause the exception of the scan, if there was one; DuckDB's exception has only its text
     */
    QueryException of(Exception thrown, @Nullable Throwable cause) {
        if (cause instanceof NewColumnsException) {
            return new QueryException(
                    Reason.FAILED,
                    "after part of the answer was written, a header was found with "
                            + cause.getMessage()
                            + "; name the columns that you want instead of using *",
                    cause);
        }
        if (cause instanceof IOException input) {
            return ofInput(input);
        }
        if (cause instanceof IllegalArgumentException argument) {
            return new QueryException(Reason.SQL, "flows: " + argument.getMessage(), argument);
        }
        if (cause instanceof OutOfMemoryError) {
            return noMemory(cause);
        }
        if (cause != null) {
            return new QueryException(Reason.FAILED, String.valueOf(cause), cause);
        }
        if (thrown instanceof SQLException sql) {
            return ofSql(sql);
        }
        return ofInput((IOException) thrown);
    }

    /** DuckDB's native library, which the driver unpacks into the system's folder for temporary files, is not there. */
    static QueryException ofLibrary(Error thrown) {
        Throwable reason = thrown;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return new QueryException(
                Reason.NO_SPACE,
                "DuckDB's library cannot be unpacked into " + System.getProperty("java.io.tmpdir") + " (80 MB): "
                        + (reason instanceof IOException e
                                ? Errors.sentence(e)
                                : oneLine(String.valueOf(reason.getMessage())))
                        + "; TMPDIR names another place",
                thrown);
    }

    private static QueryException ofInput(IOException e) {
        if (e instanceof NotAFlowLogException) {
            return new QueryException(Reason.NO_INPUT, "not a flow log: " + e.getMessage(), e);
        }
        if (e instanceof NoSuchFileException file) {
            return new QueryException(Reason.NO_INPUT, file.getFile() + ": no such file", e);
        }
        if (e instanceof AccessDeniedException file) {
            return new QueryException(Reason.NO_INPUT, file.getFile() + ": permission denied", e);
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return new QueryException(Reason.NO_INPUT, file.getFile() + ": " + file.getReason(), e);
        }
        Reason reason = Errors.exitCode(e) == ExitCode.NO_INPUT ? Reason.NO_INPUT : Reason.DAMAGED_INPUT;
        return new QueryException(reason, Errors.sentence(e), e);
    }

    private QueryException ofSql(SQLException e) {
        String text = String.valueOf(e.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left")
                || lower.contains("max_temp_directory_size")
                || lower.contains("disk full")) {
            return new QueryException(
                    Reason.NO_SPACE,
                    "no space left in " + limits.temporary()
                            + " for DuckDB's temporary files; --temp FOLDER names another place, --memory SIZE lets DuckDB"
                            + " keep more in memory",
                    e);
        }
        if (text.startsWith("Out of Memory Error")) {
            return noMemory(e);
        }
        Matcher missing = MISSING.matcher(text);
        if (text.startsWith("Binder Error") && missing.find()) {
            String name = missing.group(1) == null ? missing.group(2) : missing.group(1);
            return unknownColumn(name, e);
        }
        boolean input =
                text.startsWith("IO Error") || text.startsWith("Invalid Input Error") && lower.contains("parquet");
        return new QueryException(input ? Reason.DAMAGED_INPUT : Reason.SQL, oneLine(text), e);
    }

    private QueryException noMemory(Throwable e) {
        return new QueryException(
                Reason.NO_SPACE,
                "the query needs more than " + (limits.memoryBytes() >> 20)
                        + " MiB of memory; --memory SIZE allows more",
                e);
    }

    /** Whether SQL names a column that {@code flows} does not have, as far as headers have been read. */
    static boolean isMissingColumn(SQLException e) {
        String text = String.valueOf(e.getMessage());
        return text.startsWith("Binder Error") && MISSING.matcher(text).find();
    }

    /** Whether the driver lost the reason, as it does for a statement that fails before its first row is streamed. */
    static boolean isHiddenByStreaming(SQLException e) {
        return String.valueOf(e.getMessage()).contains("Invalid result set");
    }

    private QueryException unknownColumn(String name, SQLException e) {
        Column column = Column.of(name);
        if (column.isDocumented()) {
            return new QueryException(
                    Reason.MISSING_COLUMN,
                    "the input does not have " + names(List.of(column)) + "; " + remedy(List.of(column)),
                    e);
        }
        return new QueryException(
                Reason.MISSING_COLUMN,
                "there is no column " + name + "; the input has "
                        + columns.get().stream().map(Column::sqlName).collect(Collectors.joining(", ")),
                e);
    }

    /** A named query that cannot be answered. */
    QueryException missingColumns(String query, List<Column> missing) {
        return new QueryException(
                Reason.MISSING_COLUMN,
                query + " needs " + names(missing) + ", which the input does not have; " + remedy(missing),
                null);
    }

    /** Such as "the column az_id" or "the columns az_id and flow_direction". */
    static String names(List<Column> columns) {
        List<String> names = columns.stream().map(Column::sqlName).toList();
        int last = names.size() - 1;
        return last == 0
                ? "the column " + names.get(0)
                : "the columns " + String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static String remedy(List<Column> missing) {
        return "create a flow log whose format has "
                + missing.stream().map(c -> "${" + c.name() + "}").collect(Collectors.joining(" "))
                + " (AWS does not change the format of an existing one)";
    }

    /** The text up to the place in the SQL that DuckDB shows, without line ends. */
    private static String oneLine(String text) {
        int place = text.indexOf("\n\nLINE ");
        return (place < 0 ? text : text.substring(0, place)).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
