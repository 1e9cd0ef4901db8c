package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.sink.http.DeliveryException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** H27 and H26: header suppliers that take long or fail. */
@Timeout(60)
class SlowSupplierTest {
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    private final FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));

    @Test
    @DisplayName("H27 no request begins after a supplier has used up the time")
    void h27NoRequestAfterTheDeadline() {
        HttpSink.Builder slow = FakeLake.sink().header("x-token", () -> {
            lake.time.pass(Duration.ofSeconds(9).toNanos());
            return "token-1";
        });
        try (HttpSink sink = lake.build(slow)) {
            DeliveryException e = catchThrowableOfType(
                    DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(3), FIVE_SECONDS));
            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(lake.received).isEmpty();
        }
    }

    @Test
    @DisplayName("H27 a request gets the time that the supplier has left")
    void h27TheTimeThatIsLeft() throws Exception {
        List<Long> limits = new ArrayList<>();
        FakeLake timed = new FakeLake((request, timeout) -> {
            limits.add(timeout);
            return FakeLake.ok(request);
        });
        HttpSink.Builder slow = FakeLake.sink().header("x-token", () -> {
            timed.time.pass(Duration.ofSeconds(3).toNanos());
            return "token-1";
        });
        try (HttpSink sink = timed.build(slow)) {
            sink.send(SOURCE, FlowLogs.records(3), FIVE_SECONDS);
            assertThat(limits).containsExactly(Duration.ofSeconds(2).toNanos());
        }
    }

    @Test
    @DisplayName("H27 send does not wait for a supplier beyond its timeout; the next send uses what it returned")
    void h27ReturnsInTime() throws Exception {
        Patience.longerUntil(Duration.ofMillis(300), this::returnsInTime);
    }

    /** Returns false if the time was over before the supplier was called. */
    private boolean returnsInTime(Duration deadline) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        HttpSink.Builder slow = FakeLake.sink().header("x-token", () -> {
            reads.incrementAndGet();
            await(answered);
            return "token-1";
        });
        // The real clock: a wait for another thread cannot be told to pass.
        try (HttpSink sink = slow.build(lake, Time.SYSTEM, Backoff::newJitter)) {
            // It returns while the supplier still waits.
            DeliveryException e = catchThrowableOfType(
                    DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(3), deadline));
            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            if (reads.get() == 0) {
                answered.countDown();
                return false;
            }
            assertThat(e.detail()).contains("the values of the headers were read");
            assertThat(lake.received).isEmpty();
            answered.countDown();
            assertThat(sink.send(SOURCE, FlowLogs.records(3)).acknowledged()).isEqualTo(3);
            assertThat(reads).hasValue(1);
            return true;
        }
    }

    @Test
    @DisplayName("H27 a delivery that ran out of time says what the lake did before")
    void h27SaysWhatWasMetBefore() {
        FakeTime[] time = new FakeTime[1];
        FakeLake refuses = new FakeLake((request, timeout) -> {
            time[0].pass(Duration.ofSeconds(6).toNanos());
            return FakeLake.status(401);
        });
        time[0] = refuses.time;
        try (HttpSink sink = refuses.build(FakeLake.sink().header("x-token", () -> "token-1"))) {
            DeliveryException e = catchThrowableOfType(
                    DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(3), FIVE_SECONDS));
            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(e.status()).hasValue(401);
            assertThat(e.detail()).contains("before that: lake.example answered 401");
            assertThat(refuses.received).hasSize(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("H26 one failed read is the answer for all sends that wait for it")
    void h26OneReadForAll() throws Exception {
        int sends = 6;
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch failing = new CountDownLatch(1);
        HttpSink.Builder throttled = FakeLake.sink().maxInFlight(sends).header("x-token", () -> {
            reads.incrementAndGet();
            await(failing);
            throw new IllegalStateException("throttled");
        });
        ExecutorService callers = Executors.newFixedThreadPool(sends);
        try (HttpSink sink = lake.build(throttled)) {
            List<Future<DeliveryException>> results = new ArrayList<>();
            CountDownLatch started = new CountDownLatch(sends);
            for (int i = 0; i < sends; i++) {
                SourceId source = SourceId.named("source " + i);
                results.add(callers.submit(() -> {
                    started.countDown();
                    return catchThrowableOfType(DeliveryException.class, () -> sink.send(source, FlowLogs.records(3)));
                }));
            }
            started.await();
            while (Thread.getAllStackTraces().entrySet().stream()
                            .filter(e -> e.getKey().getName().startsWith("flowlog-sink-"))
                            .filter(e -> List.of(e.getValue()).toString().contains("LakeHeaders.await("))
                            .count()
                    < sends) {
                Thread.onSpinWait();
            }
            failing.countDown();
            for (Future<DeliveryException> result : results) {
                assertThat(result.get().reason()).isEqualTo(Reason.HEADER_UNAVAILABLE);
                assertThat(result.get()).hasRootCauseMessage("throttled");
            }
            assertThat(reads).hasValue(1);
            assertThat(lake.received).isEmpty();
        } finally {
            callers.shutdownNow();
        }
    }
}
