package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.PLENTY;
import static io.flowlog.sink.http.Sinks.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Received;
import io.flowlog.sink.http.testing.Script;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** H18 and R10: a lake that takes less than a batch. */
@Timeout(60)
class TooLargeTest {
    private static Script limit(int jsonBytes) {
        return (request, connection) ->
                connection.answer(request.json().length > jsonBytes ? 413 : 200, Script.docCount(request));
    }

    private static FakeLake fakeLake(int maxRecords) {
        return new FakeLake((request, timeout) ->
                request.lines().size() > maxRecords ? FakeLake.status(413) : FakeLake.ok(request));
    }

    private static List<String> keys(List<Received> requests) {
        return requests.stream().map(Received::key).toList();
    }

    @Test
    @DisplayName("H18 a 413 halves the batch on the wire until it fits, with ids from the ranges, and all arrives")
    void h18HalvesOnTheWire() throws Exception {
        try (RawLake lake = RawLake.start(limit(3000));
                HttpSink sink = Sinks.to(lake).build()) {
            DeliveryReport report = sink.send(SOURCE, FlowLogs.records(64), PLENTY);
            assertThat(report.acknowledged()).isEqualTo(64);
            assertThat(report.retries()).isZero();
            assertThat(lake.received()).hasSizeLessThanOrEqualTo(2 * 64);
            List<String> stored = new ArrayList<>();
            lake.received().stream().filter(r -> r.json().length <= 3000).forEach(r -> stored.addAll(r.lines()));
            assertThat(stored).hasSize(64).doesNotHaveDuplicates();
            assertThat(keys(lake.received())).doesNotHaveDuplicates();
            assertThat(lake.received().get(0).key()).contains("-2-65-");
            assertThat(lake.received().get(1).key()).contains("-2-33-");
        }
    }

    @Test
    @DisplayName("H18 a learned limit only pre-splits later batches along the same tree")
    void h18LearnedLimit() throws Exception {
        FakeLake learning = fakeLake(5);
        try (HttpSink sink = learning.build(FakeLake.sink().maxBatchRecords(16).maxInFlight(1))) {
            sink.send(SOURCE, FlowLogs.records(64));
        }
        long refused =
                learning.received.stream().filter(r -> r.lines().size() > 5).count();
        assertThat(refused).as("16 and 8, once").isEqualTo(2);
        assertThat(learning.received).hasSize(2 + 16);

        Set<String> accepted = new HashSet<>();
        for (int inFlight = 1; inFlight <= 4; inFlight++) {
            FakeLake other = fakeLake(5);
            try (HttpSink sink = other.build(FakeLake.sink().maxBatchRecords(16).maxInFlight(inFlight))) {
                sink.send(SOURCE, FlowLogs.records(64));
            }
            other.received.stream().filter(r -> r.lines().size() <= 5).forEach(r -> accepted.add(r.key()));
        }
        assertThat(accepted)
                .as("whatever was learned, the accepted requests are the same 16")
                .hasSize(16);
    }

    @Test
    @DisplayName("H18 at most 2n requests, also when only single records fit")
    void h18Bounded() throws Exception {
        FakeLake lake = fakeLake(1);
        try (HttpSink sink = lake.build(FakeLake.sink().maxBatchRecords(100).maxInFlight(1))) {
            assertThat(sink.send(SOURCE, FlowLogs.records(37)).acknowledged()).isEqualTo(37);
            assertThat(lake.received.size()).isLessThanOrEqualTo(2 * 37);
            lake.received.clear();
            assertThat(sink.send(SOURCE, FlowLogs.records(37)).acknowledged()).isEqualTo(37);
            assertThat(lake.received).as("nothing is refused any more").hasSize(37);
        }
    }

    @Test
    @DisplayName("R10 a record larger than the lake's limit: the others are delivered, then it is named with its size")
    void r10OneRecordTooLarge() throws Exception {
        String big = FlowLogs.LINE.replace("eni-01ab234c5de6f78g9", "eni-" + "x".repeat(4000));
        String rest = FlowLogs.text(20).substring(FlowLogs.HEADER.length());
        try (RawLake lake = RawLake.start(limit(2000));
                HttpSink sink = Sinks.to(lake).maxBatchRecords(10).build()) {
            DeliveryException e = catchThrowableOfType(
                    DeliveryException.class,
                    () -> sink.send(SOURCE, FlowLogs.reader(FlowLogs.text(5) + big + rest), PLENTY));
            assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(e.status()).hasValue(413);
            assertThat(e).hasMessageContaining("line 7 alone makes 4").hasMessageContaining("bytes of JSON");
            assertThat(e.report().acknowledged()).isEqualTo(25);
            assertThat(e.report().undelivered()).isEqualTo(1);
            assertThat(e.report().undeliveredRanges()).containsExactly(new LineRange(7, 7));
            assertThat(e.report().unreadAfter()).isEmpty();
        }
    }

    @Test
    @DisplayName("H18 halves are retried like any request, and owed when they fail")
    void h18HalvesFail() {
        FakeLake lake = new FakeLake((request, timeout) -> {
            if (request.lines().size() > 5) {
                return FakeLake.status(413);
            }
            return request.key().contains("-7-11-") ? FakeLake.status(500) : FakeLake.ok(request);
        });
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            DeliveryException e =
                    catchThrowableOfType(DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(10)));
            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(e.report().acknowledged()).isEqualTo(5);
            assertThat(e.report().undeliveredRanges()).containsExactly(new LineRange(7, 11));
            assertThat(lake.received).hasSize(1 + 1 + HttpSink.DEFAULT_MAX_ATTEMPTS);
        }
    }
}
