package io.flowlog.cli.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.local.EmbeddedS3;
import io.flowlog.cli.testing.NaiveConversion;
import io.flowlog.cli.testing.RunsTheCommand;
import io.flowlog.cli.testing.Samples;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code flowlog ship} killed at random moments, against a lake that loses a third of its answers. */
@Timeout(600)
class ShipKilledIT extends RunsTheCommand {
    private final Map<String, String> lines = new ConcurrentHashMap<>();
    private final List<String> contradictions = Collections.synchronizedList(new ArrayList<>());

    @Test
    void deliversEveryRecordOnceByItsIdHoweverOftenItIsKilled() throws Exception {
        run(60, 2, 41);
    }

    @Test
    @Tag("soak")
    void deliversTwoThousandObjectsHoweverOftenItIsKilled() throws Exception {
        run(2000, 10, 42);
    }

    private void run(int objects, int kills, long seed) throws Exception {
        Random random = new Random(seed);
        AtomicInteger requests = new AtomicInteger();
        AtomicInteger allowed = new AtomicInteger();
        Script lossy = (request, connection) -> {
            for (String line : request.lines()) {
                int at = line.lastIndexOf(",\"rid\":\"");
                String before = lines.put(line.substring(at), line);
                if (before != null && !before.equals(line)) {
                    contradictions.add(line);
                }
            }
            int number = requests.incrementAndGet();
            if (number > allowed.get()) {
                // Answered only by the kill, so that a fast program does not end before it.
                connection.awaitHangUp(Duration.ofSeconds(90));
            } else if (number % 3 == 0) {
                connection.reset();
            } else {
                connection.answer(200, Script.docCount(request));
            }
        };
        try (EmbeddedS3 s3 = EmbeddedS3.start();
                RawLake lake = RawLake.start(lossy)) {
            s3.createBucket("logs");
            // All alike, so that every line is there as often as there are objects.
            byte[] text = Samples.text(SampleFormat.V2, 20);
            byte[] object = Samples.gzip(text);
            List<String> linesOfOne = NaiveConversion.toJson(text);
            for (int i = 0; i < objects; i++) {
                s3.put("logs", "AWSLogs/" + i + ".log.gz", object);
            }
            environment.putAll(s3.functionSettings());
            environment.put("FLOWLOG_TOKEN", "a-token-of-the-tests");
            Path journal = directory.resolve("journal.jsonl");
            String[] command = {
                "./flowlog",
                "ship",
                "s3://logs/AWSLogs/",
                "--to",
                lake.uri().toString(),
                "--record-id-field",
                "rid",
                "--journal",
                journal.toString()
            };
            int killed = 0;
            for (int i = 0; i < kills; i++) {
                int enough = requests.get() + 1 + random.nextInt(objects / kills);
                allowed.set(enough + random.nextInt(10));
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(SCRIPT.getParent().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("killed-" + i).toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                // Not after a time: the machine can be slow or fast. A few answers and milliseconds more, because a
                // request has just come.
                while (requests.get() < enough && process.isAlive()) {
                    process.waitFor(1, TimeUnit.MILLISECONDS);
                }
                process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
                if (process.isAlive()) {
                    killed++;
                }
                process.destroyForcibly().waitFor();
            }
            assertThat(killed).isPositive();
            allowed.set(Integer.MAX_VALUE);
            Result last = run(System.getProperty("java.home"), null, command);

            assertThat(last.status()).as(last.err() + last.out()).isZero();
            assertThat(contradictions).isEmpty();
            assertThat(lines).hasSize(objects * linesOfOne.size());
            Map<String, Long> delivered = lines.values().stream()
                    .map(line -> line.substring(0, line.lastIndexOf(",\"rid\":\"")) + "}")
                    .collect(Collectors.groupingBy(line -> line, Collectors.counting()));
            Map<String, Long> expected = linesOfOne.stream()
                    .collect(Collectors.groupingBy(line -> line, Collectors.summingLong(line -> objects)));
            assertThat(delivered).isEqualTo(expected);
            checkJournal(journal, objects);

            int before = requests.get();
            long begin = System.nanoTime();
            Result again = run(System.getProperty("java.home"), null, command);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            assertThat(requests).hasValue(before);
            assertThat(again.status()).isZero();
            assertThat(again.out())
                    .contains("Nothing to send", String.format(Locale.ROOT, "%,d already there", objects));
            System.out.println("the same command again took " + millis + " ms");
            checkJournal(journal, objects);
        }
    }

    private static void checkJournal(Path journal, int objects) throws Exception {
        Map<String, Integer> keys = new HashMap<>();
        for (String line : Files.readAllLines(journal)) {
            int at = line.indexOf("\"key\":\"");
            if (at > 0) {
                keys.merge(line.substring(at, line.indexOf('"', at + 8)), 1, Integer::sum);
            }
        }
        assertThat(keys).hasSize(objects);
        assertThat(keys.values()).containsOnly(1);
    }
}
