package io.flowlog.cli.ship;

import io.flowlog.cli.InProcess;
import io.flowlog.cli.local.LocalLake;
import io.flowlog.cli.testing.RunsTheCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of {@code flowlog ship} as a user runs it, with a lake that takes everything. */
abstract class RunsShip extends RunsTheCommand {
    protected static final String TOKEN = "a-token-of-the-tests";

    protected LocalLake lake;

    @BeforeEach
    void startLake() throws Exception {
        lake = LocalLake.start(TOKEN, Integer.MAX_VALUE);
        environment.put("FLOWLOG_TOKEN", TOKEN);
        environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    protected Result ship(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("ship", "--to", lake.endpoint().toString()));
        command.addAll(List.of(arguments));
        return flowlog(command.toArray(String[]::new));
    }

    /** The same in this JVM, with the token in a file. For what ends before anything is sent. */
    protected Result shipInProcess(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "ship",
                "--to",
                lake.endpoint().toString(),
                "--token-file",
                file("token-file", ascii(TOKEN)).toString()));
        command.addAll(List.of(arguments));
        return InProcess.flowlog(command.toArray(String[]::new));
    }

    /** Starts the program with both outputs in one file. */
    protected Process start(Path output, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("./flowlog"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(SCRIPT.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    protected static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }
}
