package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.PLENTY;
import static io.flowlog.sink.http.Sinks.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Received;
import io.flowlog.sink.http.testing.Script;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Splunk and Datadog, with the answers that their documentation lists, and what all kinds of lakes have in common. */
@Timeout(60)
class LakeTest {
    private static Script answer(int status, String body) {
        return (request, connection) -> connection.answer(status, body, "Content-Type: application/json");
    }

    private static Script splunk(int status, int code, String text) {
        return answer(status, "{\"text\":\"" + text + "\",\"code\":" + code + "}");
    }

    private static int entries(Received request) {
        return Newlines.count(request.json(), 0, request.json().length);
    }

    private static String body(RawLake lake) {
        return new String(lake.received().get(0).json(), StandardCharsets.UTF_8);
    }

    @Test
    void splunkGetsAnEventForEachRecord() throws Exception {
        try (RawLake lake = RawLake.start(splunk(200, 0, "Success"));
                HttpSink sink = Sinks.to(lake).lake(Lake.SPLUNK_HEC).build()) {
            String text = FlowLogs.HEADER + FlowLogs.LINE + FlowLogs.LINE;
            assertThat(sink.send(SOURCE, FlowLogs.reader(text), PLENTY).acknowledged())
                    .isEqualTo(2);
            String event = "{\"time\":1640995493,\"sourcetype\":\"aws:cloudwatchlogs:vpcflow\",\"event\":"
                    + FlowLogs.JSON + "}\n";
            assertThat(body(lake)).isEqualTo(event + event);
            assertThat(lake.received().get(0).header("content-type")).isEqualTo("application/json");
        }
    }

