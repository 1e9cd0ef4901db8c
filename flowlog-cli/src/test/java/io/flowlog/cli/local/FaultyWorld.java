package io.flowlog.cli.local;

import io.flowlog.s3.testing.StubS3;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Received;
import io.flowlog.sink.http.testing.Script;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The deployable jar in its JVM between an S3 and a lake that misbehave as they are told to. */
final class FaultyWorld implements Closeable {
    static final String BUCKET = "logs";
    static final String TOKEN = "a-token-of-the-tests";

    final StubS3 s3;
    final RawLake lake;
    final Map<String, String> settings = new HashMap<>();
    final List<String> jvmOptions;
    private final List<String> log = new ArrayList<>();
    private volatile Script script;
    private @Nullable LambdaProcess function;

    FaultyWorld(Script first) throws IOException {
        this(first, FastStart.jvmOptions());
    }

    FaultyWorld(Script first, List<String> jvmOptions) throws IOException {
        script = first;
        this.jvmOptions = new ArrayList<>(jvmOptions);
        s3 = StubS3.start();
        lake = RawLake.start((request, connection) -> script.answer(request, connection));
        settings.put("DASSANA_ENDPOINT", lake.uri().toString());
        settings.put("DASSANA_TOKEN", TOKEN);
        settings.put("FLOWLOG_ALLOW_HTTP_LOOPBACK", "true");
        settings.put("FLOWLOG_RECORD_ID_FIELD", "rid");
        settings.put("AWS_ENDPOINT_URL_S3", s3.uri().toString());
        settings.put("AWS_ACCESS_KEY_ID", "id");
        settings.put("AWS_SECRET_ACCESS_KEY", "secret");
    }

    /** What the lake does from now on. */
    void lakeDoes(Script next) {
        script = next;
    }

    LambdaProcess function() throws IOException {
        LambdaProcess running = function;
        if (running == null || !running.process().isAlive()) {
            stop();
            running = LambdaProcess.start(
                    RuntimeClient.forThisSystem(), LambdaProcess.Function.flowlog(jvmOptions), settings, this::keep);
            function = running;
        }
        return running;
    }

    /** Ends the function's process, so that the next event meets a fresh one. */
    void stop() throws IOException {
        LambdaProcess running = function;
        if (running != null) {
            running.close();
            function = null;
        }
    }

    private void keep(String line) {
        synchronized (log) {
            log.add(line);
        }
    }

    RuntimeApiServer.InvocationResult invoke(String event, Duration timeout) throws IOException, InterruptedException {
        return function().invoke(event.getBytes(StandardCharsets.UTF_8), timeout);
    }

    RuntimeApiServer.InvocationResult invoke(String event) throws IOException, InterruptedException {
        return invoke(event, Duration.ofSeconds(30));
    }

    /** One SQS batch; the answer names the ids that failed. */
    String invokeMessages(Map<String, String> bodies, Duration timeout) throws IOException, InterruptedException {
        return invoke(sqs(bodies), timeout).body();
    }

    static String sqs(Map<String, String> bodies) {
        StringBuilder messages = new StringBuilder();
        bodies.forEach((id, body) -> messages.append(messages.isEmpty() ? "" : ",")
                .append("{\"messageId\":\"")
                .append(id)
                .append("\",\"eventSource\":\"aws:sqs\",\"body\":\"")
                .append(body.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\"}"));
        return "{\"Records\":[" + messages + "]}";
    }

    String put(String key, byte[] content) {
        String etag = s3.put(BUCKET, key, content);
        return S3Event.created(BUCKET, key, content.length, etag);
    }

    static String announce(String key) {
        return S3Event.created(BUCKET, key, 100, "d41d8cd98f00b204e9800998ecf8427e");
    }

    /** Lines by record id, of all requests that were read to their end. */
    Map<String, String> received() {
        Map<String, String> lines = new LinkedHashMap<>();
        for (Received request : lake.received()) {
            request.lines().forEach(line -> lines.put(recordId(line), line));
        }
        return lines;
    }

    static String recordId(String line) {
        int at = line.lastIndexOf(",\"rid\":\"");
        return line.substring(at + 8, line.length() - 2);
    }

    static String withoutRecordId(String line) {
        return line.substring(0, line.lastIndexOf(",\"rid\":\"")) + "}";
    }

    String log() {
        synchronized (log) {
            return String.join("\n", log);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        s3.close();
        lake.close();
    }
}
