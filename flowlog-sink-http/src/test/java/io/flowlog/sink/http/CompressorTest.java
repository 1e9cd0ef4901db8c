package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.DeliveryException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** Compressing in a second thread: the same bodies, and the same ends. */
@Timeout(120)
class CompressorTest {
    private static final byte[] BLOCK = new byte[1000];
    private static final LineParts NO_PARTS = new LineParts();

    /** Starts a thread for each task, and keeps them. */
    private static final class Threads implements Executor {
        final List<Thread> started = new ArrayList<>();

        @Override
        public void execute(Runnable task) {
            Thread thread = new Thread(task);
            started.add(thread);
            thread.start();
        }

        void assertAllEnd() throws InterruptedException {
            for (Thread thread : started) {
                thread.join();
            }
        }
    }

    private static class CountingWriter implements BodyWriter {
        int blocks;
        boolean closed;

        @Override
        public void write(byte[] block, int from, int length) {
            blocks++;
        }

        @Override
        public byte[] finish(int crc, long jsonBytes) {
            return new byte[] {(byte) crc, (byte) jsonBytes};
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static String log(int columns, int rows, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("version");
        for (int column = 1; column < columns; column++) {
            text.append(" column").append(column);
        }
        for (int row = 0; row < rows; row++) {
            text.append("\n2");
            for (int column = 1; column < columns; column++) {
                text.append(' ').append(random.nextInt(5) == 0 ? "é\"" + row : "value" + random.nextInt(300));
            }
        }
        return text.append('\n').toString();
    }

    private static List<Batch> batches(
            String text, Lake lake, Compression compression, long bytes, @Nullable Executor threads) {
        try (FlowLogReader reader = FlowLogs.reader(text);
                BatchBuilder builder = new BatchBuilder(
                        SourceId.named("x"), "id", 1, lake, false, compression, bytes, 1_000_000, threads)) {
            List<Batch> batches = Batches.of(reader, builder);
            batches.forEach(Batch::body);
            return batches;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Lake.class)
    void aSecondThreadMakesTheSameBodies(Lake lake) throws InterruptedException {
        Threads threads = new Threads();
        for (Compression compression : Compression.values()) {
            for (int columns : new int[] {1, 14, 40, 300}) {
                for (long bytes : new long[] {1, 70_000, 200_000, 5 << 20}) {
                    // With one byte, every record is a body of its own; with 5 MiB, a body has more blocks than can
                    // wait.
                    String text = log(columns, (bytes == 1 ? 3_000 : 18_000) / columns + 5, columns);
                    List<Batch> one = batches(text, lake, compression, bytes, null);
                    List<Batch> two = batches(text, lake, compression, bytes, threads);
                    assertThat(two).hasSameSizeAs(one);
                    for (int i = 0; i < one.size(); i++) {
                        assertThat(two.get(i).body()).isEqualTo(one.get(i).body());
                        assertThat(two.get(i).key()).isEqualTo(one.get(i).key());
                    }
                }
            }
        }
        assertThat(threads.started).isNotEmpty();
        threads.assertAllEnd();
    }

    @Test
    void aBodyOfOneBlockNeedsNoSecondThread() {
        Threads threads = new Threads();
        try (Compressor compressor = new Compressor(new CountingWriter(), threads)) {
            for (int body = 0; body < 5; body++) {
                compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
                assertThat(compressor.finish(body, 7).bytes()).containsExactly(body, 7);
            }
            assertThat(threads.started).isEmpty();
            compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
            compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
            assertThat(threads.started).hasSize(1);
        }
    }

    @Test
    void compressesInTheCallingThreadIfTheExecutorIsClosed() {
        CountingWriter writer = new CountingWriter();
        try (Compressor compressor = new Compressor(writer, task -> {
            throw new RejectedExecutionException();
        })) {
            for (int i = 0; i < 5; i++) {
                compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
            }
            assertThat(writer.blocks).isEqualTo(5);
            assertThat(compressor.finish(1, 2).bytes()).containsExactly(1, 2);
        }
        assertThat(writer.closed).isTrue();
    }

    @Test
    void aFailureOfTheSecondThreadReachesTheCallerAndTheBodies() throws InterruptedException {
        for (boolean error : new boolean[] {true, false}) {
            Threads threads = new Threads();
            CountDownLatch fail = new CountDownLatch(1);
            CountingWriter writer = new CountingWriter() {
                @Override
                public void write(byte[] block, int from, int length) {
                    if (++blocks == 3) {
                        awaitUnchecked(fail);
                        if (error) {
                            throw new OutOfMemoryError("test");
                        }
                        throw new IllegalStateException("test");
                    }
                }
            };
            try (Compressor compressor = new Compressor(writer, threads)) {
                for (int i = 0; i < 3; i++) {
                    compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
                }
                Body body = compressor.finish(1, 2);
                fail.countDown();
                assertThatThrownBy(body::bytes).hasMessage("test");
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 100; i++) {
                                compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
                            }
                        })
                        .hasMessage("test");
                assertThatThrownBy(() -> compressor.finish(1, 2)).hasMessage("test");
            }
            assertThat(writer.closed).isTrue();
            threads.assertAllEnd();
        }
    }

