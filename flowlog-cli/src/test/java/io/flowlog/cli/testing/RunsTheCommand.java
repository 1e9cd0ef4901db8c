package io.flowlog.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the program as a user runs it: the script at the root of the project. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
public abstract class RunsTheCommand {
    protected static final Path SCRIPT =
            Path.of("").toAbsolutePath().resolveSibling("flowlog").normalize();

    @TempDir
    protected Path directory;

    /** More environment variables for the program. The second compiler tier does not pay in runs of a second. */
    protected final Map<String, String> environment =
            new HashMap<>(Map.of("FLOWLOG_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"));

    public record Result(int status, String out, String err) {
        public List<String> outLines() {
            return out.lines().toList();
        }
    }

    protected Result flowlog(String... arguments) throws IOException, InterruptedException {
        return run(
                System.getProperty("java.home"),
                null,
                Stream.concat(Stream.of("./flowlog"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    protected Result run(String javaHome, @Nullable Path input, String... command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(SCRIPT.getParent().toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        builder.environment().put("JAVA_HOME", javaHome);
        builder.environment().remove("DASSANA_TOKEN");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    protected Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    protected static byte[] ascii(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
