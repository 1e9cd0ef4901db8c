package io.flowlog.sink.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** The time of one call of {@code send}: how much is left, and whether the call was stopped. Safe for use by several threads. */
final class CallClock {
    private final Time time;
    private final long start;
    private final long timeoutNanos;
    private final CountDownLatch stop = new CountDownLatch(1);

    CallClock(Time time, Duration timeout) {
        this.time = time;
        this.start = time.nanoTime();
        this.timeoutNanos = Time.saturatedNanos(timeout);
    }

    /** As {@link System#nanoTime()}. */
    long nanoTime() {
        return time.nanoTime();
    }

    Instant now() {
        return time.now();
    }

    Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - start);
    }

    /** Zero or less once the timeout has expired. */
    long nanosLeft() {
        return timeoutNanos - (time.nanoTime() - start);
    }

    boolean stopped() {
        return stop.getCount() == 0;
    }

    /** Ends all waits of this call. No attempt begins after it. */
    void stop() {
        stop.countDown();
    }

    /** Waits until the time is over or the call is stopped. */
    void pause(long nanos) throws InterruptedException {
        time.await(stop, nanos);
    }
}
