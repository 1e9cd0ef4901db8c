package io.flowlog.lambda;

import static io.flowlog.lambda.Events.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flowlog.s3.S3ObjectRef;
import io.flowlog.s3.testing.Fault;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private static final Script HANGS = (request, connection) -> connection.awaitHangUp(Duration.ofSeconds(30));

    /** An answer in this time has not waited for a lake that hangs. */
    private static final Duration BEFORE_THE_LAKE = Duration.ofSeconds(20);

    /** Loads what a delivery needs, so that the first one of this JVM does not use up a short deadline. */
    @BeforeAll
    static void deliverOnce() throws IOException {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            lambda.putLog("k", 1);
            assertThat(lambda.invoke(Events.s3("k"))).isEqualTo("null");
        }
    }

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
        Patience.longerUntil(remaining -> {
            try (LambdaUnderTest lambda = new LambdaUnderTest(HANGS)) {
                lambda.putLog("k", 1);
                lambda.handler();
                long started = System.nanoTime();
                String answer = lambda.invoke(Events.sqs(Events.s3("k")), remaining);
                assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(BEFORE_THE_LAKE);
                assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}");
                Patience.await(() -> lambda.lake.openConnections() == 0);
                if (lambda.lake.received().isEmpty()) {
                    return false;
                }
                assertThat(lambda.logged()).contains(ObjectDelivery.NOT_FINISHED);
                return true;
            }
        });
    }

    @Test
    void l1SaysWhatTheLakeAnsweredUntilTheTimeWasOver() throws Exception {
        Patience.longerUntil(remaining -> {
            try (LambdaUnderTest lambda = new LambdaUnderTest(Script.status(503))) {
                lambda.putLog("k", 1);
                lambda.handler();
                Throwable failure = catchThrowable(() -> lambda.invoke(Events.s3("k"), remaining));
                // The first answer may come as the time ends; the request after it shows that it was read.
                if (lambda.lake.received().size() < 2) {
                    return false;
                }
                assertThat(failure)
                        .hasMessageContaining(ObjectDelivery.NOT_FINISHED)
                        .hasMessageContaining("answered 503");
                return true;
            }
        });
    }

    @Test
    void l1S16AnswersInTimeWhenS3StallsOrDrips() throws Exception {
        Patience.longerUntil(remaining -> {
            try (LambdaUnderTest lambda = new LambdaUnderTest()) {
                lambda.putLog("stalls", 1000);
                lambda.putLog("drips", 1000);
                Fault stall = Fault.stallAfter(100);
                lambda.s3.failing(BUCKET, "stalls", stall, stall, stall, stall);
                lambda.s3.failing(BUCKET, "drips", Fault.drip(Duration.ofMillis(50)));
                lambda.handler();
                long started = System.nanoTime();
                String answer = lambda.invoke(Events.sqs(Events.s3("stalls"), Events.s3("drips")), remaining);
                // A read of S3 gives up after the socket timeout at the earliest.
                assertThat(Duration.ofNanos(System.nanoTime() - started).toMillis())
                        .isLessThan(Math.max(AwsClients.SOCKET_TIMEOUT.toMillis(), 2L * remaining));
                assertThat(answer)
                        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"},{\"itemIdentifier\":\"m1\"}]}");
                assertThat(lambda.lake.connections()).isZero();
                return lambda.s3.requests().size() >= 2;
            }
        });
    }

    static List<Arguments> silentS3() {
        Fault neverAnswers = (request, object, socket) -> {
            while (socket.getInputStream().read() >= 0) {
                // The client sends nothing more.
            }
        };
        String noAnswer = "S3 has not answered the request for the object";
        return List.of(
                Arguments.of("no answer", neverAnswers, ObjectDelivery.NOT_STARTED, noAnswer),
                Arguments.of("half a body", Fault.stallAfter(100), noAnswer, "waiting for S3, "));
    }

    /** With the shortest time the grace is a quarter of a second, and a read of S3 is blocked for four seconds. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("silentS3")
    void l14TheLineOfAnUnfinishedObjectIsWrittenBeforeTheAnswerThoughS3Blocks(
            String what, Fault fault, String earlier, String says) throws Exception {
        Patience.longerUntil(remaining -> {
            try (LambdaUnderTest lambda = new LambdaUnderTest()) {
                lambda.putLog("k", 1000);
                lambda.s3.failing(BUCKET, "k", fault, fault, fault, fault);
                lambda.handler();
                assertThat(lambda.invoke(Events.sqs(Events.s3("k")), remaining)).contains("\"m0\"");
                Map<String, @Nullable Object> line = lambda.logLine("object_failed");
                assertThat(line)
                        .containsEntry("level", "ERROR")
                        .containsEntry("requestId", "request-1")
                        .containsEntry("key", "k")
                        .containsEntry("reason", "deadline");
                String error = String.valueOf(line.get("error"));
                if (error.contains(earlier)) {
                    return false;
                }
                assertThat(error).contains(ObjectDelivery.NOT_FINISHED, says);
                return true;
            }
        });
    }

    @Test
    void l14TheLineOfAnUnfinishedObjectSaysWhatTheLakeDid() throws Exception {
        Patience.longerUntil(remaining -> {
            try (LambdaUnderTest lambda = new LambdaUnderTest(HANGS)) {
                lambda.putLog("k", 1);
                lambda.handler();
                assertThat(lambda.invoke(Events.sqs(Events.s3("k")), remaining)).contains("\"m0\"");
                if (lambda.lake.received().isEmpty()) {
                    return false;
                }
                assertThat(lambda.logLine("object_failed"))
                        .containsEntry("requestId", "request-1")
                        .containsEntry("reason", "deadline")
                        .hasEntrySatisfying(
                                "error",
                                text -> assertThat((String) text)
                                        .contains(ObjectDelivery.NOT_FINISHED)
                                        .containsPattern("the lake has not answered|(127[.]0[.]0[.]1|localhost):"));
                return true;
            }
        });
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
        Patience.longerUntil(remaining -> {
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
                lambda.handler();
                Throwable failure = catchThrowable(() -> lambda.invoke(Events.s3(records), remaining));
                assertThat(failure).hasMessageContaining("big");
                // The connections of the four lanes that were answered stay open for the next request.
                Patience.await(() -> lambda.lake.openConnections() <= 4);
                // The lake hangs longer than this test tries, so small objects that wait for the big one never come.
                if (failure.getMessage().contains("small")) {
                    return false;
                }
                assertThat(lambda.delivered()).hasSizeGreaterThanOrEqualTo(40);
                return true;
            }
        });
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
}
