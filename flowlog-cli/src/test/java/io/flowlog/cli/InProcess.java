package io.flowlog.cli;

import io.flowlog.cli.testing.RunsTheCommand.Result;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The program inside of this JVM, for the many tests of messages and exit statuses that would otherwise start a JVM each. Its
 * environment is that of the tests. Not for commands that write records to standard output: they bypass {@link System#out}.
 */
public final class InProcess {
    private InProcess() {}

    /** Runs a command line; not safe for use by several threads. */
    public static Result flowlog(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream reported = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(reported, true, StandardCharsets.UTF_8));
        try {
            int status = Main.commandLine(System.err).execute(arguments);
            return new Result(
                    status, written.toString(StandardCharsets.UTF_8), reported.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
