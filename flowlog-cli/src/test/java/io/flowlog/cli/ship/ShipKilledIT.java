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
        run(300, 3, 41);
    }

    @Test
    @Tag("soak")
    void deliversTwoThousandObjectsHoweverOftenItIsKilled() throws Exception {
        run(2000, 10, 42);
    }

    private void run(int objects, int kills, long seed) throws Exception {
        Random random = new Random(seed);
        AtomicInteger requests = new AtomicInteger();
        Script lossy = (request, connection) -> {
            for (String line : request.lines()) {
                int at = line.lastIndexOf(",\"rid\":\"");
                String before = lines.put(line.substring(at), line);
                if (before != null && !before.equals(line)) {
                    contradictions.add(line);
                }
            }
            if (requests.incrementAndGet() % 3 == 0) {
                connection.reset();
            } else {
                connection.answer(200, Script.docCount(request));
            }
        };
        try (EmbeddedS3 s3 = EmbeddedS3.start();
                RawLake lake = RawLake.start(lossy)) {
            s3.createBucket("logs");
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < objects; i++) {
                // All alike but for one field, so that every line is there as often as there are objects.
                byte[] text = Samples.text(SampleFormat.V2, 20);
                expected.addAll(NaiveConversion.toJson(text));
                s3.put("logs", "AWSLogs/" + i + ".log.gz", Samples.gzip(text));
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
            for (int i = 0; i < kills; i++) {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(SCRIPT.getParent().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("killed-" + i).toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (process.waitFor(1200 + random.nextInt(1500), TimeUnit.MILLISECONDS)) {
                    break;
                }
                process.destroyForcibly().waitFor();
            }
            Result last = run(System.getProperty("java.home"), null, command);

            assertThat(last.status()).as(last.err() + last.out()).isZero();
            assertThat(contradictions).isEmpty();
            assertThat(lines).hasSize(expected.size());
            assertThat(lines.values().stream().map(line -> line.substring(0, line.lastIndexOf(",\"rid\":\"")) + "}"))
                    .containsExactlyInAnyOrderElementsOf(expected);
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
