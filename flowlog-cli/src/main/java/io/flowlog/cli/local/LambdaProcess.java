package io.flowlog.cli.local;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs the deployable jar in a child JVM, as Lambda does. A {@link RuntimeApiServer} takes the place of the Lambda service.
 */
public final class LambdaProcess implements Closeable {
    /** The handler's name as the function's configuration has it. */
    public static final String HANDLER = "io.flowlog.lambda.FlowLogHandler::handleRequest";

    /** The time that the child needs to start and to end, in addition to the time of the function. */
    private static final Duration GRACE = Duration.ofSeconds(12);

    private static final Set<String> INHERITED = Set.of("PATH", "LANG", "LC_ALL", "TMPDIR", "JAVA_TOOL_OPTIONS");
    private static final int LAST_LINES = 20;

    private final RuntimeApiServer api;
    private final Process process;
    private final Path directory;
    private final Thread reader;
    private final Deque<String> lastLines = new ArrayDeque<>();
    /** Ends the child if this program is stopped from outside. */
    private final Thread onExit = new Thread(this::end, "lambda-end");

    private LambdaProcess(RuntimeApiServer api, Process process, Path directory, Consumer<String> log) {
        this.api = api;
        this.process = process;
        this.directory = directory;
        this.reader = Daemon.named("lambda-log").newThread(() -> readLog(log));
        reader.start();
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * A function to run.
     *
     * @param jar the jar that is deployed
     * @param handler the name of its handler, as in the function's configuration
     * @param jvmOptions options for its JVM; they override the default ones
     */
    public record Function(Path jar, String handler, List<String> jvmOptions) {
        /**
         * The function of this project.
         *
         * @param jvmOptions options for its JVM; they override the default ones
         * @throws IOException if it is not built
         */
        public static Function flowlog(List<String> jvmOptions) throws IOException {
            return new Function(Installation.lambdaJar(), HANDLER, jvmOptions);
        }
    }

    /**
     * Starts a function in a child JVM.
     *
     * @param settings the function's environment variables; the child gets these, and what Lambda itself sets
     * @param log receives every line that the function writes, on a separate thread
     * @throws IOException if the child does not start
     */
    public static LambdaProcess start(
            RuntimeClient client, Function function, Map<String, String> settings, Consumer<String> log)
            throws IOException {
        String classPath = Installation.lambdaClassPath(client, function.jar()).stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Path directory = Files.createTempDirectory("flowlog-lambda-");
        RuntimeApiServer api = RuntimeApiServer.start();
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto", "-Xmx1024m"));
            command.addAll(client.jvmOptions(directory));
            command.addAll(function.jvmOptions());
            if (Runtime.version().feature() >= 24) {
                command.add("--enable-native-access=ALL-UNNAMED");
            }
            command.addAll(List.of("-cp", classPath, client.mainClass(), function.handler()));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().retainAll(INHERITED);
            builder.environment().putAll(lambdaVariables(api.address(), function.handler()));
            builder.environment().putAll(settings);
            return new LambdaProcess(api, builder.start(), directory, log);
        } catch (IOException | RuntimeException e) {
            api.close();
            delete(directory);
            throw e;
        }
    }

    private static Map<String, String> lambdaVariables(String api, String handler) {
        return Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", api),
                Map.entry("_HANDLER", handler),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", "flowlog-local"),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/flowlog-local"),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("AWS_DEFAULT_REGION", "us-east-1"),
                Map.entry("LAMBDA_TASK_ROOT", "/var/task"),
                Map.entry("TZ", ":UTC"));
    }

    /**
     * Invokes the function with one event and waits for its end.
     *
     * @param timeout the time that the function may take
     * @return the handler's answer, or the error that it ended with
     * @throws IOException if the child ended without either; the message has its last log lines
     */
    public RuntimeApiServer.InvocationResult invoke(byte[] event, Duration timeout)
            throws IOException, InterruptedException {
        CompletableFuture<RuntimeApiServer.InvocationResult> outcome = api.invoke(event, timeout);
        process.onExit().thenRun(() -> outcome.completeExceptionally(new IOException(lastWords())));
        try {
            return outcome.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            return new RuntimeApiServer.InvocationResult(
                    false, "{\"errorMessage\":\"timed out after " + timeout.toSeconds() + " seconds\"}");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Completed, with {@link System#nanoTime()}, when the runtime in the child first asked for an event. */
    public CompletableFuture<Long> ready() {
        return api.ready();
    }

    /** The child process, for measurements. */
    public Process process() {
        return process;
    }

    private void readLog(Consumer<String> log) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (lastLines) {
                    lastLines.add(line);
                    if (lastLines.size() > LAST_LINES) {
                        lastLines.remove();
                    }
                }
                log.accept(line);
            }
        } catch (IOException e) {
            log.accept("the rest of this log was lost: " + e.getMessage());
        }
    }

    private String lastWords() {
        try {
            reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lastLines) {
            return "the function's process ended with status " + process.exitValue() + "; its last lines: "
                    + String.join(" | ", lastLines);
        }
    }

    /** Ends the child by force. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onExit);
        end();
    }

    private void end() {
        // Unlike that of Process, this one leaves the pipe open, so that the last lines of the log are read.
        process.toHandle().destroyForcibly();
        api.close();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(directory);
    }

    /** Deletes the files of the child. Files that cannot be deleted stay in the temp folder. */
    private static void delete(Path directory) {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            System.getLogger(LambdaProcess.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} could not be deleted: {1}", directory, e.getMessage());
        }
    }
}
