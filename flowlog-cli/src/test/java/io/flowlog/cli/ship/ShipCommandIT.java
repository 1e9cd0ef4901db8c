package io.flowlog.cli.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.InProcess;
import io.flowlog.cli.local.EmbeddedS3;
import io.flowlog.cli.testing.NaiveConversion;
import io.flowlog.cli.testing.Samples;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Script;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What {@code flowlog ship} sends, remembers and reports. */
class ShipCommandIT extends RunsShip {
    @Test
    void shipsFilesOnceAndAChangedOneAnew() throws Exception {
        byte[] first = Samples.text(SampleFormat.V2, 30);
        byte[] second = Samples.text(SampleFormat.V5, 40);
        Files.createDirectories(directory.resolve("logs/x"));
        Files.write(directory.resolve("logs/a.log"), first);
        Files.write(directory.resolve("logs/x/b.log.gz"), Samples.gzip(second));
        String logs = directory.resolve("logs").toString();

        Result result = ship(logs);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("2 listed = 2 delivered + 0 already there + 0 failed + 0 left")
                .contains("70 records");
        List<String> expected = new ArrayList<>(NaiveConversion.toJson(first));
        expected.addAll(NaiveConversion.toJson(second));
        assertThat(lake.lines()).containsExactlyInAnyOrderElementsOf(expected);

        Result again = ship(logs);
        assertThat(again.status()).isZero();
        assertThat(again.out())
                .contains("2 listed = 0 delivered + 2 already there")
                .contains("Nothing to send");

        Files.write(directory.resolve("logs/a.log"), Samples.text(SampleFormat.V2, 31));
        assertThat(ship(logs).out())
                .contains("2 listed = 1 delivered + 1 already there")
                .contains("31 records");
        assertThat(ship("--again", logs).out()).contains("2 listed = 2 delivered + 0 already there");
        try (var journals = Files.list(directory.resolve("state/flowlog"))) {
            assertThat(journals).singleElement().asString().contains("ship-127.0.0.1-");
        }
    }

    @Test
    void shipsStandardInputAndObjectsOfATimeInS3() throws Exception {
        String key = "AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/03/17/123456789012_vpcflowlogs_us-east-1_"
                + "fl-0123456789abcdef0_20260317T0940Z_1a2b3c4d.log.gz";
        byte[] text = Samples.text(SampleFormat.V2, 7);
        try (EmbeddedS3 s3 = EmbeddedS3.start()) {
            environment.putAll(s3.functionSettings());
            s3.createBucket("logs");
            s3.put("logs", key, Samples.gzip(text));
            s3.put("logs", "AWSLogs/now.log", Samples.text(SampleFormat.V2, 9));

            Result result = ship("s3://logs/", "--since", "2026-03-17", "--until", "2026-03-17T09:41");
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(lake.lines()).isEqualTo(NaiveConversion.toJson(text));
        }
        Path input = file("input.log", ascii("bytes", "5"));
        Result piped = run(
                System.getProperty("java.home"),
                input,
                "./flowlog",
                "ship",
                "-",
                "--to",
                lake.endpoint().toString());
        assertThat(piped.out()).contains("1 listed = 1 delivered");
        assertThat(lake.lines()).contains("{\"bytes\":5}");
    }

    @Test
    void listsFailedObjectsForAnotherRun() throws Exception {
        byte[] whole = Samples.gzip(Samples.text(SampleFormat.V5, 500));
        Path cut = file("cut.log.gz", Arrays.copyOf(whole, whole.length / 2));
        Path notes = file("notes.txt", ascii("Dear diary"));
        Path good = file("good.log", Samples.text(SampleFormat.V2, 5));
        Path failed = directory.resolve("failed.txt");
        Result result =
                ship("--failed", failed.toString(), cut.toString(), notes.toString(), good.toString(), "nothing.log");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("4 listed = 1 delivered + 0 already there + 3 failed + 0 left");
        assertThat(result.err().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("flowlog: " + cut + ": gzip member 1, compressed byte "))
                .anyMatch(line -> line.startsWith("flowlog: " + notes + ": not a flow log: line 1: expected a header"))
                .anyMatch(line -> line.equals("flowlog: nothing.log: no such file"));
        assertThat(Files.readAllLines(failed))
                .containsExactlyInAnyOrder(cut.toString(), notes.toString(), "nothing.log");

        Files.write(cut, whole);
        Result repaired = ship("--from", failed.toString());
        assertThat(repaired.status()).isEqualTo(4);
        assertThat(repaired.out()).contains("3 listed = 1 delivered + 0 already there + 2 failed");
    }

