package io.flowlog.sink.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The clocks, and the only place where anything waits for time to pass. */
interface Time {
    /** As {@link System#nanoTime()}: only differences mean something. */
    long nanoTime();

    /** The time of day, for dates in {@code Retry-After}. */
    Instant now();

    /** Waits for the latch or until the time is over; true when the latch opened. */
    boolean await(CountDownLatch latch, long nanos) throws InterruptedException;

    /** A duration in nanoseconds; half of for ever when it is longer than that. */
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
