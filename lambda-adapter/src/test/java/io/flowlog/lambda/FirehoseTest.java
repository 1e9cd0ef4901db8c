package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.sink.http.NdjsonWriter;
import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of Firehose to transform. */
class FirehoseTest {
    private static final String STREAM = "arn:aws:firehose:us-east-1:123456789012:deliverystream/flows";
    private static final ObjectMapper JSON = new ObjectMapper();

    private LambdaUnderTest lambda;

    @BeforeEach
    void start() throws IOException {
        lambda = new LambdaUnderTest();
        lambda.environment.put("FLOWLOG_FORMAT", "default");
        lambda.environment.remove("DASSANA_TOKEN");
        lambda.environment.remove("DASSANA_ENDPOINT");
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(lambda.lake.connections()).isZero();
        lambda.close();
    }

    /** An event with records of this content, whose ids are r0, r1 and so on. */
    private static String event(String... contents) {
        return eventOf(List.of(contents).stream().map(LogEvents::base64).toList());
    }

    private static String eventOf(List<String> data) {
        List<String> records = new ArrayList<>();
        for (String each : data) {
            records.add("{\"recordId\":\"r" + records.size()
                    + "\",\"approximateArrivalTimestamp\":1495072949453,\"data\":\"" + each + "\"}");
        }
        return "{\"invocationId\":\"invocationIdExample\",\"deliveryStreamArn\":\"" + STREAM
                + "\",\"region\":\"us-east-1\",\"records\":[" + String.join(",", records) + "]}";
    }

