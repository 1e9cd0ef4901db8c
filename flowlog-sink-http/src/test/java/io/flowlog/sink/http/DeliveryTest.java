// Over 300 lines: all that one call of send can come to, a test each.
package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.parser.CorruptGzipException;
import io.flowlog.parser.FlowLogParseException;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.testing.Received;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One call of send, on a transport that is the lake itself and a clock that the test owns. */
@Timeout(60)
class DeliveryTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static DeliveryException failure(HttpSink sink, FlowLogReader reader) {
        DeliveryException e = catchThrowableOfType(DeliveryException.class, () -> sink.send(SOURCE, reader, HOUR));
        assertThat(e).isNotNull();
        return e;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<Integer> recordsOf(FakeLake lake) {
        return lake.received.stream().map(r -> r.lines().size()).toList();
    }

    @Test
    void theReportAddsUpWithWhatTheLakeGot() throws Exception {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        String text = FlowLogs.text(100) + "\nbad line\n" + FlowLogs.HEADER + FlowLogs.LINE;
        try (HttpSink sink = lake.build(FakeLake.sink().maxBatchRecords(30));
                FlowLogReader reader = FlowLogReader.builder()
                        .onMalformed(line -> {})
                        .open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            DeliveryReport report = sink.send(SOURCE, reader, HOUR);
            assertThat(report.lines()).isEqualTo(105);
            assertThat(report.records()).isEqualTo(101);
            assertThat(report.malformed()).isEqualTo(1);
            assertThat(report.encoded()).isEqualTo(101);
            assertThat(report.acknowledged()).isEqualTo(101);
            assertThat(report.undelivered()).isZero();
            assertThat(report.undeliveredRanges()).isEmpty();
            assertThat(report.unreadAfter()).isEmpty();
            assertThat(report.batches()).isEqualTo(4);
            assertThat(report.requests()).isEqualTo(4);
            assertThat(report.bytesRead()).isEqualTo(text.length());
            assertThat(report.jsonBytes())
                    .isEqualTo(lake.received.stream()
                            .mapToLong(r -> r.json().length)
                            .sum());
            assertThat(report.bodyBytes())
                    .isEqualTo(lake.received.stream()
                            .mapToLong(r -> r.body().length)
                            .sum());
        }
    }

