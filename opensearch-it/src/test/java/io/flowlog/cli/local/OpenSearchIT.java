package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.s3.testing.StubS3;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import io.flowlog.sink.http.SourceId;
import io.flowlog.sink.http.testing.RawLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The deployable jar in its JVM, from S3 into a real OpenSearch. */
@Timeout(900)
class OpenSearchIT {
    private static final String BUCKET = "logs";
    private static final int OBJECTS = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    /** The columns of the default format. */
    private static final int SRCADDR = 3;

    private static final int DSTPORT = 6;
    private static final int BYTES = 9;
    private static final int END = 11;
    private static final int ACTION = 12;

    @TempDir
    private static Path folder;

    private static SearchNode node;

    private final Map<String, String> settings = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private StubS3 s3;
    private LambdaProcess function;

    @BeforeAll
    static void startNode() {
        node = new SearchNode(folder);
    }

    @AfterAll
    static void stopNode() throws IOException {
        node.close();
    }

    @BeforeEach
    void startS3() throws IOException {
        s3 = StubS3.start();
        settings.put("AWS_ENDPOINT_URL_S3", s3.uri().toString());
        settings.put("AWS_ACCESS_KEY_ID", "id");
        settings.put("AWS_SECRET_ACCESS_KEY", "secret");
        settings.put("DASSANA_TOKEN", "not-checked-here");
        settings.put("FLOWLOG_ALLOW_HTTP_LOOPBACK", "true");
        settings.put("FLOWLOG_LAKE", "elasticsearch");
        settings.put("DASSANA_BATCH_SIZE", "1");
    }

    @AfterEach
    void stop() throws IOException {
        if (function != null) {
            function.close();
        }
        s3.close();
    }

    @Test
    void h8H29HasExactlyTheRecordsThatTheFilterKeepsOnceEachAfterAStorm() throws Exception {
        storm("storm", 2000);
    }

    @Test
    @Tag("soak")
    void h8H29HasExactlyTheRecordsOfTwoHundredThousandThatTheFilterKeeps() throws Exception {
        storm("large-storm", 10_000);
    }

    private void storm(String index, int recordsPerObject) throws Exception {
        createIndex(index);
        settings.put("FLOWLOG_FILTER", "action = REJECT or dstport != 443 and log-status = OK");
        settings.put("FLOWLOG_SAMPLE_RATE", "3");
        settings.put("FLOWLOG_SAMPLE_WHERE", "action = ACCEPT");
        Map<String, String> expected = new HashMap<>();
        Deque<String> queue = new ArrayDeque<>();
        for (int i = 0; i < OBJECTS; i++) {
            String event = put("k" + i, sample(i, recordsPerObject), expected);
            queue.add(event);
            if (i % 5 == 0) {
                queue.add(event);
            }
        }
        BulkStorm storm = new BulkStorm(node, "/" + index + "/_bulk", 42);
        int kills = 0;
        int failures = 0;
        try (RawLake proxy = RawLake.start(storm)) {
            sendTo(proxy.uri().resolve("/" + index + "/_bulk"));
            while (!queue.isEmpty()) {
                String event = queue.remove();
                if (kills < 3 && queue.size() % 6 == 3) {
                    kills++;
                    Process process = function().process();
                    CompletableFuture.delayedExecutor(150, TimeUnit.MILLISECONDS)
                            .execute(process::destroyForcibly);
                }
                if (!invoke(event)) {
                    queue.add(event);
                    assertThat(++failures).as("an end is in sight").isLessThan(100);
                }
            }
            assertThat(proxy.received().size()).isGreaterThan(OBJECTS);
        }
        assertThat(kills).isPositive();
        assertThat(storm.lost()).isGreaterThan(OBJECTS / 3);
        assertThat(storm.busyItems()).isPositive();
        Map<String, String> found = node.documents(index, "srcaddr", "bytes", "@timestamp", "sample-rate");
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        assertThat(found).isEqualTo(expected);
        assertThat(node.count(index)).isEqualTo("{\"count\":" + expected.size() + "}");
    }

