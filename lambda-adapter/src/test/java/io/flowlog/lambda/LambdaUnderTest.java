package io.flowlog.lambda;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowlog.s3.testing.StubS3;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Received;
import io.flowlog.sink.http.testing.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The handler between a stub S3 and a lake, all in this process, with the real SDK and real HTTP. */
final class LambdaUnderTest implements AutoCloseable {
    static final String HEADER =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n";

    private static final ObjectMapper JSON = new ObjectMapper();

    final StubS3 s3;
    final RawLake lake;
    final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final PrintStream standardOutput = System.out;
    private @Nullable FlowLogHandler handler;

    LambdaUnderTest(Script script) throws IOException {
        System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
        s3 = StubS3.start();
        lake = RawLake.start(script);
        environment.put("DASSANA_ENDPOINT", lake.uri().toString());
        environment.put("DASSANA_TOKEN", "token-under-test");
        environment.put("FLOWLOG_ALLOW_HTTP_LOOPBACK", "true");
        environment.put("FLOWLOG_RECORD_ID_FIELD", "record-id");
        environment.put("AWS_ENDPOINT_URL_S3", s3.uri().toString());
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "id");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    }

    LambdaUnderTest() throws IOException {
        this(Script.ok());
    }

    FlowLogHandler handler() {
        FlowLogHandler made = handler;
        if (made == null) {
            made = new FlowLogHandler(Map.copyOf(environment));
            handler = made;
        }
        return made;
    }

    String invoke(String event) {
        return invoke(event, 60_000);
    }

    String invoke(String event, int remainingMillis) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler()
                    .handleRequest(
                            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                            answer,
                            new FakeContext(remainingMillis));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** Stores a gzip flow log of so many records; returns its ETag. */
    String putLog(String key, int records) {
        return s3.put(Events.BUCKET, key, gzip(flowLog(records)));
    }

    static String flowLog(int records) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 1; i <= records; i++) {
            text.append("2 123456789012 eni-01ab234c5de6f78g9 10.0.0.4 10.0.0.5 ")
                    .append(i);
            text.append(" 33298 17 1 76 1640995465 1640995493 ACCEPT OK\n");
        }
        return text.toString();
    }

    static byte[] gzip(String text) {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** All lines that the lake got, in the order of requests. */
    List<String> delivered() {
        return lake.received().stream()
                .map(Received::lines)
                .flatMap(List::stream)
                .toList();
    }

    String logged() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    /** The log lines, each parsed. */
    List<Map<String, @Nullable Object>> logLines() {
        return logged().lines().map(LambdaUnderTest::parsed).toList();
    }

    /** The only log line with this message. */
    Map<String, @Nullable Object> logLine(String message) {
        List<Map<String, @Nullable Object>> lines = logLines().stream()
                .filter(line -> message.equals(line.get("message")))
                .toList();
        if (lines.size() != 1) {
            throw new AssertionError(lines.size() + " lines " + message + " in:\n" + logged());
        }
        return lines.get(0);
    }

    static Map<String, @Nullable Object> parsed(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (IOException e) {
            throw new AssertionError("not a JSON object: " + json, e);
        }
    }

    /** The sum of a metric over all invocations. */
    long metric(String name) {
        return logLines().stream()
                .filter(line -> line.containsKey("_aws"))
                .mapToLong(line -> ((Number) Objects.requireNonNull(line.get(name))).longValue())
                .sum();
    }

    @Override
    public void close() throws IOException {
        System.setOut(standardOutput);
        s3.close();
        lake.close();
    }
}