    /** The answer, which has exactly the documented members. */
    private List<JsonNode> answer(String event) {
        String answer = lambda.invoke(event);
        assertThat(answer.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(6_291_456);
        try {
            JsonNode root = JSON.readTree(answer);
            assertThat(root.fieldNames()).toIterable().containsExactly("records");
            List<JsonNode> records = new ArrayList<>();
            root.get("records").forEach(record -> {
                assertThat(record.fieldNames()).toIterable().containsExactly("recordId", "result", "data");
                records.add(record);
            });
            return records;
        } catch (IOException e) {
            throw new AssertionError(answer, e);
        }
    }

    private static List<String> results(List<JsonNode> answer) {
        return answer.stream()
                .map(record -> record.get("recordId").asText() + " "
                        + record.get("result").asText())
                .toList();
    }

    private static String text(JsonNode record) {
        return new String(Base64.getDecoder().decode(record.get("data").asText()), StandardCharsets.UTF_8);
    }

    private static String json(String line, String idOfStream, String id) {
        String json = NdjsonWriter.toJson(FlowLogFormat.DEFAULT.parseLine(line));
        String stream = SourceId.named(idOfStream).hex().orElseThrow();
        return json.substring(0, json.length() - 1) + ",\"record-id\":\"" + stream + "-" + id + "\"}\n";
    }

    @Test
    void everyRecordBecomesJsonLinesWithoutATokenAndWithoutARequest() {
        List<JsonNode> answer = answer(event(LogEvents.line(1) + "\n" + LogEvents.line(2) + "\n", LogEvents.line(3)));
        assertThat(results(answer)).containsExactly("r0 Ok", "r1 Ok");
        assertThat(text(answer.get(0)))
                .isEqualTo(json(LogEvents.line(1), STREAM, "r0-1") + json(LogEvents.line(2), STREAM, "r0-2"));
        assertThat(text(answer.get(1))).isEqualTo(json(LogEvents.line(3), STREAM, "r1-1"));
        assertThat(lambda.metric("Records")).isEqualTo(3);
        assertThat(lambda.metric("Objects")).isEqualTo(2);
        assertThat(lambda.logLine("firehose_transformed"))
                .containsEntry("level", "INFO")
                .containsEntry("ok", 2)
                .containsEntry("records", 3);
    }

    @Test
    void l20RecordsThatAreOkDroppedFailedAndTooLargeAreAnsweredInTheirOrder() {
        lambda.environment.put("FLOWLOG_FILTER", "srcport > 10");
        String large = (LogEvents.line(60_000) + "\n").repeat(15_000);
        List<JsonNode> answer = answer(event(
                LogEvents.line(20) + "\n" + LogEvents.line(3) + "\n",
                LogEvents.line(4) + "\n" + LogEvents.line(5) + "\n",
                LogEvents.line(30) + "\n2 no flow log\n",
                large,
                LogEvents.line(40)));
        assertThat(results(answer))
                .containsExactly("r0 Ok", "r1 Dropped", "r2 ProcessingFailed", "r3 ProcessingFailed", "r4 Ok");
        assertThat(text(answer.get(0))).isEqualTo(json(LogEvents.line(20), STREAM, "r0-1"));
        assertThat(text(answer.get(1))).isEqualTo(LogEvents.line(4) + "\n" + LogEvents.line(5) + "\n");
        assertThat(text(answer.get(2))).isEqualTo(LogEvents.line(30) + "\n2 no flow log\n");
        assertThat(text(answer.get(3))).isEqualTo(large);
        assertThat(lambda.logLines())
                .filteredOn(line -> "firehose_record_failed".equals(line.get("message")))
                .extracting(line -> line.get("recordId") + " " + line.get("reason"))
                .containsExactly("r2 format_mismatch", "r3 answer_too_large");
        assertThat(lambda.logged()).contains("expected 14 columns, found 4");
        assertThat(lambda.logLine("firehose_transformed"))
                .containsEntry("level", "WARN")
                .containsEntry("ok", 2)
                .containsEntry("dropped", 1)
                .containsEntry("failed", 2)
                .containsEntry("records", 5)
                .containsEntry("written", 2)
                .containsEntry("filtered", 3)
                .containsEntry("malformed", 1);
        assertThat(lambda.metric("Failures")).isEqualTo(2);
    }

    @Test
    void l20TheAnswerIsAsLargeAsLambdaAllowsAndNotLarger() {
        String[] contents = new String[40];
        for (int i = 0; i < contents.length; i++) {
            contents[i] = (LogEvents.line(60_000) + "\n").repeat(450);
        }
        String event = event(contents);
        List<String> results = results(answer(event));
        assertThat(results).hasSize(40).contains("r0 Ok").contains("r39 ProcessingFailed");
        long ok = results.stream().filter(result -> result.endsWith("Ok")).count();
        byte[] bytes = lambda.invoke(event).getBytes(StandardCharsets.UTF_8);
        assertThat(bytes).hasSizeGreaterThan(6_291_456 - 200_000);
        assertThat(ok).isBetween(20L, 39L);
    }

    @Test
    void recordsThatDoNotFitEvenAsTheyCameFailTheInvocation() {
        String data = "A".repeat(700_000);
        assertThatThrownBy(() -> lambda.invoke(eventOf(List.of(data, data, data, data, data, data, data, data, data))))
                .isInstanceOf(InvocationFailedException.class)
                .hasMessageContaining("do not fit into an answer of 6291456 bytes");
        assertThat(lambda.logLine("firehose_failed")).containsEntry("reason", "answer_too_large");
        assertThat(lambda.metric("Failures")).isEqualTo(1);
    }

    @Test
    void theSampleOfTheDocumentationIsNoFlowLog() {
        String event = """
            {"invocationId":"invocationIdExample","deliveryStreamArn":"arn:aws:kinesis:EXAMPLE","region":"us-east-1","records":[\
            {"recordId":"49546986683135544286507457936321625675700192471156785154","approximateArrivalTimestamp":1495072949453,\
            "data":"SGVsbG8gV29ybGQ="}]}""";
        assertThat(lambda.invoke(event)).isEqualTo("""
                {"records":[{"recordId":"49546986683135544286507457936321625675700192471156785154",\
                "result":"ProcessingFailed","data":"SGVsbG8gV29ybGQ="}]}""");
    }

    @Test
    void l18IdsAreTheSameWhenFirehoseTriesAgain() {
        String event = event(LogEvents.line(1), LogEvents.line(1));
        assertThat(lambda.invoke(event)).isEqualTo(lambda.invoke(event));
        List<JsonNode> answer = answer(event);
        assertThat(text(answer.get(0))).isNotEqualTo(text(answer.get(1)));
    }

    @Test
    void l17LinesInJsonAndLogEventsOfCloudWatchAreReadToo() {
        String wrapped = "{\"message\":\"" + LogEvents.line(1) + "\"}";
        List<JsonNode> answer = answer(eventOf(List.of(
                LogEvents.base64(wrapped),
                LogEvents.base64(wrapped + "\n" + wrapped.replace(" 1 ", " 2 ") + "\n"),
                LogEvents.data(LogEvents.json(3, 4)),
                LogEvents.base64(LogEvents.json(5) + "\n"),
                LogEvents.base64(LambdaUnderTest.gzip(LogEvents.line(6) + "\n")),
                LogEvents.data(LogEvents.CONTROL),
                LogEvents.base64("{\"hello\":\"world\"}"))));
        assertThat(results(answer))
                .containsExactly("r0 Ok", "r1 Ok", "r2 Ok", "r3 Ok", "r4 Ok", "r5 Dropped", "r6 ProcessingFailed");
        assertThat(text(answer.get(0))).isEqualTo(json(LogEvents.line(1), STREAM, "r0-1"));
        assertThat(text(answer.get(1))).contains("-r1-1\"").contains("-r1-2\"");
        assertThat(text(answer.get(2)))
                .isEqualTo(json(LogEvents.line(3), LogEvents.STREAM, LogEvents.id(3))
                        + json(LogEvents.line(4), LogEvents.STREAM, LogEvents.id(4)));
        assertThat(text(answer.get(3))).isEqualTo(json(LogEvents.line(5), LogEvents.STREAM, LogEvents.id(5)));
        assertThat(text(answer.get(4))).isEqualTo(json(LogEvents.line(6), STREAM, "r4-1"));
        assertThat(lambda.logged()).contains("a JSON object in the data has no message");
    }

    @Test
    void omitAbsentAndTheSampleApplyAndTheKindOfTheLakeDoesNot() {
        lambda.environment.put("FLOWLOG_OMIT_ABSENT", "true");
        lambda.environment.put("FLOWLOG_LAKE", "elasticsearch");
        lambda.environment.put("DASSANA_ENDPOINT", "https://lake.example.com/_bulk");
        lambda.environment.put("FLOWLOG_SAMPLE_RATE", "3");
        String line = "2 123456789012 eni-1 - - - - - - - 1640995465 1640995493 - NODATA\n";
        List<JsonNode> answer = answer(event(line.repeat(60)));
        List<String> lines = text(answer.get(0)).lines().toList();
        assertThat(lines)
                .hasSizeBetween(5, 40)
                .allSatisfy(
                        json -> assertThat(json)
                                .startsWith(
                                        "{\"version\":2,\"account-id\":\"123456789012\",\"interface-id\":\"eni-1\",\"start\":1640995465,"
                                                + "\"end\":1640995493,\"log-status\":\"NODATA\",\"sample-rate\":3,\"record-id\":\""));
        assertThat(lambda.metric("SampledOutRecords")).isEqualTo(60 - lines.size());
    }

    @Test
    void anEmptyRecordIsDropped() {
        assertThat(results(answer(event("", "\n\n")))).containsExactly("r0 Dropped", "r1 Dropped");
        assertThat(lambda.invoke(event())).isEqualTo("{\"records\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UEFSMQ==",
                "H4sIAAAA",
                "%%%",
                "e30=",
                "W10=",
                "eyJtZXNzYWdlVHlwZSI6IkRBVEFfTUVTU0FHRSJ9",
                "eyJtZXNzYWdlIjo=",
                "//4AAQID"
            })
    void l16ARecordThatCannotBeReadFailsAsItCame(String data) {
        List<JsonNode> answer = answer(eventOf(List.of(data, LogEvents.base64(LogEvents.line(1)))));
        assertThat(results(answer)).containsExactly("r0 ProcessingFailed", "r1 Ok");
        assertThat(answer.get(0).get("data").asText()).isEqualTo(data);
    }

    @Test
    void l16AGzipBombFails() {
        byte[] bomb = LambdaUnderTest.gzip(new byte[LogBatch.MAX_JSON_BYTES + 1000]);
        assertThat(results(answer(eventOf(List.of(LogEvents.base64(bomb)))))).containsExactly("r0 ProcessingFailed");
        assertThat(lambda.logged()).contains("more than 33554432 decompressed bytes");
    }

    @Test
    void l16ARecordOfEmptyLinesFailsBeforeItsIdsFillTheMemory() {
        byte[] bomb = new byte[LogBatch.MAX_JSON_BYTES];
        Arrays.fill(bomb, (byte) '\n');
        assertThat(results(answer(eventOf(List.of(LogEvents.base64(LambdaUnderTest.gzip(bomb)))))))
                .containsExactly("r0 ProcessingFailed");
        assertThat(lambda.logged()).contains("more than 500000 lines");
    }

    @Test
    void l15WithoutAFormatTheInvocationFailsAndNamesTheSetting() {
        lambda.environment.remove("FLOWLOG_FORMAT");
        lambda.environment.put("DASSANA_TOKEN", "token-under-test");
        assertThatThrownBy(() -> lambda.invoke(event(LogEvents.line(1))))
                .isInstanceOf(InvocationFailedException.class)
                .hasMessageContaining("FLOWLOG_FORMAT is not set");
        assertThat(lambda.logLine("firehose_failed")).containsEntry("reason", "format_missing");
    }

    @Test
    void aFilterThatNeedsAnUnknownColumnFailsTheInvocation() {
        lambda.environment.put("FLOWLOG_FILTER", "no-such-field = 1");
        assertThatThrownBy(() -> lambda.invoke(event(LogEvents.line(1)))).hasMessageContaining("no-such-field");
    }

    @Test
    void withoutTimeTheInvocationFailsSoThatFirehoseTriesAgain() {
        assertThatThrownBy(() -> lambda.invoke(event(LogEvents.line(1)), 100))
                .isInstanceOf(InvocationFailedException.class)
                .hasMessageContaining(WorkDelivery.NOT_FINISHED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"invocationId\":\"i\",\"records\":{}}",
                "{\"invocationId\":\"i\",\"records\":[null]}",
                "{\"invocationId\":\"i\",\"records\":[{\"data\":\"\"}]}",
                "{\"invocationId\":\"i\",\"records\":[{\"recordId\":\"r\",\"kafkaRecordValue\":\"\"}]}",
                "{\"invocationId\":\"i\",\"records\":[{\"recordId\":\"r\",\"data\":5}]}",
                "{\"invocationId\":\"i\",\"records\":[{\"recordId\":\"r\",\"data\":null}]}",
            })
    void anEventWhoseRecordsCannotBeAnsweredIsRefused(String event) {
        assertThatThrownBy(() -> lambda.invoke(event)).hasMessageContaining("Firehose");
        assertThat(lambda.logLine("event_refused")).containsEntry("level", "ERROR");
    }
}