    @Test
    void h28RejectsOneRecordWithItsLineAndTheReasonWhenTheMappingConflicts() throws Exception {
        node.send(
                "PUT",
                "/conflict",
                "{\"mappings\":{\"properties\":{\"action\":{\"type\":\"integer\"},\"@timestamp\":{\"type\":\"date\"}}}}");
        byte[] text = "action bytes end\n7 1 1700000000\nACCEPT 2 1700000000\n8 3 1700000000\n"
                .getBytes(StandardCharsets.US_ASCII);
        sendTo(node.uri().resolve("/conflict/_bulk"));
        String event = S3Event.created(BUCKET, "conflict.log", text.length, s3.put(BUCKET, "conflict.log", text));

        assertThat(invoke(event)).isTrue();
        assertThat(node.documents("conflict", "action", "bytes", "@timestamp").values())
                .containsExactlyInAnyOrder("7 1 1700000000000", "8 3 1700000000000");
        function.close();
        assertThat(log())
                .contains("s3://logs/conflict.log, line 3: the lake rejected the record: ")
                .contains("failed to parse field [action] of type [integer]")
                .contains("\"RejectedRecords\":1")
                .contains("\"Failures\":0");

        assertThat(invoke(event)).as("the same object again").isTrue();
        assertThat(node.count("conflict")).isEqualTo("{\"count\":2}");
    }

    @Test
    void h30FailsAnObjectWhoseEveryRecordIsRefused() throws Exception {
        node.send("PUT", "/blocked", "{\"settings\":{\"index.blocks.write\":true}}");
        sendTo(node.uri().resolve("/blocked/_bulk"));
        byte[] text = "bytes\n1\n2\n".getBytes(StandardCharsets.US_ASCII);
        String event = S3Event.created(BUCKET, "blocked.log", text.length, s3.put(BUCKET, "blocked.log", text));

        assertThat(invoke(event)).isFalse();
        function.close();
        assertThat(log()).contains("index write (api)");
    }

    private static void createIndex(String index) throws IOException, InterruptedException {
        node.send(
                "PUT",
                "/" + index,
                "{\"mappings\":{\"properties\":{\"@timestamp\":{\"type\":\"date\"},\"srcaddr\":{\"type\":\"ip\"},"
                        + "\"dstaddr\":{\"type\":\"ip\"},\"bytes\":{\"type\":\"long\"},\"packets\":{\"type\":\"long\"}}}}");
    }

    private void sendTo(URI lake) {
        settings.put("DASSANA_ENDPOINT", lake.toString());
    }

    private LambdaProcess function() throws IOException {
        if (function == null || !function.process().isAlive()) {
            if (function != null) {
                function.close();
            }
            function = LambdaProcess.start(
                    RuntimeClient.forThisSystem(), LambdaProcess.Function.flowlog(List.of()), settings, this::keep);
        }
        return function;
    }

    /** Whether the function succeeded; false too if its process was killed. */
    private boolean invoke(String event) throws InterruptedException {
        try {
            return function()
                    .invoke(event.getBytes(StandardCharsets.UTF_8), TIMEOUT)
                    .succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    private void keep(String line) {
        synchronized (log) {
            log.add(line);
        }
    }

    private String log() {
        synchronized (log) {
            return String.join("\n", log);
        }
    }

    private static byte[] sample(int seed, int records) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new SampleGenerator(SampleFormat.V2, seed).writeRecords(text, records);
        return text.toByteArray();
    }

    /** Puts an object, and notes by a reading of its own what the index should have of it. */
    private String put(String key, byte[] text, Map<String, String> expected) throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(text);
        }
        String etag = s3.put(BUCKET, key, gzip.toByteArray());
        String source = SourceId.ofObject(BUCKET, key, etag).hex().orElseThrow();
        String[] lines = new String(text, StandardCharsets.US_ASCII).split("\n");
        for (int line = 2; line <= lines.length; line++) {
            String[] columns = lines[line - 1].split(" ");
            boolean kept = columns[ACTION].equals("REJECT")
                    || !columns[DSTPORT].equals("443") && lines[line - 1].endsWith(" OK");
            String id = source + "-" + line;
            boolean sampled = columns[ACTION].equals("ACCEPT");
            if (kept && (!sampled || isChosen(id, 3))) {
                expected.put(
                        id,
                        columns[SRCADDR] + " " + columns[BYTES] + " " + columns[END] + "000 "
                                + (sampled ? "3" : "null"));
            }
        }
        return S3Event.created(BUCKET, key, gzip.size(), etag);
    }

    /** The choice of a sample as the Javadoc of {@code HttpSink.Builder.sample} describes it. */
    private static boolean isChosen(String recordId, int rate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(recordId.getBytes(StandardCharsets.US_ASCII));
            return new BigInteger(1, Arrays.copyOf(hash, 8))
                            .mod(BigInteger.valueOf(rate))
                            .signum()
                    == 0;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
