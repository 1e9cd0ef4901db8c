package io.flowlog.cli.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code flowlog ship} and Ctrl-C. */
class ShipInterruptedIT extends RunsShip {
    @Test
    void endsAtOnceAtTheSecondInterrupt() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Path journal = directory.resolve("journal.jsonl");
        try (RawLake silent = RawLake.start((request, connection) -> {
            arrived.countDown();
            never.await(90, TimeUnit.SECONDS);
        })) {
            Path err = directory.resolve("err.txt");
            Path file = file("a.log", ascii("bytes", "5"));
            Process process = start(
                    err, "ship", file.toString(), "--to", silent.uri().toString(), "--journal", journal.toString());
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            interrupt(process);
            awaitStopping(process, err);
            interrupt(process);

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            never.countDown();
        }
        assertThat(journal).content().as("what was in flight is not claimed").hasLineCount(1);
    }

    /** Waits until the program has said that it handles the first interrupt. */
    private static void awaitStopping(Process process, Path err) throws Exception {
        while (!Files.readString(err).contains("stopping")) {
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS))
                    .as("ended before it was told to")
                    .isFalse();
        }
    }

    @Test
    void finishesWhatIsInFlightWhenItIsInterrupted() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Script waits = (request, connection) -> {
            arrived.countDown();
            goOn.await(90, TimeUnit.SECONDS);
            connection.answer(200, Script.docCount(request));
        };
        List<String> command = new ArrayList<>(List.of("./flowlog", "ship", "--jobs", "1"));
        for (int i = 0; i < 5; i++) {
            command.add(file(i + ".log", ascii("bytes", "" + i)).toString());
        }
        try (RawLake slow = RawLake.start(waits)) {
            command.addAll(List.of("--to", slow.uri().toString()));
            Path out = directory.resolve("out.txt");
            Path err = directory.resolve("err.txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(SCRIPT.getParent().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            interrupt(process);
            // The signal is handled before the answer is sent.
            awaitStopping(process, err);
            goOn.countDown();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(Files.readString(out)).contains("5 listed = 1 delivered + 0 already there + 0 failed + 4 left");
            command.remove("--again");
            assertThat(run(System.getProperty("java.home"), null, command.toArray(String[]::new))
                            .out())
                    .contains("5 listed = 4 delivered + 1 already there");
        }
    }
}
