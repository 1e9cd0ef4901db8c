package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.testing.Received;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Elasticsearch and OpenSearch: a bulk request, and an answer that is read item by item. */
@Isolated("it captures the standard streams")
@Timeout(60)
class BulkLakeTest {
    private static final String HEAD = SOURCE.hex().orElseThrow() + "-";
    private static final String CONFLICT = "{\"type\":\"mapper_parsing_exception\",\"reason\":\"failed to parse field"
            + " [bytes] of type [integer]\",\"caused_by\":{\"type\":\"x\",\"reason\":\"out of range\"}}";

    private static HttpSink.Builder sink() {
        return FakeLake.sink().lake(Lake.ELASTICSEARCH).maxInFlight(1);
    }

    private static List<String> ids(Received request) {
        return request.lines().stream()
                .filter(line -> line.startsWith("{\"create\""))
                .map(line -> line.replaceAll("\\{\"create\":\\{\"_id\":\"(.*)\"}}", "$1"))
                .toList();
    }

    private static Transport.Answer items(Received request, Function<String, String> statusAndError) {
        String items = ids(request).stream()
                .map(id -> "{\"create\":{\"_index\":\"flows\",\"_id\":\"" + id + "\",\"status\":"
                        + statusAndError.apply(id) + "}}")
                .collect(Collectors.joining(","));
        return answer("{\"took\":3,\"errors\":true,\"items\":[" + items + "]}");
    }

    private static Transport.Answer answer(String json) {
        return new Transport.Answer(200, Map.of(), json.getBytes(StandardCharsets.UTF_8), null);
    }

