package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.sink.http.DeliveryException.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** H18: a 413 that is not about the size, and a limit that goes away. */
@Timeout(120)
class PassingTooLargeTest {
    private static final int RECORDS = 1500;
    private static final int BATCH = 1000;

    /** A lake that answers 413 to the next so many requests, and to more records than its limit. */
    private static final class Lake {
        final AtomicInteger refusing = new AtomicInteger();
        volatile int maxRecords = Integer.MAX_VALUE;
        final FakeLake transport = new FakeLake((request, timeout) -> {
            // Time goes on with each request, so that the sink can tell which of two began before the other was
            // answered.
            this.transport.time.pass(1);
            boolean faulty = refusing.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
            return faulty || request.lines().size() > maxRecords ? FakeLake.status(413) : FakeLake.ok(request);
        });

        HttpSink sink(int inFlight) {
            return transport.build(
                    FakeLake.sink().maxBatchRecords(BATCH).maxInFlight(inFlight).compression(Compression.NONE));
        }

        int requestsFor(HttpSink sink) throws DeliveryException {
            int before = transport.received.size();
            assertThat(sink.send(SOURCE, FlowLogs.records(RECORDS)).acknowledged())
                    .isEqualTo(RECORDS);
            return transport.received.size() - before;
        }
    }

    @ParameterizedTest
    @DisplayName("H18 whenever a fault that answers 413 to everything passes, the next objects take two requests again")
    @ValueSource(ints = {1, 2, 4})
    void h18PassingFault(int inFlight) throws Exception {
        for (int refused = 1; refused <= 60; refused++) {
            Lake lake = new Lake();
            try (HttpSink sink = lake.sink(inFlight)) {
                assertThat(lake.requestsFor(sink)).isEqualTo(2);
                lake.refusing.set(refused);
                while (lake.refusing.get() > 0) {
                    try {
                        sink.send(SOURCE, FlowLogs.records(RECORDS));
                    } catch (DeliveryException e) {
                        assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.UNAVAILABLE);
                    }
                }
                assertThat(lake.transport.received)
                        .as("requests during a fault of %d requests", refused)
                        .hasSizeLessThan(refused + 100);
                for (int object = 0; object < 3; object++) {
                    assertThat(lake.requestsFor(sink))
                            .as("after %d refused requests", refused)
                            .isEqualTo(2);
                }
            }
        }
    }

    @Test
    @DisplayName("H18 a lake that answers 413 to small bodies too fails the object after few requests")
    void h18EverythingIsRefused() {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.status(413));
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            DeliveryException e =
                    catchThrowableOfType(DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(20_000)));
            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(e.reason().permanent()).isFalse();
            assertThat(e.status()).hasValue(413);
            assertThat(e.detail()).contains("to 8 single records in a row");
            assertThat(e.report().undelivered()).isEqualTo(e.report().encoded());
            assertThat(lake.received).hasSizeLessThan(100);
        }
    }

    @Test
    @DisplayName("H18 sizes that such a lake refused are not taken for its limit when a real one is met later")
    void h18NothingIsLearnedFromARefusalOfEverything() throws Exception {
        Lake lake = new Lake();
        try (HttpSink sink = lake.sink(1)) {
            lake.refusing.set(Integer.MAX_VALUE);
            DeliveryException e =
                    catchThrowableOfType(DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(RECORDS)));
            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            lake.refusing.set(0);
            sink.send(SOURCE, FlowLogs.records(1));
            lake.maxRecords = 300;
            assertThat(lake.requestsFor(sink)).as("1000, 500 and 250 by 250").isEqualTo(2 + 6);
        }
    }

    @Test
    @DisplayName("R10 many records that are too large do not keep the others back, as long as some are accepted")
    void r10ManyTooLarge() {
        String big = FlowLogs.LINE.replace("eni-01ab234c5de6f78g9", "eni-" + "x".repeat(4000));
        FakeLake lake = new FakeLake(
                (request, timeout) -> request.json().length > 2000 ? FakeLake.status(413) : FakeLake.ok(request));
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            DeliveryException e = catchThrowableOfType(
                    DeliveryException.class,
                    () -> sink.send(SOURCE, FlowLogs.reader(FlowLogs.HEADER + (big + FlowLogs.LINE).repeat(20))));
            assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(e.report().acknowledged()).isEqualTo(20);
            assertThat(e.report().undelivered()).isEqualTo(20);
        }
    }

    @Test
    @DisplayName("H18 a limit that was learned lapses, sooner than it was confirmed the last time")
    void h18LimitLapses() throws Exception {
        Lake lake = new Lake();
        lake.maxRecords = 300;
        try (HttpSink sink = lake.sink(1)) {
            assertThat(lake.requestsFor(sink)).as("1000, 500 and 250 by 250").isEqualTo(2 + 6);
            assertThat(lake.requestsFor(sink)).as("confirmed by 1000").isEqualTo(1 + 6);
            assertThat(lake.requestsFor(sink)).as("nothing is refused").isEqualTo(6);
            lake.transport.time.pass(Duration.ofSeconds(9).toNanos());
            assertThat(lake.requestsFor(sink)).isEqualTo(6);
            lake.maxRecords = 1000;
            lake.transport.time.pass(Duration.ofSeconds(1).toNanos());
            assertThat(lake.requestsFor(sink)).as("lapsed after 10 s").isEqualTo(2);
            lake.maxRecords = 300;
            assertThat(lake.requestsFor(sink)).isEqualTo(2 + 6);
            assertThat(lake.requestsFor(sink)).isEqualTo(1 + 6);
            lake.transport.time.pass(Duration.ofSeconds(19).toNanos());
            assertThat(lake.requestsFor(sink)).isEqualTo(6);
        }
    }

    @Test
    @DisplayName("H18 what one call learns lapses during the call too")
    void h18LapsesDuringACall() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        FakeTime[] time = new FakeTime[1];
        FakeLake lake = new FakeLake((request, timeout) -> {
            time[0].pass(Duration.ofSeconds(1).toNanos());
            return requests.incrementAndGet() <= 2 ? FakeLake.status(413) : FakeLake.ok(request);
        });
        time[0] = lake.time;
        try (HttpSink sink = lake.build(FakeLake.sink().maxBatchRecords(100).maxInFlight(1))) {
            sink.send(SOURCE, FlowLogs.records(2000));
            // 100 and 50 refused, then 25 by 25 until the limit lapses 10 s later, then 100 by 100.
            assertThat(lake.received).hasSizeBetween(2 + 8 + 18, 2 + 12 + 18);
        }
    }

    @Test
    @DisplayName("R10 a single record that a passing fault refused is sent again")
    void r10PassingFault() throws Exception {
        Lake lake = new Lake();
        lake.refusing.set(11);
        try (HttpSink sink = lake.sink(1)) {
            // 1000, 500, 250, 125, 62, 31, 15, 7, 3 and two of one.
            assertThat(sink.send(SOURCE, FlowLogs.records(1000)).acknowledged()).isEqualTo(1000);
        }
    }
}