    @Test
    void aSourceWithoutRecordsIsDeliveredWithoutARequest() throws Exception {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            assertThat(sink.send(SOURCE, FlowLogs.reader(FlowLogs.HEADER)).records())
                    .isZero();
            assertThat(sink.send(SOURCE, FlowLogs.reader("")).lines()).isZero();
            assertThat(lake.received).isEmpty();
        }
    }

    @Test
    void aDamagedSourceOfOneBatchIsNotSentAtAll() throws Exception {
        byte[] whole = gzip(FlowLogs.text(500));
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            for (int cut : new int[] {1, 4, 8, 9, 100}) {
                byte[] damaged = Arrays.copyOf(whole, whole.length - cut);
                DeliveryException e = failure(sink, FlowLogReader.open(new ByteArrayInputStream(damaged)));
                assertThat(e.reason()).isEqualTo(Reason.SOURCE);
                assertThat(e).hasCauseInstanceOf(CorruptGzipException.class);
                assertThat(e.report().acknowledged()).isZero();
                assertThat(e.report().undelivered()).isEqualTo(e.report().encoded());
            }
            byte[] flipped = whole.clone();
            flipped[whole.length - 6] ^= 1;
            assertThat(failure(sink, FlowLogReader.open(new ByteArrayInputStream(flipped)))
                            .reason())
                    .isEqualTo(Reason.SOURCE);
            assertThat(lake.received).isEmpty();
        }
    }

    @Test
    void theLastBatchOfADamagedSourceIsHeldBackAlsoWhenItIsFull() throws Exception {
        byte[] whole = gzip(FlowLogs.text(15) + "bad\n" + FlowLogs.text(5).substring(FlowLogs.HEADER.length()));
        byte[] damaged = Arrays.copyOf(whole, whole.length - 1);
        CountDownLatch firstSent = new CountDownLatch(1);
        FakeLake lake = new FakeLake((request, timeout) -> {
            firstSent.countDown();
            return FakeLake.ok(request);
        });
        FlowLogReader reader = FlowLogReader.builder()
                .onMalformed(line -> awaitUnchecked(firstSent))
                .open(new ByteArrayInputStream(damaged));
        try (HttpSink sink = lake.build(FakeLake.sink().maxBatchRecords(10))) {
            DeliveryException e = failure(sink, reader);
            assertThat(recordsOf(lake)).containsExactly(10);
            assertThat(e.report().undeliveredRanges()).containsExactly(new LineRange(12, 22));
            assertThat(e.report().unreadAfter()).hasValue(22);
            assertThat(e)
                    .hasMessageContaining("10 of 20 records acknowledged")
                    .hasMessageContaining("not acknowledged: lines 12-22")
                    .hasMessageContaining("everything after line 22");
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStreamThatThrowsAtItsEndIsNotACleanEnd() {
        byte[] text = FlowLogs.text(5).getBytes(StandardCharsets.UTF_8);
        InputStream in = new ByteArrayInputStream(text) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                int count = super.read(b, off, len);
                if (count < 0) {
                    throw new java.io.UncheckedIOException(new IOException("12 bytes are missing"));
                }
                return count;
            }
        };
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            DeliveryException e = failure(sink, FlowLogReader.open(in));
            assertThat(e.reason()).isEqualTo(Reason.SOURCE);
            assertThat(e).hasMessageContaining("12 bytes are missing");
            assertThat(lake.received).isEmpty();
        }
    }

    @Test
    void aMalformedLineInStrictModeFailsTheDelivery() {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            DeliveryException e = failure(sink, FlowLogs.reader(FlowLogs.text(3) + "2 bad\n" + FlowLogs.LINE));
            assertThat(e.reason()).isEqualTo(Reason.SOURCE);
            assertThat(e).hasCauseInstanceOf(FlowLogParseException.class).hasMessageContaining("line 5");
            assertThat(lake.received).isEmpty();
        }
    }

    @Test
    void moreMalformedLinesThanAllowedHoldTheLastBatchBack() throws Exception {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        String half = FlowLogs.text(2) + "bad\nbad\n";
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            assertThat(sink.send(SOURCE, lenient(half), HOUR).malformed()).isEqualTo(2);
            assertThat(lake.received).hasSize(1);
            DeliveryException e = failure(sink, lenient(half + "bad\n"));
            assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(e).hasMessageContaining("3 of 5 lines are malformed");
            assertThat(e.report().undeliveredRanges()).containsExactly(new LineRange(2, 3));
            assertThat(lake.received).hasSize(1);
        }
        try (HttpSink sink = lake.build(FakeLake.sink().maxMalformedRatio(0))) {
            assertThat(failure(sink, lenient(FlowLogs.text(200) + "bad\n")).reason())
                    .isEqualTo(Reason.MALFORMED);
        }
    }

    private static FlowLogReader lenient(String text) throws IOException {
        return FlowLogReader.builder()
                .onMalformed(line -> {})
                .open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyRecordCarriesItsIdAndIdenticalLinesHaveDifferentOnes() throws Exception {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        String id = SOURCE.hex().orElseThrow();
        try (HttpSink sink = lake.build(FakeLake.sink().recordIdField("record_id"))) {
            sink.send(SOURCE, FlowLogs.reader(FlowLogs.HEADER + FlowLogs.LINE + "\n" + FlowLogs.LINE), HOUR);
            String start = FlowLogs.JSON.substring(0, FlowLogs.JSON.length() - 1);
            assertThat(lake.received.get(0).lines())
                    .containsExactly(
                            start + ",\"record_id\":\"" + id + "-2\"}", start + ",\"record_id\":\"" + id + "-4\"}");
        }
    }

    @Test
    void aColumnWithTheNameOfTheRecordIdFieldFails() {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        try (HttpSink sink = lake.build(FakeLake.sink().recordIdField("bytes"))) {
            DeliveryException e = failure(sink, FlowLogs.records(3));
            assertThat(e.reason()).isEqualTo(Reason.SETTINGS);
            assertThat(lake.received).isEmpty();
        }
    }

    @Test
    void waitsDoubleUpToTheLimitAndAttemptsEnd() {
        FakeLake lake = new FakeLake((request, timeout) -> {
            throw new ConnectException("refused");
        });
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            DeliveryException e = failure(sink, FlowLogs.records(3));
            assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(lake.time.waits.stream().map(Duration::ofNanos).map(Duration::toMillis))
                    .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L);
            assertThat(lake.received).hasSize(HttpSink.DEFAULT_MAX_ATTEMPTS);
        }
    }

    @Test
    void aRetryAfterIsTheLeastThatIsWaited() throws Exception {
        AtomicInteger count = new AtomicInteger();
        FakeLake lake = new FakeLake((request, timeout) -> count.incrementAndGet() < 3
                ? FakeLake.status(503, "retry-after", count.get() == 1 ? "7" : "Mon, 23 Nov 2026 12:00:20 GMT")
                : FakeLake.ok(request));
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            sink.send(SOURCE, FlowLogs.records(3), HOUR);
            assertThat(lake.time.waits.stream().map(Duration::ofNanos).map(Duration::toSeconds))
                    .containsExactly(7L, 13L);
        }
    }

    @Test
    void aWaitThatWouldPassTheDeadlineFailsNow() {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.status(503));
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            DeliveryException e = catchThrowableOfType(
                    DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(1), Duration.ofMillis(1000)));
            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(e.status()).hasValue(503);
            assertThat(lake.time.waits).hasSize(2);
        }
    }

    @Test
    void anExchangeGetsTheSmallerOfItsOwnTimeAndWhatIsLeft() throws Exception {
        List<Long> limits = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<FakeTime> time = new AtomicReference<>();
        FakeLake lake = new FakeLake((request, timeout) -> {
            limits.add(TimeUnit.NANOSECONDS.toSeconds(timeout));
            time.get().pass(TimeUnit.SECONDS.toNanos(20));
            return FakeLake.ok(request);
        });
        time.set(lake.time);
        try (HttpSink sink = lake.build(FakeLake.sink().maxBatchRecords(1).maxInFlight(1))) {
            DeliveryException e = catchThrowableOfType(
                    DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(5), Duration.ofSeconds(50)));
            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(limits).containsExactly(30L, 30L, 10L);
            assertThat(e.report().acknowledged()).isEqualTo(3);
            assertThat(e.report().undeliveredRanges()).startsWith(new LineRange(5, 5));
        }
    }

    @Test
    void neverHasMoreInFlightThanAllowedNorReadsFarAhead() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch twoAtOnce = new CountDownLatch(2);
        FakeLake lake = new FakeLake((request, timeout) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            twoAtOnce.countDown();
            twoAtOnce.await(30, TimeUnit.SECONDS);
            now.decrementAndGet();
            return FakeLake.ok(request);
        });
        ExecutorService callers = Executors.newFixedThreadPool(5);
        try (HttpSink sink = lake.build(FakeLake.sink().maxInFlight(3).maxBatchRecords(7))) {
            List<Future<DeliveryReport>> sends = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                SourceId source = SourceId.named("source " + i);
                sends.add(callers.submit(() -> sink.send(source, FlowLogs.records(200), HOUR)));
            }
            for (Future<DeliveryReport> send : sends) {
                assertThat(send.get().acknowledged()).isEqualTo(200);
            }
            assertThat(most.get()).isBetween(2, 3);
            Set<String> keys = new HashSet<>();
            lake.received.forEach(r -> keys.add(r.key()));
            assertThat(keys).hasSize(5 * 29);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void anInterruptEndsTheSendAndStaysSet() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        FakeLake lake = new FakeLake((request, timeout) -> {
            inside.countDown();
            new CountDownLatch(1).await();
            return FakeLake.ok(request);
        });
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            AtomicReference<DeliveryException> thrown = new AtomicReference<>();
            AtomicReference<Boolean> still = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                thrown.set(failure(sink, FlowLogs.records(3)));
                still.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            inside.await();
            caller.interrupt();
            caller.join();
            assertThat(thrown.get().reason()).isEqualTo(Reason.INTERRUPTED);
            assertThat(thrown.get().report().undelivered()).isEqualTo(3);
            assertThat(still.get()).isTrue();
        }
    }

    @Test
    void closingTheSinkEndsSendsAndRefusesNewOnes() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        FakeLake lake = new FakeLake((request, timeout) -> {
            inside.countDown();
            new CountDownLatch(1).await();
            return FakeLake.ok(request);
        });
        HttpSink sink = lake.build(FakeLake.sink());
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<DeliveryException> send = caller.submit(() -> failure(sink, FlowLogs.records(3)));
            inside.await();
            sink.close();
            assertThat(send.get().reason()).isEqualTo(Reason.INTERRUPTED);
            assertThatThrownBy(() -> sink.send(SOURCE, FlowLogs.records(3))).isInstanceOf(IllegalStateException.class);
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void theListenerSeesProgressThatAddsUpAndCannotBreakADelivery() throws Exception {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        List<DeliveryReport> seen = Collections.synchronizedList(new ArrayList<>());
        DeliveryListener listener = new DeliveryListener() {
            @Override
            public void onAcknowledged(DeliveryReport soFar) {
                seen.add(soFar);
                throw new IllegalStateException("a broken listener");
            }
        };
        try (HttpSink sink = lake.build(FakeLake.sink().listener(listener).maxBatchRecords(10))) {
            assertThat(sink.send(SOURCE, FlowLogs.records(95), HOUR).acknowledged())
                    .isEqualTo(95);
        }
        assertThat(seen).hasSize(10);
        assertThat(seen).allSatisfy(r -> assertThat(r.encoded()).isEqualTo(r.acknowledged() + r.undelivered()));
        assertThat(seen.stream().mapToLong(DeliveryReport::acknowledged).max()).hasValue(95);
    }

    @Test
    void aFailureOfOneBatchStopsReading() {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.status(400));
        try (HttpSink sink = lake.build(FakeLake.sink().maxBatchRecords(1).maxInFlight(1))) {
            DeliveryException e = failure(sink, FlowLogs.records(50_000));
            assertThat(lake.received).hasSize(1);
            assertThat(e.report().encoded()).isLessThan(1000);
            assertThat(e.report().unreadAfter()).isPresent();
            Received first = lake.received.get(0);
            assertThat(first.key()).contains("-2-2-");
        }
    }

    @Test
    void oneRequestThatIsRefusedWhileOthersPassReadsTheTokenOnceMoreAndNoMore() {
        AtomicInteger reads = new AtomicInteger();
        // The second request that passes with a token comes after the sink has taken note of the first.
        CountDownLatch passedWithNewToken = new CountDownLatch(2);
        FakeLake lake = new FakeLake((request, timeout) -> {
            boolean newToken = "token-2".equals(request.header("x-token"));
            if (request.key().contains("-2-2-")) {
                if (newToken) {
                    passedWithNewToken.await();
                }
                return FakeLake.status(403);
            }
            if (newToken) {
                passedWithNewToken.countDown();
            }
            return FakeLake.ok(request);
        });
        try (HttpSink sink = lake.build(FakeLake.sink()
                .header("x-token", () -> "token-" + reads.incrementAndGet())
                .maxBatchRecords(1)
                .maxInFlight(2))) {
            DeliveryException e = failure(sink, FlowLogs.records(50_000));
            assertThat(e.reason()).isEqualTo(Reason.AUTH);
            assertThat(reads).hasValue(2);
            assertThat(lake.received.stream().filter(r -> r.key().contains("-2-2-")))
                    .hasSize(2);
        }
    }

    @Test
    void anUnexpectedExceptionIsAFailureNotAHang() {
        FakeLake lake = new FakeLake((request, timeout) -> {
            throw new IllegalStateException("a defect");
        });
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            DeliveryException e = failure(sink, FlowLogs.records(3));
            assertThat(e.reason()).isEqualTo(Reason.DEFECT);
            assertThat(e.report().undelivered()).isEqualTo(3);
        }
    }

    @Test
    void numbersThatDoNotAddUpAreAFailure() throws IOException {
        try (BatchBuilder builder = new BatchBuilder(SourceId.none(), "", Compression.NONE, 1 << 20, 100);
                FlowLogReader reader = FlowLogs.records(3)) {
            CallClock clock = new CallClock(new FakeTime(), HOUR);
            Ledger ledger = new Ledger(SOURCE, reader.counts(), clock);
            while (reader.advance()) {
                builder.add(reader.row());
            }
            Batch batch = builder.last();
            ledger.closed(batch);
            assertThat(ledger.mismatch(3, 3)).contains("0 acknowledged, 3 undelivered");
            ledger.acknowledged(batch, 0);
            assertThat(ledger.mismatch(3, 3)).isNull();
            assertThat(ledger.mismatch(4, 3)).contains("4 records read, 0 filtered or sampled out, 3 encoded");
            assertThat(ledger.mismatch(4, 4)).contains("3 lines in the bodies");
        }
    }
}
