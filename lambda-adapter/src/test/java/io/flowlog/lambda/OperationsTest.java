package io.flowlog.lambda;

import static io.flowlog.lambda.Events.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flowlog.sink.http.testing.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {
    @Test
    void writesOneSummaryLineAnObject() throws IOException {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            String etag = lambda.putLog("a/b.log.gz", 3);
            lambda.invoke(Events.s3("a/b.log.gz"));
            assertThat(lambda.logLines())
                    .filteredOn(line -> "object_delivered".equals(line.get("message")))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .hasEntrySatisfying("timestamp", OperationsTest::assertNow)
                            .containsEntry("level", "INFO")
                            .containsEntry("requestId", "request-1")
                            .containsEntry("bucket", BUCKET)
                            .containsEntry("key", "a/b.log.gz")
                            .containsEntry("etag", etag)
                            .containsEntry("records", 3)
                            .containsEntry("acknowledged", 3)
                            .containsKeys(
                                    "filtered",
                                    "sampledOut",
                                    "malformed",
                                    "rejected",
                                    "batches",
                                    "retries",
                                    "bytesIn",
                                    "bytesOut",
                                    "milliseconds"));
        }
    }

    @Test
    void writesMetricsInTheShapeOfTheEmbeddedMetricFormat() throws IOException {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            lambda.putLog("k", 3);
            lambda.invoke(Events.s3("k"));
            Map<String, @Nullable Object> line = lambda.logLines().stream()
                    .filter(l -> l.containsKey("_aws"))
                    .findFirst()
                    .orElseThrow();
            Map<String, @Nullable Object> aws = object(line.get("_aws"));
            assertThat(Instant.ofEpochMilli(((Number) Objects.requireNonNull(aws.get("Timestamp"))).longValue()))
                    .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            Map<String, @Nullable Object> directive =
                    object(list(aws.get("CloudWatchMetrics")).get(0));
            assertThat(directive)
                    .containsEntry("Namespace", "flowlog")
                    .containsEntry("Dimensions", List.of(List.of("FunctionName")));
            assertThat(line).containsEntry("FunctionName", "flows");
            List<@Nullable Object> metrics = list(directive.get("Metrics"));
            assertThat(metrics).hasSizeBetween(9, 100).allSatisfy(metric -> {
                Map<String, @Nullable Object> named = object(metric);
                assertThat(named.get("Unit")).isIn("Count", "Bytes", "Milliseconds");
                assertThat(line.get(named.get("Name"))).isInstanceOf(Integer.class);
            });
            assertThat(lambda.metric("Objects")).isEqualTo(1);
            assertThat(lambda.metric("Records")).isEqualTo(3);
            assertThat(lambda.metric("Batches")).isEqualTo(1);
            assertThat(lambda.metric("BytesIn")).isPositive();
            assertThat(lambda.metric("BytesOut")).isPositive();
        }
    }

    @Test
    void h11CountsRejectedRecordsAndWarns() throws IOException {
        try (LambdaUnderTest lambda =
                new LambdaUnderTest((request, connection) -> connection.answer(200, "{\"docCount\":1}"))) {
            lambda.putLog("k", 3);
            assertThat(lambda.invoke(Events.s3("k"))).isEqualTo("null");
            assertThat(lambda.metric("RejectedRecords")).isEqualTo(2);
            assertThat(lambda.logLines())
                    .anySatisfy(line ->
                            assertThat(line).containsEntry("level", "WARN").containsEntry("rejected", 2));
        }
    }

    @Test
    void l14TheLinesOfTheSinksThreadsHaveTheRequestId() throws IOException {
        try (LambdaUnderTest lambda =
                new LambdaUnderTest((request, connection) -> connection.answer(200, "{\"docCount\":1}"))) {
            lambda.putLog("k", 3);
            lambda.invoke(Events.s3("k"));
            assertThat(lambda.logLines())
                    .filteredOn(line -> String.valueOf(line.get("logger")).startsWith("io.flowlog.sink.http"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).containsEntry("requestId", "request-1"));
        }
    }

    @Test
    void theFirstLineOfAProcessHasTheVersion() throws IOException {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            lambda.handler();
            assertThat(lambda.logLines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .containsEntry("message", "started")
                            .hasEntrySatisfying(
                                    "version",
                                    version -> assertThat((String) version).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*")));
        }
    }

    @Test
    void r8KeepsWhatComesFromOutsideInsideItsOwnJsonString() throws IOException {
        String evil = "x\n{\"level\":\"FATAL\"}\u001b[31m\u2028";
        Script lake = (request, connection) -> connection.answer(400, evil + "y".repeat(10_000));
        try (LambdaUnderTest lambda = new LambdaUnderTest(lake)) {
            lambda.putLog(evil, 1);
            assertThatThrownBy(() -> lambda.invoke(Events.s3(evil)))
                    .hasMessageNotContainingAny("\n", "\u001b")
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(3000));
            assertThat(lambda.logged().codePoints()).allMatch(c -> c == '\n' || c >= 0x20 && c < 0x7f);
            assertThat(lambda.logLines()).anySatisfy(line -> assertThat(line).containsEntry("key", evil));
            assertThat(lambda.logLines())
                    .allSatisfy(line -> assertThat(line.values())
                            .filteredOn(String.class::isInstance)
                            .allSatisfy(value -> assertThat((String) value).hasSizeLessThan(JsonLine.MAX_CHARS + 10)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 500})
    void l4NeverShowsTheTokenNorTheEvent(int status) throws IOException {
        Script echo = (request, connection) -> connection.answer(
                status, "{\"you\":\"sent " + request.header("x-dassana-token") + "\"}", "Retry-After: 100000");
        try (LambdaUnderTest lambda = new LambdaUnderTest(echo)) {
            lambda.putLog("k", 1);
            assertThatThrownBy(() -> lambda.invoke(Events.s3("k")))
                    .isInstanceOf(InvocationFailedException.class)
                    .hasNoCause()
                    .hasMessageNotContaining("token-under-test")
                    .hasMessageNotContaining("eventSource")
                    .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
            assertThat(lambda.logged()).doesNotContain("token-under-test");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class})
    void l3LetsAnErrorOfTheMachineEndTheProcess(Class<? extends VirtualMachineError> kind) throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            lambda.putLog("k", 1);
            VirtualMachineError error = kind.getConstructor().newInstance();
            PrintStream failing = new PrintStream(OutputStream.nullOutputStream()) {
                @Override
                public void write(byte[] bytes, int at, int count) {
                    if (new String(bytes, at, count, StandardCharsets.UTF_8).contains("object_delivered")) {
                        throw error;
                    }
                }
            };
            FlowLogHandler handler = lambda.handler();
            System.setOut(failing);
            assertThatThrownBy(() -> handler.handleRequest(
                            new ByteArrayInputStream(Events.sqs(Events.s3("k")).getBytes(StandardCharsets.UTF_8)),
                            new ByteArrayOutputStream(),
                            new FakeContext(60_000)))
                    .isSameAs(error);
        }
    }

    @Test
    void l8InvocationsAtTheSameTimeDoNotMix() throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            FlowLogHandler handler = lambda.handler();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Callable<String>> calls = new ArrayList<>();
            Set<String> expected = new HashSet<>();
            for (int i = 0; i < 80; i++) {
                String key = "k" + i;
                boolean missing = i % 4 == 0;
                if (!missing) {
                    lambda.putLog(key, 1 + i);
                }
                String event = "{\"Records\":[" + Events.message("id" + i, Events.s3(key)) + "]}";
                expected.add(missing ? "{\"batchItemFailures\":[{\"itemIdentifier\":\"id" + i + "\"}]}" : "ok " + i);
                int number = i;
                calls.add(() -> {
                    ByteArrayOutputStream answer = new ByteArrayOutputStream();
                    handler.handleRequest(
                            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                            answer,
                            new FakeContext(60_000));
                    String text = answer.toString(StandardCharsets.UTF_8);
                    return text.equals("{\"batchItemFailures\":[]}") ? "ok " + number : text;
                });
            }
            Set<String> answers = new HashSet<>();
            for (Future<String> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            threads.shutdown();
            assertThat(answers).isEqualTo(expected);
            int records = java.util.stream.IntStream.range(0, 80)
                    .filter(i -> i % 4 != 0)
                    .map(i -> i + 1)
                    .sum();
            assertThat(new HashSet<>(lambda.delivered())).hasSize(records);
        }
    }

    @Test
    void l7DeliversGoodObjectsAfterManyBadOnes() throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            lambda.s3.put(BUCKET, "bad", "no flow log ".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
            lambda.putLog("good", 1);
            for (int i = 0; i < 60; i++) {
                assertThat(lambda.invoke(Events.sqs(Events.s3("bad")))).contains("m0");
            }
            Patience.await(() -> lanes() == 0);
            assertThat(lambda.invoke(Events.s3("good"))).isEqualTo("null");
            Patience.await(() -> lambda.s3.openConnections() <= 5);
        }
    }

    private static void assertNow(@Nullable Object timestamp) {
        assertThat(Instant.parse((String) timestamp)).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return Objects.requireNonNull((Map<String, @Nullable Object>) value);
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> list(@Nullable Object value) {
        return Objects.requireNonNull((List<@Nullable Object>) value);
    }

    private static long lanes() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("flowlog-small"))
                .count();
    }
}