    @Test
    void eachRecordIsCreatedUnderItsIdWithATime() throws Exception {
        FakeLake lake = new FakeLake((request, timeout) -> answer("{\"errors\":false}"));
        try (HttpSink sink = lake.build(sink())) {
            DeliveryReport report = sink.send(SOURCE, FlowLogs.reader(FlowLogs.HEADER + FlowLogs.LINE), Sinks.PLENTY);
            assertThat(report.acknowledged()).isEqualTo(1);
            assertThat(report.rejected()).isZero();
            sink.send(SourceId.none(), FlowLogs.reader("end srcaddr\n- 10.0.0.1\n0 10.0.0.2\n"), Sinks.PLENTY);
        }
        assertThat(lake.received.get(0).lines())
                .containsExactly(
                        "{\"create\":{\"_id\":\"" + HEAD + "2\"}}",
                        "{\"@timestamp\":1640995493000," + FlowLogs.JSON.substring(1));
        assertThat(lake.received.get(0).header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(lake.received.get(1).lines())
                .containsExactly(
                        "{\"create\":{}}",
                        "{\"end\":null,\"srcaddr\":\"10.0.0.1\"}",
                        "{\"create\":{}}",
                        "{\"@timestamp\":0,\"end\":0,\"srcaddr\":\"10.0.0.2\"}");
    }

    @Test
    void h28AMappingConflictIsOneRejectedRecordWithItsLineAndReason() throws Exception {
        FakeLake lake = new FakeLake(
                (request, timeout) -> items(request, id -> id.endsWith("-4") ? "400,\"error\":" + CONFLICT : "201"));
        PrintStream err = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        DeliveryReport report;
        try (HttpSink sink = lake.build(sink())) {
            report = sink.send(SOURCE, FlowLogs.records(5), Sinks.PLENTY);
        } finally {
            System.setErr(err);
        }
        assertThat(report.acknowledged()).isEqualTo(5);
        assertThat(report.rejected()).isEqualTo(1);
        assertThat(report.requests()).isEqualTo(1);
        assertThat(captured.toString(StandardCharsets.UTF_8))
                .contains("line 4: the lake rejected the record: 400 mapper_parsing_exception: failed to parse field"
                        + " [bytes] of type [integer]: out of range");
    }

    @Test
    void h29ItemsThatFailedForAWhileAreSentAgainAloneUnderTheSameIds() throws Exception {
        List<Received> seen = new ArrayList<>();
        FakeLake lake = new FakeLake((request, timeout) -> {
            seen.add(request);
            return items(request, id -> seen.size() == 1 && id.matches(".*-[35]") ? "429" : "201");
        });
        try (HttpSink sink = lake.build(sink())) {
            DeliveryReport report = sink.send(SOURCE, FlowLogs.records(6), Sinks.PLENTY);
            assertThat(report.acknowledged()).isEqualTo(6);
            assertThat(report.requests()).isEqualTo(2);
            assertThat(report.retries()).isEqualTo(1);
        }
        assertThat(ids(seen.get(1))).containsExactly(HEAD + 3, HEAD + 5);
        assertThat(seen.get(1).lines().get(1)).isEqualTo(seen.get(0).lines().get(3));
        assertThat(seen.get(1).key())
                .startsWith("v1-" + HEAD + "3-5-")
                .isNotEqualTo(seen.get(0).key());
    }

    @Test
    void h29AnItemThatNeverSucceedsEndsWithAFailureThatNamesIt() {
        FakeLake lake = new FakeLake((request, timeout) -> items(request, id -> id.endsWith("-3") ? "503" : "201"));
        try (HttpSink sink = lake.build(sink().maxAttempts(3))) {
            DeliveryException e = Sinks.failure(sink, 4, Duration.ofHours(1));
            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(e.report().acknowledged()).isEqualTo(3);
            assertThat(e.report().undeliveredRanges()).containsExactly(new LineRange(3, 3));
        }
        assertThat(lake.received).hasSize(3);
    }

    @Test
    void afterLostAnswersRefusedItemsAndASecondRunTheIndexHasEveryRecordOnce() throws Exception {
        Random random = new Random(11);
        Set<String> index = new TreeSet<>();
        List<String> created = new ArrayList<>();
        FakeLake lake = new FakeLake((request, timeout) -> {
            Transport.Answer answer = items(request, id -> {
                if (index.contains(id)) {
                    return "409,\"error\":{\"type\":\"version_conflict_engine_exception\",\"reason\":\"exists\"}";
                }
                if (random.nextInt(3) == 0) {
                    return "429,\"error\":{\"type\":\"es_rejected_execution_exception\",\"reason\":\"queue\"}";
                }
                index.add(id);
                created.add(id);
                return "201";
            });
            return random.nextInt(3) == 0 ? FakeLake.status(504) : answer;
        });
        try (HttpSink sink = lake.build(sink().maxBatchRecords(100).maxAttempts(20))) {
            for (int run = 0; run < 2; run++) {
                DeliveryReport report = sink.send(SOURCE, FlowLogs.records(1000), Duration.ofDays(1));
                assertThat(report.acknowledged()).isEqualTo(1000);
                assertThat(report.rejected()).isZero();
            }
        }
        assertThat(created).hasSize(1000).doesNotHaveDuplicates();
        Set<String> expected = new HashSet<>();
        for (int line = 2; line <= 1001; line++) {
            expected.add(HEAD + line);
        }
        assertThat(index).isEqualTo(expected);
    }

    @Test
    void aTooLargeBatchIsHalvedBetweenRecords() throws Exception {
        FakeLake lake = new FakeLake(
                (request, timeout) -> ids(request).size() > 2 ? FakeLake.status(413) : items(request, id -> "201"));
        try (HttpSink sink = lake.build(sink())) {
            assertThat(sink.send(SOURCE, FlowLogs.records(5), Sinks.PLENTY).acknowledged())
                    .isEqualTo(5);
        }
        assertThat(lake.received)
                .allSatisfy(request ->
                        assertThat(request.lines()).hasSize(2 * ids(request).size()));
    }

    @Test
    void h30AMissingIndexOrPermissionFailsTheDeliveryBecauseNothingIsWrongWithTheRecords() {
        FakeLake lake = new FakeLake((request, timeout) -> items(
                request,
                id -> "404,\"error\":{\"type\":\"index_not_found_exception\",\"reason\":\"no such index [flows]\"}"));
        try (HttpSink sink = lake.build(sink())) {
            DeliveryException e = Sinks.failure(sink);
            assertThat(e.reason()).isEqualTo(Reason.REFUSED);
            assertThat(e).hasMessageContaining("no such index [flows]");
            assertThat(e.report().acknowledged()).isZero();
        }
    }

    @Test
    void anAnswerThatIsNotOfABulkRequestIsNoAcknowledgement() {
        for (String json : List.of(
                "",
                "{}",
                "{\"acknowledged\":true}",
                "{\"errors\":true}",
                "{\"items\":[]}",
                "{\"items\":[{\"create\":{")) {
            FakeLake lake = new FakeLake((request, timeout) -> answer(json));
            try (HttpSink sink = lake.build(sink())) {
                DeliveryException e = catchThrowableOfType(
                        DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(2), Sinks.PLENTY));
                assertThat(e).as(json).isNotNull();
                assertThat(e.reason()).isEqualTo(Reason.REFUSED);
                assertThat(e).hasMessageContaining("the endpoint should end in /_bulk");
            }
        }
    }

    @Test
    void anAnswerThatAFilterPathShortenedIsUnderstood() throws Exception {
        FakeLake lake = new FakeLake((request, timeout) -> answer("{\"errors\":false}"));
        try (HttpSink sink = lake.build(sink())) {
            assertThat(sink.send(SOURCE, FlowLogs.records(2), Sinks.PLENTY).acknowledged())
                    .isEqualTo(2);
        }
    }
}
