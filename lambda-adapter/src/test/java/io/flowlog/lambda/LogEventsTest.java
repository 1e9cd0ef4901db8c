package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.sink.http.NdjsonWriter;
import io.flowlog.sink.http.testing.Received;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of CloudWatch Logs subscriptions. */
class LogEventsTest {
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

    /** The JSON of a line, with the id that the documentation promises. */
    private static String delivered(String line, String eventId) throws Exception {
        String stream = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(LogEvents.STREAM.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);
        String json = NdjsonWriter.toJson(FlowLogFormat.DEFAULT.parseLine(line));
        return json.substring(0, json.length() - 1) + ",\"record-id\":\"" + stream + "-" + eventId + "\"}";
    }

    @Test
    void deliversTheMessagesWithIdsOfTheLogEvents() throws Exception {
        assertThat(lambda.invoke(LogEvents.awslogs(LogEvents.json(1, 2, 3)))).isEqualTo("null");
        assertThat(lambda.delivered())
                .containsExactly(
                        delivered(LogEvents.line(1), LogEvents.id(1)),
                        delivered(LogEvents.line(2), LogEvents.id(2)),
                        delivered(LogEvents.line(3), LogEvents.id(3)));
        assertThat(lambda.logLine("log_events_delivered"))
                .containsEntry("logGroup", "/vpc/flow-logs")
                .containsEntry("logStream", "eni-01ab234c5de6f78g9-all")
                .containsEntry("records", 3)
                .containsEntry("acknowledged", 3)
                .containsEntry("malformed", 0)
                .doesNotContainKeys("etag", "bucket", "key");
        assertThat(lambda.metric("Objects")).isEqualTo(1);
        assertThat(lambda.metric("Records")).isEqualTo(3);
    }

