package io.flowlog.lambda;

import static io.flowlog.lambda.Events.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.s3.S3ObjectRef;
import io.flowlog.s3.testing.Fault;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private static final Script HANGS = (request, connection) -> connection.awaitHangUp(Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({"120000, 5000", "900000, 5000", "30000, 3000", "6000, 600", "3000, 500", "600, 500", "500, 500"})
    void l1KeepsATenthBackButHalfASecondToFive(long remaining, long margin) {
        AtomicLong clock = new AtomicLong(42);
        Deadline deadline = Deadline.in(remaining, clock::get);
        assertThat(deadline.margin()).isEqualTo(Duration.ofMillis(margin));
        assertThat(deadline.left()).isEqualTo(Duration.ofMillis(remaining - margin));
        clock.addAndGet(Duration.ofMillis(remaining - margin).toNanos());
        assertThat(deadline.passed()).isTrue();
        assertThat(deadline.left()).isZero();
    }

    @Test
    void l1WaitsForAStalledReadOfS3ToEndBeforeItAnswers() {
        Deadline asDeployed = Deadline.in(120_000, () -> 0);
        assertThat(asDeployed.grace()).isGreaterThan(AwsClients.SOCKET_TIMEOUT).isLessThan(asDeployed.margin());
        Deadline shortest = Deadline.in(1_000, () -> 0);
        assertThat(shortest.grace())
                .isPositive()
                .isLessThanOrEqualTo(shortest.margin().dividedBy(2));
    }

    @Test
    void l1AnObjectThatOpensAsTheTimeEndsIsNotFinishedAndNoDefect() throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            lambda.putLog("k", 1);
            lambda.handler();
            Settings settings = Settings.from(lambda.environment);
            AtomicInteger looks = new AtomicInteger();
            Deadline endsAfterTheSecondLook = Deadline.in(2_000, () -> looks.getAndIncrement() < 2 ? 0 : 1L << 40);
            Connections connections = Connections.open(settings, lambda.environment);
            InvocationScope scope = new InvocationScope(connections, settings, endsAfterTheSecondLook);
            Outcome outcome = new ObjectDelivery(scope, S3ObjectRef.of(BUCKET, "k")).run();
            assertThat(outcome.reason()).isEqualTo(FailureReason.DEADLINE);
            assertThat(outcome.text()).contains(ObjectDelivery.NOT_FINISHED);
            assertThat(lambda.lake.connections()).isZero();
        }
    }

    @Test
    void h17ALakeThatAsksForAWaitBeyondTheTimeFailsTheObjectAtOnceAndIsNamed() throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest(Script.status(503, "Retry-After: 3600"))) {
            lambda.putLog("k", 1);
            assertThat(lambda.invoke(Events.sqs(Events.s3("k"))))
                    .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}");
            assertThat(lambda.lake.received()).hasSize(1);
            assertThat(lambda.logged()).contains("answered 503");
        }
    }

    @Test
    void l5CountsOnTheMonotonicClockAlsoWhereItOverflows() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
        Deadline deadline = Deadline.in(10_000, clock::get);
        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 400})
    void l13FailsAtOnceAndDoesNothingWhenThereIsNoTime(int remaining) throws IOException {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            lambda.putLog("k", 1);
            assertThatThrownBy(() -> lambda.invoke(Events.s3("k"), remaining))
                    .hasMessageContaining(ObjectDelivery.NOT_STARTED);
            assertThat(lambda.invoke(Events.sqs(Events.s3("k")), remaining))
                    .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}");
            assertThat(lambda.invoke(Events.batch1("k"), remaining)).contains("TemporaryFailure");
            assertThat(lambda.s3.requests()).isEmpty();
            assertThat(lambda.lake.connections()).isZero();
        }
    }

    @Test
    void l1AnswersInTimeWhenTheLakeHangsAndHasNothingInFlightThen() throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest(HANGS)) {
            lambda.putLog("k", 1);
            lambda.handler();
            long started = System.nanoTime();
            String answer = lambda.invoke(Events.sqs(Events.s3("k")), 2_000);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(2_000));
            assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}");
            awaitNone(lambda);
            assertThat(lambda.logged()).contains(ObjectDelivery.NOT_FINISHED);
        }
    }

    @Test
    void l1SaysWhatTheLakeAnsweredUntilTheTimeWasOver() throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest(Script.status(503))) {
            lambda.putLog("k", 1);

            assertThatThrownBy(() -> lambda.invoke(Events.s3("k"), 2_000))
                    .hasMessageContaining(ObjectDelivery.NOT_FINISHED)
                    .hasMessageContaining("answered 503");
        }
    }

    @Test
    void l1S16AnswersInTimeWhenS3StallsOrDrips() throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            lambda.putLog("stalls", 1000);
            lambda.putLog("drips", 1000);
            Fault stall = Fault.stallAfter(100);
            lambda.s3.failing(BUCKET, "stalls", stall, stall, stall, stall);
            lambda.s3.failing(BUCKET, "drips", Fault.drip(Duration.ofMillis(50)));
            lambda.handler();
            long started = System.nanoTime();
            String answer = lambda.invoke(Events.sqs(Events.s3("stalls"), Events.s3("drips")), 2_000);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(2_000));
            assertThat(answer)
                    .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"},{\"itemIdentifier\":\"m1\"}]}");
            assertThat(lambda.lake.connections()).isZero();
        }
    }

    static List<Arguments> silentS3() {
        Fault neverAnswers = (request, object, socket) -> {
            while (socket.getInputStream().read() >= 0) {
                // The client sends nothing more.
            }
        };
        return List.of(
                Arguments.of("no answer", neverAnswers, "S3 has not answered the request for the object"),
                Arguments.of("half a body", Fault.stallAfter(100), "waiting for S3, "));
    }

    /** The grace is a quarter of a second here, and a read of S3 is blocked for four seconds. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("silentS3")
    void l14TheLineOfAnUnfinishedObjectIsWrittenBeforeTheAnswerThoughS3Blocks(String what, Fault fault, String says)
            throws IOException {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            lambda.putLog("k", 1000);
            lambda.s3.failing(BUCKET, "k", fault, fault);
            lambda.handler();
            assertThat(lambda.invoke(Events.sqs(Events.s3("k")), 2_000)).contains("\"m0\"");
            assertThat(lambda.logLine("object_failed"))
                    .containsEntry("level", "ERROR")
                    .containsEntry("requestId", "request-1")
                    .containsEntry("key", "k")
                    .containsEntry("reason", "deadline")
                    .hasEntrySatisfying(
                            "error", text -> assertThat((String) text).contains(ObjectDelivery.NOT_FINISHED, says));
        }
    }

    @Test
    void l14TheLineOfAnUnfinishedObjectSaysWhatTheLakeDid() throws IOException {
        try (LambdaUnderTest lambda = new LambdaUnderTest(HANGS)) {
            lambda.putLog("k", 1);
            lambda.handler();
            assertThat(lambda.invoke(Events.sqs(Events.s3("k")), 2_000)).contains("\"m0\"");
            assertThat(lambda.logLine("object_failed"))
                    .containsEntry("requestId", "request-1")
                    .containsEntry("reason", "deadline")
                    .hasEntrySatisfying(
                            "error",
                            text -> assertThat((String) text)
                                    .contains(ObjectDelivery.NOT_FINISHED)
                                    .containsPattern("the lake has not answered|(127[.]0[.]0[.]1|localhost):"));
        }
    }

    @Test
    void l1DeliversSmallObjectsThoughABigOneIsAheadOfThem() throws Exception {
        Script slowForBig = (request, connection) -> {
            if (request.lines().get(0).contains("\"srcport\":7,")) {
                connection.awaitHangUp(Duration.ofSeconds(30));
            } else {
                connection.answer(200, Script.docCount(request));
            }
        };
        try (LambdaUnderTest lambda = new LambdaUnderTest(slowForBig)) {
            String line =
                    "2 123456789012 eni-01ab234c5de6f78g9 10.0.0.4 10.0.0.5 7 33298 17 1 76 1640995465 1640995493 ACCEPT OK\n";
            lambda.s3.put(BUCKET, "big", LambdaUnderTest.gzip(LambdaUnderTest.HEADER + line));
            List<String> records = new ArrayList<>();
            records.add(Events.s3Record("big", "ObjectCreated:Put", ",\"size\":70000000"));
            for (int i = 0; i < 20; i++) {
                lambda.putLog("small" + i, 2);
                records.add(Events.s3Record("small" + i, "ObjectCreated:Put", ",\"size\":150"));
            }
            assertThatThrownBy(() -> lambda.invoke(Events.s3(records), 3_000))
                    .hasMessageContaining("big")
                    .hasMessageNotContaining("small");
            assertThat(lambda.delivered()).hasSizeGreaterThanOrEqualTo(40);
            awaitNone(lambda);
        }
    }

    @Test
    void l10SharesTheTimeOfABatchOfTenThousandMessages() throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            String[] bodies = new String[10_000];
            for (int i = 0; i < bodies.length; i++) {
                bodies[i] = Events.TEST_EVENT;
            }
            lambda.putLog("k", 1);
            bodies[1234] = Events.s3("k");
            bodies[9999] = Events.s3("missing");
            assertThat(lambda.invoke(Events.sqs(bodies)))
                    .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m9999\"}]}");
            assertThat(lambda.delivered()).hasSize(1);
        }
    }

    private static void awaitNone(LambdaUnderTest lambda) throws InterruptedException {
        for (int i = 0; i < 100 && lambda.lake.openConnections() > idle(lambda); i++) {
            Thread.sleep(5);
        }
        assertThat(lambda.lake.openConnections()).isLessThanOrEqualTo(idle(lambda));
    }

    /** Connections that were answered stay open for the next request. */
    private static int idle(LambdaUnderTest lambda) {
        return lambda.delivered().size() > 1 ? 4 : 0;
    }
}
