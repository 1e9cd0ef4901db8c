package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code java} and {@code javac} of the JDK that runs the tests, in processes of their own. */
final class Jdk {
    private Jdk() {}

    /** What a process said, standard output and error together, and how it ended. */
    record Result(int status, String output) {
        String ok() {
            assertThat(status).as(output).isZero();
            return output;
        }
    }

    static Path parserClasses() {
        return Path.of("target", "classes").toAbsolutePath();
    }

    static Path testClasses() {
        return Path.of("target", "test-classes").toAbsolutePath();
    }

    static Result run(String tool, Path folder, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(arguments);
        Path output = folder.resolve(tool + ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(20, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end");
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