    @Test
    void l18ALogEventHasTheSameIdInAnotherBatchAndTheRequestsHaveDifferentKeys() {
        lambda.invoke(LogEvents.awslogs(LogEvents.json(1, 2)));
        lambda.invoke(LogEvents.awslogs(LogEvents.json(2, 3)));
        List<String> lines = lambda.delivered();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(2)).isEqualTo(lines.get(1));
        assertThat(lambda.lake.received()).extracting(Received::key).doesNotHaveDuplicates();
    }

    @Test
    void l18ARetryHasTheSameKeyAndTheSameBytes() {
        lambda.invoke(LogEvents.awslogs(LogEvents.json(1, 2)));
        lambda.invoke(LogEvents.awslogs(LogEvents.json(1, 2)));
        assertThat(lambda.lake.received()).hasSize(2);
        assertThat(lambda.lake.received().get(1).key())
                .isEqualTo(lambda.lake.received().get(0).key());
        assertThat(lambda.lake.received().get(1).body())
                .isEqualTo(lambda.lake.received().get(0).body());
    }

    @Test
    void anAnswerThatIsLostLeadsToTheSameBytesUnderTheSameKey() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (LambdaUnderTest losing = new LambdaUnderTest((request, connection) -> {
            if (requests.incrementAndGet() == 1) {
                connection.close();
            } else {
                connection.answer(200, "{}");
            }
        })) {
            losing.environment.put("FLOWLOG_FORMAT", "default");
            assertThat(losing.invoke(LogEvents.awslogs(LogEvents.json(1, 2)))).isEqualTo("null");
            assertThat(losing.lake.received()).hasSize(2);
            assertThat(losing.lake.received().get(1).key())
                    .isEqualTo(losing.lake.received().get(0).key());
            assertThat(losing.delivered().subList(2, 4))
                    .isEqualTo(losing.delivered().subList(0, 2));
        }
    }

    @Test
    void l17AControlMessageIsAcceptedWithoutARequestEvenWithoutAFormat() {
        lambda.environment.remove("FLOWLOG_FORMAT");
        assertThat(lambda.invoke(LogEvents.awslogs(LogEvents.CONTROL))).isEqualTo("null");
        assertThat(lambda.lake.connections()).isZero();
        assertThat(lambda.logLine("control_message")).containsEntry("level", "INFO");
        assertThat(lambda.metric("IgnoredEvents")).isEqualTo(1);
    }

    @Test
    void l15WithoutAFormatTheEventFailsAndNamesTheSetting() {
        lambda.environment.remove("FLOWLOG_FORMAT");
        assertThatThrownBy(() -> lambda.invoke(LogEvents.awslogs(LogEvents.json(1))))
                .isInstanceOf(InvocationFailedException.class)
                .hasMessageContaining("FLOWLOG_FORMAT is not set");
        assertThat(lambda.logLine("log_events_failed"))
                .containsEntry("reason", "format_missing")
                .containsEntry("permanent", true);
        assertThat(lambda.metric("Failures")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "1"})
    void l15WhenAllLinesHaveOtherColumnsTheEventFailsWithBothCountsWhateverTheRatio(String ratio) {
        lambda.environment.put("FLOWLOG_FORMAT", "${version} ${srcaddr} ${dstaddr}");
        lambda.environment.put("FLOWLOG_MAX_MALFORMED_RATIO", ratio);
        assertThatThrownBy(() -> lambda.invoke(LogEvents.awslogs(LogEvents.json(1, 2))))
                .hasMessageContaining("log group /vpc/flow-logs, stream eni-01ab234c5de6f78g9-all: line 1 differs from"
                        + " FLOWLOG_FORMAT: expected 3 columns, found 14; 2 of 2 lines are malformed");
        assertThat(lambda.logLine("log_events_failed")).containsEntry("reason", "format_mismatch");
        assertThat(lambda.delivered()).isEmpty();
    }

    @Test
    void theSampleEventOfTheConsoleIsNoFlowLog() {
        assertThatThrownBy(() -> lambda.invoke(LogEvents.SAMPLE))
                .hasMessageContaining("log group testLogGroup, stream testLogStream")
                .hasMessageContaining("expected 14 columns, found 4");
    }

    @Test
    void aSingleMalformedLineIsCountedAndLoggedAsInAnObject() {
        String event = LogEvents.awslogs(LogEvents.json(List.of(
                LogEvents.event("a", LogEvents.line(1)),
                LogEvents.event("b", "2 is no flow log"),
                LogEvents.event("c", LogEvents.line(3).replace(' ', '\t')),
                LogEvents.event("d", LogEvents.line(4)),
                LogEvents.event("e", LogEvents.line(5)))));
        assertThat(lambda.invoke(event)).isEqualTo("null");
        assertThat(lambda.delivered()).hasSize(3).last().asString().contains("-e\"");
        assertThat(lambda.logLine("log_events_delivered"))
                .containsEntry("records", 3)
                .containsEntry("malformed", 2);
        assertThat(lambda.logLines())
                .filteredOn(line -> "malformed_line".equals(line.get("message")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).containsEntry("logGroup", "/vpc/flow-logs"));
    }

    @Test
    void aMessageOfSeveralLinesIsSeveralRecordsWithIdsOfTheirOwn() throws Exception {
        String two = LogEvents.line(1) + "\n" + LogEvents.line(2) + "\n";
        lambda.invoke(LogEvents.awslogs(
                LogEvents.json(List.of(LogEvents.event("a", two), LogEvents.event("b", LogEvents.line(3))))));
        assertThat(lambda.delivered())
                .containsExactly(
                        delivered(LogEvents.line(1), "a"),
                        delivered(LogEvents.line(2), "a-2"),
                        delivered(LogEvents.line(3), "b"));
    }

    @Test
    void anEmptyMessageIsLoggedAndDoesNotMoveTheIds() throws Exception {
        lambda.invoke(LogEvents.awslogs(LogEvents.json(List.of(
                LogEvents.event("a", ""), LogEvents.event("b", " \n"), LogEvents.event("c", LogEvents.line(3))))));
        assertThat(lambda.delivered()).containsExactly(delivered(LogEvents.line(3), "c"));
        assertThat(lambda.logLine("lines_without_record"))
                .containsEntry("level", "WARN")
                .containsEntry("blank", 2);
    }

    @Test
    void theFilterAndTheSampleApplyAndTheAccountsAddUp() {
        lambda.environment.put("FLOWLOG_FILTER", "srcport > 20");
        lambda.environment.put("FLOWLOG_SAMPLE_RATE", "4");
        int[] ports = new int[100];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = i;
        }
        lambda.invoke(LogEvents.awslogs(LogEvents.json(ports)));
        long filtered = lambda.metric("FilteredRecords");
        long sampledOut = lambda.metric("SampledOutRecords");
        assertThat(filtered).isEqualTo(21);
        assertThat(sampledOut).isBetween(40L, 78L);
        assertThat(lambda.metric("Records")).isEqualTo(100 - filtered - sampledOut);
        assertThat(lambda.delivered())
                .hasSize((int) (100 - filtered - sampledOut))
                .allMatch(line -> keeps(line, 4));
    }

    /** What docs/delivery.md says about the choice of a sample. */
    private static boolean keeps(String line, int rate) {
        try {
            String id = line.substring(line.indexOf("\"record-id\":\"") + 13, line.length() - 2);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), rate) == 0;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anElasticsearchLakeGetsTheIdsToo() throws Exception {
        lambda.environment.put("FLOWLOG_LAKE", "elasticsearch");
        lambda.environment.remove("FLOWLOG_RECORD_ID_FIELD");
        assertThatThrownBy(() -> lambda.invoke(LogEvents.awslogs(LogEvents.json(7))))
                .isInstanceOf(InvocationFailedException.class);
        String expected = delivered(LogEvents.line(7), LogEvents.id(7));
        String id = expected.substring(expected.indexOf("\"record-id\":\"") + 13, expected.length() - 2);
        assertThat(lambda.delivered().get(0)).isEqualTo("{\"create\":{\"_id\":\"" + id + "\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%%% | the data is not base64",
                "aGVsbG8= | the data is not gzip",
                "H4sIAAAA | the gzip data ends early",
                "84mawgECAwQ= | the record was aggregated by the Kinesis Producer Library, which is not supported",
            })
    void l16DataThatCannotBeDecodedFailsWithTheReason(String data, String why) {
        assertThatThrownBy(() -> lambda.invoke(LogEvents.awslogsOf(data)))
                .isInstanceOf(InvocationFailedException.class)
                .hasMessageContaining(why);
        assertThat(lambda.logLine("log_events_failed")).containsEntry("reason", "log_data_invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "[] | not a JSON object",
                "{\"messageType\": | not valid JSON",
                "{} | messageType",
                "{\"messageType\":\"OTHER\"} | messageType",
                "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logGroup\":\"g\",\"logEvents\":[]} | lacks owner, logGroup",
                "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logGroup\":\"g\",\"logStream\":\"s\"} | lacks owner, logGroup",
                "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logGroup\":\"g\",\"logStream\":\"s\",\"logEvents\":[1]} | a log event is not an object",
                "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logGroup\":\"g\",\"logStream\":\"s\",\"logEvents\":[{\"id\":\"1\"}]} | a log event has no id or no message",
                "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logGroup\":\"g\",\"logStream\":\"s\",\"logEvents\":[{\"id\":\"a b\",\"message\":\"x\"}]} | an id is not supported",
                "{\"messageType\":\"CONTROL_MESSAGE\"}{} | more than one JSON object",
            })
    void aDocumentThatIsNotOfCloudWatchLogsFailsWithTheReason(String json, String why) {
        assertThatThrownBy(() -> lambda.invoke(LogEvents.awslogs(json))).hasMessageContaining(why);
        assertThat(lambda.logLine("log_events_failed")).containsEntry("reason", "log_data_invalid");
        assertThat(lambda.lake.connections()).isZero();
    }

    @Test
    void l16GzipInsideGzipAndDamagedGzipFail() {
        byte[] gzip = LambdaUnderTest.gzip(LogEvents.json(1));
        assertThatThrownBy(() -> lambda.invoke(LogEvents.awslogsOf(LogEvents.base64(LambdaUnderTest.gzip(gzip)))))
                .hasMessageContaining("gzip inside gzip is not supported");
        gzip[gzip.length - 6] ^= 1;
        assertThatThrownBy(() -> lambda.invoke(LogEvents.awslogsOf(LogEvents.base64(gzip))))
                .hasMessageContaining("the gzip data is damaged");
        assertThat(lambda.lake.connections()).isZero();
    }

    @Test
    void l16AGzipBombIsRefusedWithinALimit() {
        String bomb = LogEvents.data(" ".repeat(LogBatch.MAX_JSON_BYTES + 100_000) + "{}");
        String message = LogEvents.data(LogEvents.json(List.of(LogEvents.event("a", "x".repeat(3 * 1024 * 1024)))));
        for (String data : List.of(bomb, message)) {
            assertThatThrownBy(() -> lambda.invoke(LogEvents.awslogsOf(data)))
                    .hasMessageContaining("the log events exceed the limits: 33554432 bytes of JSON, 2097152");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"awslogs\":{}}", "{\"awslogs\":null}", "{\"awslogs\":{\"data\":7}}"})
    void anEventWithoutDataIsRefused(String event) {
        assertThatThrownBy(() -> lambda.invoke(event)).hasMessageContaining("CloudWatch Logs has no data");
    }

    @Test
    void anEventThatFailedAndWasMovedToTheQueueIsDelivered() {
        String message =
                "{\"version\":\"1.0\",\"requestContext\":{\"condition\":\"RetriesExhausted\"},\"requestPayload\":"
                        + LogEvents.awslogs(LogEvents.json(1, 2)) + "}";
        assertThat(AwsAnswers.failed(lambda.invoke(Events.sqs(message)))).isEmpty();
        assertThat(lambda.delivered()).hasSize(2);
    }

    @Test
    void withoutATokenTheEventFailsAndSaysWhatToSet() {
        lambda.environment.remove("DASSANA_TOKEN");
        assertThatThrownBy(() -> lambda.invoke(LogEvents.awslogs(LogEvents.json(1))))
                .hasMessageContaining("there is no token; set DASSANA_TOKEN_SECRET_ARN or DASSANA_TOKEN");
        lambda.putLog("k", 1);
        assertThat(AwsAnswers.failed(lambda.invoke(Events.sqs(Events.s3("k"))))).containsExactly("m0");
        assertThat(lambda.logLine("no_token")).containsEntry("level", "WARN");
        assertThat(lambda.logLine("object_failed")).containsEntry("reason", "token_invalid");
        assertThat(lambda.lake.connections()).isZero();
    }

    @Test
    void aLakeThatRefusesFailsTheEventSoThatLambdaTriesItAgain() throws IOException {
        try (LambdaUnderTest refused = new LambdaUnderTest((request, connection) -> connection.answer(400, "{}"))) {
            refused.environment.put("FLOWLOG_FORMAT", "default");
            assertThatThrownBy(() -> refused.invoke(LogEvents.awslogs(LogEvents.json(1))))
                    .isInstanceOf(InvocationFailedException.class)
                    .hasMessageContaining("log group /vpc/flow-logs");
            assertThat(refused.logLine("log_events_failed")).containsEntry("reason", "lake_refused");
        }
    }

    @Test
    void withoutTimeNothingIsStarted() {
        assertThatThrownBy(() -> lambda.invoke(LogEvents.awslogs(LogEvents.json(1)), 100))
                .hasMessageContaining(WorkDelivery.NOT_STARTED);
        assertThat(lambda.lake.connections()).isZero();
    }

    @Test
    void theTextOfMessagesKeepsWhateverUnicodeItHas() {
        lambda.environment.put("FLOWLOG_FORMAT", "version interface-id future-field");
        lambda.invoke(LogEvents.awslogs(LogEvents.json(List.of(LogEvents.event("a", "2 eni-ü 日本\"\\")))));
        assertThat(LambdaUnderTest.parsed(lambda.delivered().get(0)))
                .containsEntry("interface-id", "eni-ü")
                .containsEntry("future-field", "日本\"\\");
    }
}
