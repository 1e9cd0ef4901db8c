package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.S3BatchResponse;
import com.amazonaws.services.lambda.runtime.events.S3BatchResponse.ResultCode;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final String KEY = "AWSLogs/aws-account-id=123456789012/year=2026/a b+c.log.gz";
    private static final Consumer<String> NOTHING = answer -> assertThat(answer).isEqualTo("null");
    private static final Consumer<String> NO_FAILURES =
            answer -> assertThat(AwsAnswers.failed(answer)).isEmpty();

    private LambdaUnderTest lambda;

    @BeforeEach
    void start() throws IOException {
        lambda = new LambdaUnderTest();
        lambda.putLog(KEY, 3);
    }

    @AfterEach
    void stop() throws IOException {
        lambda.close();
    }

    static List<Arguments> envelopes() {
        return List.of(
                Arguments.of("S3", Events.s3(KEY), NOTHING),
                Arguments.of("S3 in SQS, or SNS raw delivery in SQS", Events.sqs(Events.s3(KEY)), NO_FAILURES),
                Arguments.of("S3 in SNS", Events.sns(Events.s3(KEY)), NOTHING),
                Arguments.of("S3 in SNS in SQS", Events.sqs(Events.snsNotification(Events.s3(KEY))), NO_FAILURES),
                Arguments.of(
                        "a failed asynchronous event that was moved from its destination to the queue",
                        Events.sqs("{\"version\":\"1.0\",\"requestContext\":{\"condition\":\"RetriesExhausted\"},"
                                + "\"requestPayload\":" + Events.s3(KEY) + "}"),
                        NO_FAILURES),
                Arguments.of("EventBridge", Events.eventBridge(KEY, "Object Created", ""), NOTHING),
                Arguments.of(
                        "EventBridge in SQS", Events.sqs(Events.eventBridge(KEY, "Object Created", "")), NO_FAILURES),
                Arguments.of("Batch Operations 1.0", Events.batch1(KEY), batchAnswer("1.0")),
                Arguments.of("Batch Operations 2.0", Events.batch2(KEY), batchAnswer("2.0")));
    }

    private static Consumer<String> batchAnswer(String schema) {
        S3BatchResponse expected = S3BatchResponse.builder()
                .withInvocationSchemaVersion(schema)
                .withTreatMissingKeysAs(ResultCode.TemporaryFailure)
                .withInvocationId("YXNk")
                .withResults(List.of(S3BatchResponse.Result.builder()
                        .withTaskId("dGFza2lk")
                        .withResultCode(ResultCode.Succeeded)
                        .withResultString("s3://flow-logs/" + KEY + ": 3 records delivered")
                        .build()))
                .build();
        return answer ->
                assertThat(AwsAnswers.read(S3BatchResponse.class, answer)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("envelopes")
    void deliversWhatIsIn(String envelope, String event, Consumer<String> answer) {
        answer.accept(lambda.invoke(event));
        assertThat(lambda.delivered()).hasSize(3);
    }

    static List<Arguments> testEvents() {
        return List.of(
                Arguments.of("direct", Events.TEST_EVENT, NOTHING),
                Arguments.of("in SQS", Events.sqs(Events.TEST_EVENT), NO_FAILURES),
                Arguments.of("in SNS", Events.sns(Events.TEST_EVENT), NOTHING),
                Arguments.of("in SNS in SQS", Events.sqs(Events.snsNotification(Events.TEST_EVENT)), NO_FAILURES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("testEvents")
    void s1AcceptsTheTestEventWithoutReadingAnything(String envelope, String event, Consumer<String> answer) {
        answer.accept(lambda.invoke(event));
        assertThat(lambda.s3.requests()).isEmpty();
        assertThat(lambda.logLines())
                .filteredOn(line -> "event_ignored".equals(line.get("message")))
                .hasSize(1);
    }

    @Test
    void s2AcceptsAnEmptyListOfRecords() {
        assertThat(lambda.invoke("{\"Records\":[]}")).isEqualTo("null");
        NO_FAILURES.accept(lambda.invoke(Events.sqs("{\"Records\":[]}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "\"text\"",
                "{\"Records\":null}",
                "{\"Records\":{}}",
                "{\"Records\":[null]}",
                "{\"Records\":[{}]}",
                "{\"Records\":[{\"eventSource\":\"aws:kinesis\"}]}",
                "{\"hello\":\"world\"}",
                "{\"Records\":[",
                "{\"Records\":[]}x",
                "{\"detail-type\":\"Object Created\",\"source\":\"aws.ec2\",\"detail\":{}}",
                "{\"tasks\":[{}],\"invocationId\":\"x\",\"invocationSchemaVersion\":\"1.0\"}",
                "{\"tasks\":[{\"taskId\":\"t\"}],\"invocationId\":\"x\",\"invocationSchemaVersion\":\"9.0\"}",
            })
    void s2RefusesWhatItDoesNotKnow(String event) {
        assertThatThrownBy(() -> lambda.invoke(event)).isInstanceOf(InvocationFailedException.class);
        assertThat(AwsAnswers.failed(lambda.invoke(Events.sqs(event, Events.s3(KEY)))))
                .containsExactly("m0");
        assertThat(lambda.delivered()).hasSize(3);
    }

    @Test
    void s2RefusesAnEventThatIsNestedWithoutEnd() {
        assertThatThrownBy(() -> lambda.invoke("[".repeat(100_000))).isInstanceOf(InvocationFailedException.class);
    }

    @Test
    void s3DeliversTheGoodRecordsOfADirectEventAndThenFails() {
        assertThatThrownBy(() -> lambda.invoke(Events.s3("missing-1", KEY, "missing-2")))
                .isInstanceOf(InvocationFailedException.class)
                .hasMessageContaining("missing-1")
                .hasMessageContaining("missing-2")
                .hasMessageNotContaining(KEY);
        assertThat(lambda.delivered()).hasSize(3);
    }

    @Test
    void s3FailsOnlyTheMessageWithTheBadRecord() {
        lambda.putLog("other", 2);
        String answer = lambda.invoke(Events.sqs(Events.s3("other"), Events.s3(KEY, "missing"), Events.TEST_EVENT));
        assertThat(AwsAnswers.failed(answer)).containsExactly("m1");
        assertThat(lambda.delivered()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a+b", "year=2026/month=01/x", "a%2Bb", "ä/日本", "a/../b", "/leading", "100%", "q?x=1&y#z"
            })
    void s4ReadsTheVeryKeyByNotificationByBatchAndByEventBridge(String key) {
        lambda.putLog(key, 1);
        lambda.invoke(Events.s3(key));
        lambda.invoke(Events.batch2(key));
        lambda.invoke(Events.eventBridge(key, "Object Created", ""));
        assertThat(lambda.s3.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.path()).isEqualTo(Events.BUCKET + "/" + key));
        assertThat(lambda.delivered()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad%", "bad%2", "bad%zz", "bad%FF"})
    void s4RefusesAKeyThatIsNotEncodedAsAnnounced(String key) {
        String event = Events.s3("PLACE").replace("\"PLACE\"", '"' + key + '"');
        assertThatThrownBy(() -> lambda.invoke(event)).isInstanceOf(InvocationFailedException.class);
        assertThat(lambda.s3.requests()).isEmpty();
    }

    @Test
    void s5DeliversADuplicateEventAgainWithTheSameIdsAndBytes() {
        lambda.invoke(Events.s3(KEY));
        lambda.invoke(Events.s3(KEY));
        assertThat(lambda.lake.received()).hasSize(2);
        assertThat(lambda.lake.received().get(1).key())
                .isEqualTo(lambda.lake.received().get(0).key());
        assertThat(lambda.lake.received().get(1).body())
                .isEqualTo(lambda.lake.received().get(0).body());
    }

    @Test
    void s6ReadsTheVersionThatTheEventNames() {
        lambda.s3.putVersion(Events.BUCKET, "v", "v1", LambdaUnderTest.gzip(LambdaUnderTest.flowLog(1)));
        lambda.s3.putVersion(Events.BUCKET, "v", "v2", LambdaUnderTest.gzip(LambdaUnderTest.flowLog(9)));
        lambda.invoke(Events.s3(List.of(Events.s3Record("v", "ObjectCreated:Put", ",\"versionId\":\"v1\""))));
        lambda.invoke(Events.eventBridge("v", "Object Created", ",\"version-id\":\"v1\""));
        assertThat(lambda.s3.requests()).extracting(r -> r.query("versionId")).containsExactly("v1", "v1");
        assertThat(lambda.delivered())
                .hasSize(2)
                .first()
                .isEqualTo(lambda.delivered().get(1));
    }

    @Test
    void s7ReadsAReplacedObjectUnderItsOwnEtagAndWarns() {
        String old = lambda.putLog("r", 1);
        lambda.putLog("r", 2);
        lambda.invoke(Events.s3(List.of(Events.s3Record("r", "ObjectCreated:Put", ",\"eTag\":\"" + old + "\""))));
        lambda.invoke(Events.s3("r"));
        assertThat(lambda.s3.requests().get(0).header("if-match")).isEqualTo('"' + old + '"');
        assertThat(lambda.delivered()).hasSize(4);
        assertThat(lambda.lake.received().get(0).key())
                .isEqualTo(lambda.lake.received().get(1).key());
        assertThat(lambda.logLines())
                .anySatisfy(line ->
                        assertThat(line).containsEntry("level", "WARN").containsEntry("message", "object_replaced"));
        assertThat(lambda.metric("ReplacedObjects")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ObjectRemoved:Delete",
                "ObjectRemoved:DeleteMarkerCreated",
                "ObjectRestore:Completed",
                "LifecycleExpiration:Delete",
                "SomethingNew:Ever"
            })
    void s8IgnoresAndCountsWhatIsNotACreation(String eventName) {
        assertThat(lambda.invoke(Events.s3(List.of(Events.s3Record(KEY, eventName, "")))))
                .isEqualTo("null");
        assertThat(lambda.s3.requests()).isEmpty();
        assertThat(lambda.metric("IgnoredEvents")).isEqualTo(1);
    }

    @Test
    void s8IgnoresAndCountsADeletionByEventBridge() {
        assertThat(lambda.invoke(Events.eventBridge(KEY, "Object Deleted", ""))).isEqualTo("null");
        assertThat(lambda.s3.requests()).isEmpty();
        assertThat(lambda.metric("IgnoredEvents")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "2.1", "2.6", "2.99"})
    void s9TakesEveryMinorVersion(String version) {
        assertThat(lambda.invoke(
                        Events.s3(KEY).replace("\"eventVersion\":\"2.1\"", "\"eventVersion\":\"" + version + '"')))
                .isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "3.0", "20.1", ""})
    void s9RefusesAnotherMajorVersion(String version) {
        String event = Events.s3(KEY).replace("\"eventVersion\":\"2.1\"", "\"eventVersion\":\"" + version + '"');
        assertThatThrownBy(() -> lambda.invoke(event)).hasMessageContaining("eventVersion");
        assertThat(lambda.s3.requests()).isEmpty();
    }

    @Test
    void l9AnswersWithTheExactIdsOfMixedMessages() {
        String event = "{\"Records\":[" + Events.message("a\\\"b", Events.s3("missing")) + ","
                + Events.message("ok", Events.eventBridge(KEY, "Object Created", "")) + ","
                + Events.message("c-3", "not json") + "]}";
        assertThat(AwsAnswers.failed(lambda.invoke(event))).containsExactly("a\"b", "c-3");
    }

    @Test
    void l9FailsTheInvocationWhenAFailedMessageHasNoId() {
        String event = Events.sqs(Events.s3("missing")).replace("\"messageId\":\"m0\",", "");
        assertThatThrownBy(() -> lambda.invoke(event)).isInstanceOf(InvocationFailedException.class);
    }

    @Test
    void l10NamesADuplicatedMessageOnce() {
        String event = "{\"Records\":[" + Events.message("same", Events.s3("missing")) + ","
                + Events.message("same", Events.s3(KEY)) + "]}";
        assertThat(AwsAnswers.failed(lambda.invoke(event))).containsExactly("same");
    }
}