    @Test
    @EnabledIf("hasDevFull")
    void namesTheFileOfTheFailedThatCannotBeWritten() throws Exception {
        Result result = ship("--failed", "/dev/full", "nothing.log");

        assertThat(result.err().lines())
                .containsExactly("flowlog: nothing.log: no such file", "flowlog: /dev/full: No space left on device");
        assertThat(result.out()).contains("1 listed = 0 delivered + 0 already there + 1 failed + 0 left");
        assertThat(result.status()).isEqualTo(1);
    }

    static boolean hasDevFull() {
        return Files.exists(Path.of("/dev/full"));
    }

    @Test
    void listsWhatADryRunWouldSend() throws Exception {
        Path sent = file("sent.log", Samples.text(SampleFormat.V2, 5));
        Path waiting = file("waiting.log", Samples.text(SampleFormat.V2, 50));
        ship(sent.toString());
        long requests = lake.received().requests();
        Result result = ship("--dry-run", sent.toString(), waiting.toString());

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.outLines().get(0)).endsWith("  " + waiting);
        assertThat(result.out())
                .contains("1 object, ")
                .contains("1 already there")
                .contains("at the rate of the last run");
        assertThat(lake.received().requests()).isEqualTo(requests);
    }

    @Test
    void stopsWhenTheLakeRefusesTheTokenAndDoesNotShowIt() throws Exception {
        environment.put("FLOWLOG_TOKEN", "the-wrong-token");
        List<String> files = new ArrayList<>(List.of("--jobs", "1"));
        for (int i = 0; i < 20; i++) {
            files.add(file(i + ".log", ascii("bytes", "" + i)).toString());
        }
        Result result = ship(files.toArray(String[]::new));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("0 delivered + 0 already there + 1 failed + 19 left")
                .endsWith("\nRun the same command again to send the rest.\n");
        assertThat(result.err()).contains("stopped: ").contains("401");
        assertThat(result.out() + result.err()).doesNotContain("the-wrong-token");
    }

    @Test
    void readsTheTokenFileAgainWhenTheTokenHasExpired() throws Exception {
        Path tokenFile = file("token", ascii("the-first-token"));
        CountDownLatch firstIsGone = new CountDownLatch(1);
        Script expires = (request, connection) -> {
            boolean first = "the-first-token".equals(request.header("x-dassana-token"));
            if (first && firstIsGone.getCount() == 0) {
                connection.answer(401, "");
                return;
            }
            if (first) {
                Files.writeString(tokenFile, "the-second-token\n");
                firstIsGone.countDown();
            }
            connection.answer(200, Script.docCount(request));
        };
        environment.remove("FLOWLOG_TOKEN");
        try (RawLake expiring = RawLake.start(expires)) {
            Path first = file("1.log", ascii("bytes", "1"));
            Path second = file("2.log", ascii("bytes", "2"));
            Result result = flowlog(
                    "ship",
                    "--jobs",
                    "1",
                    "--token-file",
                    tokenFile.toString(),
                    "--to",
                    expiring.uri().toString(),
                    first.toString(),
                    second.toString());

            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.out()).contains("2 listed = 2 delivered");
        }
    }

    @Test
    void hasOneLineForEveryMistake() throws Exception {
        String file = file("a.log", ascii("bytes", "5")).toString();
        assertMistake("an input is required");
        assertMistake("--jobs must be 1 to 32, found 0", "--jobs", "0", file);
        assertMistake("--batch-size must be 1 to 64, found 65", "--batch-size", "65", file);
        assertMistake("expected a time such as", "--since", "yesterday", file);
        assertMistake("--from and inputs", "--from", file, file);
        String noToken = directory.resolve("none").toString();
        assertMistake(
                InProcess.flowlog("ship", "--to", lake.endpoint().toString(), "--token-file", noToken, file),
                "--token-file: ");
        assertMistake("is not a journal", "--journal", file, file);
        assertMistake("the journal /dev/zero is not a regular file", "--journal", "/dev/zero", file);
        assertMistake("the journal /dev/zero is not a regular file", "--dry-run", "--journal", "/dev/zero", file);
        environment.put("FLOWLOG_TOKEN", "");
        environment.put("DASSANA_TOKEN", "");
        assertMistake(ship(file), "a token is required");
        assertThat(Files.readString(Path.of(file), StandardCharsets.UTF_8)).isEqualTo("bytes\n5\n");
    }

    private void assertMistake(String message, String... arguments) throws Exception {
        assertMistake(shipInProcess(arguments), message);
    }

    private static void assertMistake(Result result, String message) {
        assertThat(result.err().lines()).as(message).hasSize(1);
        assertThat(result.err()).startsWith("flowlog: ").contains(message);
        assertThat(result.status()).as(message).isEqualTo(2);
    }
}
