package io.flowlog.sink.http;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/**
 * Waits between attempts. The limit of a wait doubles from {@code first} to {@code max}, and the wait is a random part of
 * it ("full jitter").
 */
record Backoff(Duration first, Duration max) {
    static final Backoff DEFAULT = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));

    /**
     * How long to wait after an attempt.
     *
     * @param attempt the number of the attempt that failed, starting at 1
     * @param jitter returns a random number from 0 to its argument
     */
    long nanos(int attempt, LongUnaryOperator jitter) {
        long limit = max.toNanos();
        int doublings = Math.min(attempt - 1, Long.numberOfLeadingZeros(first.toNanos()) - 2);
        return jitter.applyAsLong(Math.min(limit, first.toNanos() << doublings));
    }

    /** Returns a source of randomness with a new seed, so that concurrent deliveries do not wait in step. */
    static LongUnaryOperator newJitter() {
        SplittableRandom random = new SplittableRandom(System.nanoTime() ^ System.identityHashCode(new Object()));
        return limit -> {
            synchronized (random) {
                return random.nextLong(limit + 1);
            }
        };
    }
}