    @Test
    @Timeout(60)
    void noBodyWaitsForEverWheneverTheSecondThreadFails() throws InterruptedException {
        for (int run = 0; run < 5_000; run++) {
            Threads threads = new Threads();
            CountingWriter writer = new CountingWriter() {
                @Override
                public void write(byte[] block, int from, int length) {
                    if (++blocks == 3) {
                        throw new IllegalStateException("test");
                    }
                }
            };
            try (Compressor compressor = new Compressor(writer, threads)) {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 3; i++) {
                                compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
                            }
                            compressor.finish(1, 2).bytes();
                        })
                        .hasMessage("test");
            }
            threads.assertAllEnd();
        }
    }

    @Test
    void aFailureAtTheEndOfABodyReachesTheBody() throws InterruptedException {
        Threads threads = new Threads();
        CountingWriter writer = new CountingWriter() {
            @Override
            public byte[] finish(int crc, long jsonBytes) {
                throw new IllegalStateException("test");
            }
        };
        try (Compressor compressor = new Compressor(writer, threads)) {
            compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
            compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
            assertThatThrownBy(compressor.finish(1, 2)::bytes).hasMessage("test");
        }
        threads.assertAllEnd();
    }

    @Test
    void closeEndsTheSecondThreadAndLeavesNoBodyWaiting() throws InterruptedException {
        Threads threads = new Threads();
        CountDownLatch compressing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountingWriter writer = new CountingWriter() {
            @Override
            public void write(byte[] block, int from, int length) {
                if (++blocks == 2) {
                    compressing.countDown();
                    awaitUnchecked(goOn);
                }
            }
        };
        Compressor compressor = new Compressor(writer, threads);
        compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
        compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
        awaitUnchecked(compressing);
        compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
        Body body = compressor.finish(1, 2);
        Thread closing = new Thread(compressor::close);
        closing.start();
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        closing.interrupt();
        goOn.countDown();
        closing.join();
        assertThat(writer.closed).isTrue();
        assertThat(writer.blocks).isEqualTo(2);
        assertThatThrownBy(body::bytes).hasMessageContaining("the delivery has ended");
        threads.assertAllEnd();
    }

    @Test
    void anInterruptIsKeptWhileTheCallerWaits() throws InterruptedException {
        Threads threads = new Threads();
        try (Compressor compressor = new Compressor(new CountingWriter(), threads)) {
            Thread.currentThread().interrupt();
            for (int i = 0; i < 1000; i++) {
                compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
            }
            assertThat(compressor.finish(3, 4).bytes()).containsExactly(3, 4);
            assertThat(Thread.interrupted()).isTrue();
        }
        threads.assertAllEnd();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void theLakeGetsTheSameRequests(int processors) throws Exception {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        FakeLake single = new FakeLake((request, timeout) -> FakeLake.ok(request));
        String text = FlowLogs.text(20_000);
        HttpSink.Builder settings = FakeLake.sink().maxBatchBytes(1_000_000).maxInFlight(1);
        try (HttpSink sink = lake.build(settings.processors(processors));
                HttpSink one = single.build(settings.parallelCompression(false))) {
            assertThat(sink.send(Sinks.SOURCE, FlowLogs.reader(text)).acknowledged())
                    .isEqualTo(20_000);
            assertThat(one.send(Sinks.SOURCE, FlowLogs.reader(text)).acknowledged())
                    .isEqualTo(20_000);
        }
        assertThat(lake.received).hasSameSizeAs(single.received).hasSizeGreaterThan(3);
        for (int i = 0; i < lake.received.size(); i++) {
            assertThat(lake.received.get(i).body())
                    .isEqualTo(single.received.get(i).body());
            assertThat(lake.received.get(i).key())
                    .isEqualTo(single.received.get(i).key());
        }
    }

    /** A stream of many records that then does something else. */
    private static InputStream manyRecordsThen(Runnable last) {
        byte[] text = FlowLogs.text(30_000).getBytes(StandardCharsets.UTF_8);
        return new ByteArrayInputStream(text) {
            private boolean over;

            @Override
            public synchronized int read(byte[] to, int from, int length) {
                int count = super.read(to, from, length);
                if (count < 0 && !over) {
                    over = true;
                    last.run();
                }
                return count;
            }
        };
    }

    private static DeliveryException failure(InputStream source, FakeLake lake, HttpSink.Builder settings) {
        try (HttpSink sink = lake.build(settings.processors(2).maxBatchBytes(1_000_000));
                FlowLogReader reader = FlowLogReader.open(source)) {
            return catchThrowableOfType(
                    DeliveryException.class, () -> sink.send(Sinks.SOURCE, reader, Duration.ofMinutes(1)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aSourceThatFailsEndsTheDelivery() {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        DeliveryException e = failure(
                manyRecordsThen(() -> {
                    throw new IllegalStateException("broken source");
                }),
                lake,
                FakeLake.sink());
        assertThat(e.reason()).isEqualTo(Reason.SOURCE);
        assertThat(e.detail()).contains("broken source");
        assertThat(e.report().acknowledged() + e.report().undelivered())
                .isEqualTo(e.report().encoded());
    }

    @Test
    void anInterruptEndsTheDelivery() {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        DeliveryException e =
                failure(manyRecordsThen(() -> Thread.currentThread().interrupt()), lake, FakeLake.sink());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(e.report().acknowledged() + e.report().undelivered())
                .isEqualTo(e.report().encoded());
    }

    @Test
    void theTimeoutEndsTheDelivery() {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        DeliveryException e = failure(
                manyRecordsThen(() -> lake.time.pass(Duration.ofMinutes(2).toNanos())), lake, FakeLake.sink());
        assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(e.report().undelivered()).isPositive();
    }

    @Test
    void aLakeThatRejectsTheTokenEndsTheDelivery() {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.status(403));
        DeliveryException e = failure(manyRecordsThen(() -> {}), lake, FakeLake.sink());
        assertThat(e.reason()).isEqualTo(Reason.AUTH);
        assertThat(e.report().acknowledged()).isZero();
    }

    @Test
    void theSecondThreadHasTheContextOfTheCaller() throws InterruptedException {
        SendingThreads pool = new SendingThreads(1);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean own = new AtomicBoolean();
        Thread caller = Thread.currentThread();
        CountingWriter writer = new CountingWriter() {
            @Override
            public void write(byte[] block, int from, int length) {
                if (++blocks > 1) {
                    seen.add(String.valueOf(MDC.get("requestId")));
                    own.set(Thread.currentThread() != caller);
                }
            }
        };
        MDC.put("requestId", "17");
        try (Compressor compressor = new Compressor(writer, pool)) {
            for (int i = 0; i < 3; i++) {
                compressor.write(BLOCK, BLOCK.length, NO_PARTS, 0);
            }
            assertThat(compressor.finish(1, 2).bytes()).hasSize(2);
        } finally {
            MDC.clear();
            pool.close();
        }
        assertThat(seen).containsExactly("17");
        assertThat(own).isTrue();
    }
}
