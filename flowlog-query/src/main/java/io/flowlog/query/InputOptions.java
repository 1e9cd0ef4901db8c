package io.flowlog.query;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.FileSource;
import io.flowlog.cli.shared.MissingSource;
import io.flowlog.cli.shared.Source;
import io.flowlog.cli.shared.Sources;
import io.flowlog.cli.shared.StandardInput;
import io.flowlog.cli.shared.UserError;
import io.flowlog.parser.FlowLogFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code query} and {@code report} read, and what they may use for it. */
final class InputOptions {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([KMG])i?B?", Pattern.CASE_INSENSITIVE);

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "only inputs from this time on, such as 2026-03-17 or"
                    + " 2026-03-17T09:40:00Z: the time in the name of a flow log file, else when it was last changed")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "only inputs from before this time")
    private @Nullable String until;

    @Option(
            names = "--format",
            paramLabel = "COLUMNS",
            description =
                    "the columns of flow logs without a header: 'default', or the names as in the flow log's settings")
    private @Nullable String format;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = "512M",
            description = "what DuckDB may keep in memory; the rest goes to temporary files. Default: ${DEFAULT-VALUE}")
    private String memory = "512M";

    @Option(
            names = "--temp",
            paramLabel = "FOLDER",
            description = "where temporary files go. Default: the system's folder for them")
    private @Nullable Path temp;

    @Option(names = "--threads", paramLabel = "N", description = "how many threads. Default: one for each core")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Something to do with a database over the inputs. */
    interface Work<T> {
        T with(FlowDatabase database, List<FlowInput> inputs) throws QueryException, IOException, UserError;
    }

    /** Opens a database over what the user named, and removes what it leaves behind. */
    <T> T run(List<String> arguments, Consumer<String> report, Work<T> work)
            throws IOException, UserError, QueryException {
        if (threads < 1) {
            throw new UserError(ExitCode.USAGE, "--threads must be 1 or more, found " + threads);
        }
        Path temporary = temporaryFolder();
        Thread cleaner = new Thread(() -> delete(temporary));
        Runtime.getRuntime().addShutdownHook(cleaner);
        try (Sources sources = new Sources(arguments, time("--since", since), time("--until", until))) {
            List<FlowInput> inputs = inputs(sources, temporary);
            FlowDatabase.Limits limits = new FlowDatabase.Limits(threads, bytes(memory), temporary);
            try (FlowDatabase database = new FlowDatabase(inputs, limits, report)) {
                return work.with(database, inputs);
            }
        } finally {
            delete(temporary);
            Runtime.getRuntime().removeShutdownHook(cleaner);
        }
    }

    private Path temporaryFolder() throws UserError {
        try {
            return temp == null
                    ? Files.createTempDirectory("flowlog-query-")
                    : Files.createTempDirectory(temp, "flowlog-query-");
        } catch (IOException e) {
            throw new UserError(
                    ExitCode.NOT_DELIVERED,
                    "no folder for temporary files: " + Errors.sentence(e) + "; --temp FOLDER names another place");
        }
    }

    private List<FlowInput> inputs(Sources sources, Path temporary) throws IOException, UserError {
        FlowLogFormat headerless = parseFormat();
        List<FlowInput> inputs = new ArrayList<>();
        for (Source source : sources) {
            if (source instanceof MissingSource) {
                try {
                    source.open().close();
                } catch (IOException e) {
                    throw new UserError(Errors.exitCode(e), Errors.sentence(e));
                }
            }
            if (source instanceof StandardInput || isRemoteParquet(source)) {
                // A query may read its input more than once, and DuckDB reads Parquet only from files.
                Path copy = temporary.resolve("input-" + inputs.size());
                try (InputStream in = source.open()) {
                    Files.copy(in, copy);
                } catch (IOException e) {
                    throw new UserError(
                            Errors.exitCode(e),
                            "the copy of " + source.name() + " in " + temporary + " is not complete: "
                                    + Errors.sentence(e) + "; --temp FOLDER names another place");
                }
                inputs.add(FlowInput.of(source.name(), () -> Files.newInputStream(copy), copy, headerless));
            } else {
                Path file = source instanceof FileSource found ? found.path() : null;
                inputs.add(FlowInput.of(source.name(), source::open, file, headerless));
            }
        }
        if (inputs.isEmpty()) {
            throw new UserError(ExitCode.NO_INPUT, "no inputs in the time between --since and --until");
        }
        return inputs;
    }

    private static boolean isRemoteParquet(Source source) {
        return !(source instanceof FileSource) && source.name().endsWith(".parquet");
    }

    private @Nullable FlowLogFormat parseFormat() throws UserError {
        try {
            return format == null
                    ? null
                    : format.equals("default") ? FlowLogFormat.DEFAULT : FlowLogFormat.parse(format);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "--format: " + e.getMessage());
        }
    }

    private static @Nullable Instant time(String option, @Nullable String text) throws UserError {
        if (text == null) {
            return null;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UserError(
                    ExitCode.USAGE,
                    option + ": expected a date or a time in UTC such as 2026-03-17T09:40:00Z, found '" + text + "'");
        }
    }

    private static long bytes(String text) throws UserError {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new UserError(ExitCode.USAGE, "--memory: expected a size such as 512M or 4G, found '" + text + "'");
        }
        int shift = "KMG".indexOf(size.group(2).toUpperCase(Locale.ROOT)) * 10 + 10;
        return Long.parseLong(size.group(1)) << shift;
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // What is left is in the system's folder for temporary files.
        }
    }
}
