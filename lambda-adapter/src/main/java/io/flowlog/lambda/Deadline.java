package io.flowlog.lambda;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time when an invocation must stop, so that it can still answer. Every invocation reads it from its context and measures
 * with the monotonic clock, so it does not matter if the process was frozen between two invocations.
 */
final class Deadline {
    private static final long MIN_MARGIN_MILLIS = 500;
    private static final long MAX_MARGIN_MILLIS = 5_000;
    private static final Duration MIN_ANSWER = Duration.ofMillis(250);

    private final LongSupplier nanoTime;
    private final long stopNanos;
    private final Duration margin;

    private Deadline(LongSupplier nanoTime, long stopNanos, Duration margin) {
        this.nanoTime = nanoTime;
        this.stopNanos = stopNanos;
        this.margin = margin;
    }

    static Deadline in(long remainingMillis, LongSupplier nanoTime) {
        long left = Math.max(0, remainingMillis);
        long margin = Math.max(MIN_MARGIN_MILLIS, Math.min(MAX_MARGIN_MILLIS, left / 10));
        long stop = nanoTime.getAsLong() + Duration.ofMillis(left - margin).toNanos();
        return new Deadline(nanoTime, stop, Duration.ofMillis(margin));
    }

    /** The time left for work, or zero. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, stopNanos - nanoTime.getAsLong()));
    }

    boolean passed() {
        return stopNanos - nanoTime.getAsLong() <= 0;
    }

    /** The time reserved to stop what runs, and to answer. */
    Duration margin() {
        return margin;
    }

    /** The part of the margin in which what runs can stop; the rest is for the answer. */
    Duration grace() {
        Duration answer = margin.dividedBy(10);
        return margin.minus(answer.compareTo(MIN_ANSWER) > 0 ? answer : MIN_ANSWER);
    }
}
