package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log events in Kinesis records. */
class KinesisTest {
    private LambdaUnderTest lambda;

    @BeforeEach
    void start() throws IOException {
        lambda = new LambdaUnderTest();
        lambda.environment.put("FLOWLOG_FORMAT", "default");
    }

    @AfterEach
    void stop() throws IOException {
        lambda.close();
    }

    private static String good(int... ports) {
        return LogEvents.data(LogEvents.json(ports));
    }

    @Test
    void aBatchWithoutFailuresIsAnsweredWithAnEmptyList() {
        String answer = lambda.invoke(LogEvents.kinesis(good(1, 2), good(3), LogEvents.data(LogEvents.CONTROL)));
        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(lambda.delivered()).hasSize(3);
        assertThat(lambda.metric("Objects")).isEqualTo(3);
        assertThat(lambda.metric("IgnoredEvents")).isEqualTo(1);
    }

    @Test
    void l19OneBadRecordIsNamedByItsSequenceNumberAndTheOthersAreDelivered() {
        String answer = lambda.invoke(LogEvents.kinesis(good(1), "bm90IGd6aXA=", good(2, 3)));
        assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"s1\"}]}");
        assertThat(lambda.delivered()).hasSize(3);
        assertThat(lambda.logLine("log_events_failed"))
                .containsEntry("reason", "log_data_invalid")
                .containsEntry("sequenceNumber", "s1")
                .containsEntry("error", "the data is not gzip");
    }

    @Test
    void l16L19EveryKindOfBadRecordIsNamedInTheOrderOfTheStream() {
        String answer = lambda.invoke(LogEvents.kinesis(
                "%%%",
                good(1),
                LogEvents.data("{}"),
                LogEvents.base64(LambdaUnderTest.gzip(LambdaUnderTest.gzip(LogEvents.json(9)))),
                LogEvents.data(LogEvents.json(List.of(LogEvents.event("x", "2 too few columns")))),
                good(2),
                ""));
        assertThat(AwsAnswers.failed(answer)).containsExactly("s0", "s2", "s3", "s4", "s6");
        assertThat(lambda.delivered()).hasSize(2);
        assertThat(lambda.metric("Failures")).isEqualTo(5);
    }

    /** Lambda sends everything from the lowest sequence number on again. */
    @Test
    void l18WhatIsSentAgainAfterAFailureHasTheSameIds() {
        lambda.invoke(LogEvents.kinesis("bm90IGd6aXA=", good(1, 2), good(3)));
        List<String> first = lambda.delivered();
        lambda.invoke(LogEvents.kinesis("bm90IGd6aXA=", good(1, 2), good(3)));
        List<String> both = lambda.delivered();
        assertThat(both).hasSize(6);
        assertThat(new HashSet<>(both)).hasSize(3).containsAll(first);
    }

    @Test
    void aRecordWithoutASequenceNumberThatFailsFailsTheInvocation() {
        String event = LogEvents.kinesis("bm90IGd6aXA=").replace("\"sequenceNumber\":\"s0\",", "");
        assertThatThrownBy(() -> lambda.invoke(event)).isInstanceOf(InvocationFailedException.class);
    }

    @Test
    void l15WithoutAFormatEveryRecordFails() {
        lambda.environment.remove("FLOWLOG_FORMAT");
        assertThat(AwsAnswers.failed(lambda.invoke(LogEvents.kinesis(good(1), good(2)))))
                .containsExactly("s0", "s1");
        assertThat(lambda.logged()).contains("FLOWLOG_FORMAT is not set");
    }

    /** The record of AWS's documentation, "Using Lambda to process records from Kinesis Data Streams". */
    @Test
    void theRecordInTheDocumentationIsNoLogEvent() {
        String event = LogEvents.kinesis("SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==")
                .replace("s0", "49590338271490256608559692538361571095921575989136588898");
        assertThat(lambda.invoke(event))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":"
                        + "\"49590338271490256608559692538361571095921575989136588898\"}]}");
    }

    @Test
    void withoutTimeEveryRecordIsSentAgain() {
        assertThat(AwsAnswers.failed(lambda.invoke(LogEvents.kinesis(good(1), good(2)), 100)))
                .containsExactly("s0", "s1");
        assertThat(lambda.lake.connections()).isZero();
    }
}
