package io.flowlog.sink.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The clocks, and the waits for time to pass. Tests have their own. */
interface Time {
    /** As {@link System#nanoTime()}: only differences are meaningful. */
    long nanoTime();

    /** The time of day, for dates in {@code Retry-After}. */
    Instant now();

    /** Waits until the latch opens or the time is over. Returns whether the latch has opened. */
    boolean await(CountDownLatch latch, long nanos) throws InterruptedException;

    /** A duration in nanoseconds, limited so that sums do not overflow. */
    static long saturatedNanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE / 2)) > 0 ? Long.MAX_VALUE / 2 : duration.toNanos();
    }

    Time SYSTEM = new Time() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
            return latch.await(nanos, TimeUnit.NANOSECONDS);
        }
    };
}