    @Test
    void splunkSetsTheTimeOfARecordThatHasNone() throws Exception {
        try (RawLake lake = RawLake.start(splunk(200, 0, "Success"));
                HttpSink sink = Sinks.to(lake).lake(Lake.SPLUNK_HEC).build()) {
            sink.send(SOURCE, FlowLogs.reader("srcaddr start end\n10.0.0.1 - -\n10.0.0.2 7 -\n"), PLENTY);
            assertThat(body(lake))
                    .isEqualTo("{\"sourcetype\":\"aws:cloudwatchlogs:vpcflow\",\"event\":"
                            + "{\"srcaddr\":\"10.0.0.1\",\"start\":null,\"end\":null}}\n"
                            + "{\"time\":7,\"sourcetype\":\"aws:cloudwatchlogs:vpcflow\",\"event\":"
                            + "{\"srcaddr\":\"10.0.0.2\",\"start\":7,\"end\":null}}\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, 1, Token disabled, AUTH",
        "401, 2, Token is required, AUTH",
        "401, 3, Invalid authorization, AUTH",
        "403, 4, Invalid token, AUTH",
        "400, 5, No data, REFUSED",
        "400, 6, Invalid data format, REFUSED",
        "400, 7, Incorrect index, REFUSED",
        "500, 8, Internal server error, UNAVAILABLE",
        "503, 9, Server is busy, UNAVAILABLE",
        "400, 10, Data channel is missing, REFUSED",
        "400, 11, Invalid data channel, REFUSED",
        "400, 12, Event field is required, REFUSED",
        "400, 13, Event field cannot be blank, REFUSED",
        "400, 14, ACK is disabled, REFUSED",
        "400, 15, Error in handling indexed fields, REFUSED",
        "400, 16, Query string authorization is not enabled, REFUSED",
        "200, 9, Server is busy, UNAVAILABLE",
        "200, 7, Incorrect index, REFUSED",
    })
    void splunksErrorsAreNoAcknowledgement(int status, int code, String text, Reason reason) throws Exception {
        try (RawLake lake = RawLake.start(splunk(status, code, text));
                HttpSink sink = Sinks.to(lake).lake(Lake.SPLUNK_HEC).build()) {
            DeliveryException e = Sinks.failure(sink);
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasMessageContaining(text);
            assertThat(e.report().acknowledged()).isZero();
            assertThat(lake.received()).hasSize(reason == Reason.UNAVAILABLE ? 3 : 1);
        }
    }

    @Test
    void aBusySplunkGetsTheSameRequestAgain() throws Exception {
        try (RawLake lake = RawLake.start(Script.inTurn(splunk(503, 9, "Server is busy"), splunk(200, 0, "Success")));
                HttpSink sink = Sinks.to(lake).lake(Lake.SPLUNK_HEC).build()) {
            assertThat(sink.send(SOURCE, FlowLogs.records(3), PLENTY).retries()).isEqualTo(1);
            Sinks.assertSameRequest(lake, 2);
        }
    }

    @Test
    void aWrongPathIsShown() throws Exception {
        try (RawLake lake = RawLake.start(answer(200, "{}"));
                HttpSink sink = Sinks.to(lake).lake(Lake.SPLUNK_HEC).build()) {
            assertThat(Sinks.failure(sink))
                    .hasMessageContaining("the endpoint should end in /services/collector/event");
        }
        try (RawLake lake = RawLake.start(answer(404, ""));
                HttpSink sink = Sinks.to(lake).lake(Lake.DATADOG).build()) {
            assertThat(Sinks.failure(sink)).hasMessageContaining("the endpoint should end in /api/v2/logs");
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void datadogGetsAnArray(Compression compression) throws Exception {
        try (RawLake lake = RawLake.start(answer(202, "{}"));
                HttpSink sink = Sinks.to(lake)
                        .lake(Lake.DATADOG)
                        .compression(compression)
                        .build()) {
            sink.send(SOURCE, FlowLogs.reader(FlowLogs.HEADER + FlowLogs.LINE + FlowLogs.LINE), PLENTY);
            String entry = "{\"ddsource\":\"vpc\",\"ddtags\":\"forwarder:flowlog\",\"timestamp\":1640995493000,"
                    + FlowLogs.JSON.substring(1);
            assertThat(body(lake)).isEqualTo("[" + entry + "\n," + entry + "\n]");
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void datadogsLimitsAreKeptAndATooLargeArrayIsHalved(Compression compression) throws Exception {
        Script script = (request, connection) -> {
            int entries = entries(request);
            connection.answer(entries > 300 ? 413 : 202, "{}", "Content-Type: application/json");
        };
        try (RawLake lake = RawLake.start(script);
                HttpSink sink = Sinks.to(lake)
                        .lake(Lake.DATADOG)
                        .compression(compression)
                        .maxInFlight(1)
                        .build()) {
            DeliveryReport report = sink.send(SOURCE, FlowLogs.records(2500), PLENTY);
            assertThat(report.acknowledged()).isEqualTo(2500);
            assertThat(report.batches()).isEqualTo(3);
            assertThat(lake.received()).allSatisfy(request -> {
                String json = new String(request.json(), StandardCharsets.UTF_8);
                assertThat(json).startsWith("[{\"ddsource\"").endsWith("}\n]");
                assertThat(json.lines().filter(line -> line.startsWith("[{") || line.startsWith(",{")))
                        .hasSize(entries(request));
            });
        }
    }

    @Test
    void datadogsBodiesHaveAtMostFiveMegabytesWithTheirBrackets() throws Exception {
        try (RawLake lake = RawLake.start(answer(202, "{}"));
                HttpSink sink = Sinks.to(lake).lake(Lake.DATADOG).build()) {
            String wide = FlowLogs.LINE.replace("eni-01ab234c5de6f78g9", "x".repeat(60_000));
            DeliveryReport report = sink.send(SOURCE, FlowLogs.reader(FlowLogs.HEADER + wide.repeat(200)), PLENTY);
            assertThat(report.batches()).isEqualTo(3);
            assertThat(lake.received())
                    .allSatisfy(request -> assertThat(request.json()).hasSizeLessThanOrEqualTo(5_000_000));
        }
    }

    @Test
    @DisplayName("R11 a record that Datadog would cut off is not sent; all others are delivered")
    void r11RecordsThatDatadogWouldCutAreNotSent() throws Exception {
        String wide = FlowLogs.LINE.replace("eni-01ab234c5de6f78g9", "x".repeat(1_000_000));
        String most = FlowLogs.LINE.replace("eni-01ab234c5de6f78g9", "x".repeat(999_500));
        String text = FlowLogs.HEADER + FlowLogs.LINE + wide + most + FlowLogs.LINE + wide.repeat(9) + FlowLogs.LINE;
        try (RawLake lake = RawLake.start(answer(202, "{}"));
                HttpSink sink = Sinks.to(lake).lake(Lake.DATADOG).build();
                FlowLogReader flows = FlowLogReader.builder()
                        .maxLineLength(2_000_000)
                        .open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            DeliveryException e = catchThrowableOfType(DeliveryException.class, () -> sink.send(SOURCE, flows, PLENTY));
            assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(e.status()).isEmpty();
            assertThat(e)
                    .hasMessageContaining("datadog lakes cut off records of more than 1000000 bytes")
                    .hasMessageContaining("line 3 alone makes 1000");
            assertThat(e.report().acknowledged()).isEqualTo(4);
            assertThat(e.report().undelivered()).isEqualTo(10);
            assertThat(e.report().undeliveredRanges())
                    .startsWith(new LineRange(3, 3), new LineRange(6, 6))
                    .endsWith(new LineRange(14, 14));
            assertThat(e.report().unreadAfter()).isEmpty();
            assertThat(lake.received()).hasSize(3);
            assertThat(lake.received().stream().mapToInt(LakeTest::entries)).containsExactlyInAnyOrder(1, 2, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED, 1",
        "401, AUTH, 1",
        "403, AUTH, 1",
        "408, UNAVAILABLE, 3",
        "429, UNAVAILABLE, 3",
        "500, UNAVAILABLE, 3",
        "503, UNAVAILABLE, 3"
    })
    void datadogsErrorsAreNoAcknowledgement(int status, Reason reason, int requests) throws Exception {
        try (RawLake lake = RawLake.start(answer(status, "{\"errors\":[{\"detail\":\"no\"}]}"));
                HttpSink sink = Sinks.to(lake).lake(Lake.DATADOG).build()) {
            DeliveryException e = Sinks.failure(sink);
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.report().acknowledged()).isZero();
            assertThat(lake.received()).hasSize(requests);
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void theBodyAndTheKeyOfTheDefaultAreUnchanged(Compression compression) throws Exception {
        try (RawLake lake = RawLake.start(Script.ok());
                HttpSink sink = Sinks.to(lake).compression(compression).build()) {
            sink.send(SOURCE, FlowLogs.reader(FlowLogs.HEADER + FlowLogs.LINE + FlowLogs.LINE), PLENTY);
            assertThat(body(lake)).isEqualTo(FlowLogs.JSON + "\n" + FlowLogs.JSON + "\n");
            assertThat(lake.received().get(0).key()).isEqualTo("v1-9f86d081884c7d659a2feaa0c55ad015-2-3-2b4fdb5c");
        }
    }

    @ParameterizedTest
    @EnumSource(Lake.class)
    void absentColumnsCanBeLeftOut(Lake lake) throws Exception {
        FakeLake target = new FakeLake((request, timeout) -> new Transport.Answer(
                200, Map.of(), "{\"code\":0,\"errors\":false}".getBytes(StandardCharsets.UTF_8), null));
        String text = "srcaddr bytes action\n- - -\n- 7 -\n10.0.0.1 - \u00e9\n- - -\n";
        try (HttpSink sink = target.build(FakeLake.sink().lake(lake).omitAbsent(true))) {
            sink.send(SOURCE, FlowLogs.reader(text), PLENTY);
        }
        String all = new String(target.received.get(0).json(), StandardCharsets.UTF_8);
        assertThat(all).contains("\"bytes\":7}").contains("\"srcaddr\":\"10.0.0.1\",\"action\":\"\u00e9\"}");
        assertThat(all).doesNotContain("null").doesNotContain("{,").doesNotContain(",,");
        if (lake == Lake.DASSANA) {
            assertThat(all.lines())
                    .containsExactly("{}", "{\"bytes\":7}", "{\"srcaddr\":\"10.0.0.1\",\"action\":\"\u00e9\"}", "{}");
        }
    }

    @Test
    void aMemberThatTheLakeNeedsCannotBeAColumnOrTheRecordIdField() {
        FakeLake target = new FakeLake((request, timeout) -> FakeLake.ok(request));
        try (HttpSink sink = target.build(FakeLake.sink().lake(Lake.DATADOG))) {
            assertThatThrownBy(() -> sink.send(SOURCE, FlowLogs.reader("srcaddr timestamp\n10.0.0.1 5\n"), PLENTY))
                    .hasMessageContaining("datadog lakes need the member timestamp");
        }
        assertThatThrownBy(() ->
                        target.build(FakeLake.sink().lake(Lake.ELASTICSEARCH).recordIdField("@timestamp")))
                .hasMessageContaining("must not be @timestamp");
    }

    @Test
    void lakesHaveNamesAndTokenHeaders() {
        assertThat(Lake.of("splunk-hec")).contains(Lake.SPLUNK_HEC);
        assertThat(Lake.of("SPLUNK_HEC")).isEmpty();
        assertThat(Lake.SPLUNK_HEC.tokenValue("t")).isEqualTo("Splunk t");
        assertThat(Lake.DATADOG.tokenHeader()).isEqualTo("DD-API-KEY");
        assertThat(Lake.DATADOG.appIdHeader()).isEmpty();
        assertThat(Lake.DASSANA.appIdHeader()).contains("x-dassana-app-id");
        assertThat(Lake.DASSANA.tokenValue("t")).isEqualTo("t");
    }
}
