package io.flowlog.cli.local;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** S3, the function in its JVM, and a lake that keeps every line. */
final class WholeSystem implements AutoCloseable {
    static final String BUCKET = "logs";
    static final String TOKEN = "a-token-of-the-tests";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    final LocalLake lake;
    final EmbeddedS3 s3;
    private final LambdaProcess function;
    private final List<String> log = new ArrayList<>();

    private WholeSystem(RuntimeClient client, Map<String, String> changes) throws IOException {
        lake = LocalLake.start(TOKEN, Integer.MAX_VALUE);
        s3 = EmbeddedS3.start();
        s3.createBucket(BUCKET);
        Map<String, String> settings = new HashMap<>(s3.functionSettings());
        settings.put("DASSANA_ENDPOINT", lake.endpoint().toString());
        settings.put("DASSANA_TOKEN", TOKEN);
        settings.put("FLOWLOG_ALLOW_HTTP_LOOPBACK", "true");
        settings.putAll(changes);
        settings.values().removeIf(String::isEmpty);
        function =
                LambdaProcess.start(client, LambdaProcess.Function.flowlog(FastStart.jvmOptions()), settings, line -> {
                    synchronized (log) {
                        log.add(line);
                    }
                });
    }

    static WholeSystem start() throws IOException {
        return start(Map.of());
    }

    /** With other settings of the function; an empty value takes one away. */
    static WholeSystem start(Map<String, String> changes) throws IOException {
        return new WholeSystem(RuntimeClient.forThisSystem(), changes);
    }

    static WholeSystem startUnder(RuntimeClient client) throws IOException {
        return new WholeSystem(client, Map.of());
    }

    /** Puts an object and returns the notification of it. */
    String put(String key, byte[] bytes) {
        return S3Event.created(BUCKET, key, bytes.length, s3.put(BUCKET, key, bytes));
    }

    RuntimeApiServer.InvocationResult invoke(String event) throws IOException, InterruptedException {
        return function.invoke(event.getBytes(StandardCharsets.UTF_8), TIMEOUT);
    }

    /** One SQS batch with these bodies under these message ids. */
    RuntimeApiServer.InvocationResult invokeWithMessages(LinkedHashMap<String, String> bodies)
            throws IOException, InterruptedException {
        return invoke(bodies.entrySet().stream()
                .map(message -> "{\"messageId\":\"" + message.getKey() + "\",\"receiptHandle\":\"r\",\"body\":\""
                        + new String(JsonStringEncoder.getInstance().quoteAsString(message.getValue()))
                        + "\",\"attributes\":{\"ApproximateReceiveCount\":\"1\"},\"messageAttributes\":{},"
                        + "\"eventSource\":\"aws:sqs\",\"awsRegion\":\"us-east-1\","
                        + "\"eventSourceARN\":\"arn:aws:sqs:us-east-1:123456789012:flowlog\"}")
                .collect(Collectors.joining(",", "{\"Records\":[", "]}")));
    }

    String log() {
        synchronized (log) {
            return String.join("\n", log);
        }
    }

    @Override
    public void close() throws IOException {
        function.close();
        s3.close();
        lake.close();
    }
}
