package io.flowlog.lambda;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When an invocation must stop working so that it can still answer. Taken anew from the context of every invocation and
 * counted on the monotonic clock, so that a sandbox that was frozen between two invocations starts from the truth.
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

    /** Time for work, zero when there is none. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, stopNanos - nanoTime.getAsLong()));
    }

    boolean passed() {
        return stopNanos - nanoTime.getAsLong() <= 0;
    }

    /** Time kept back for ending what runs and for the answer. */
    Duration margin() {
        return margin;
    }

    /** How much of the margin may go into ending what runs; what is left of it is for the answer. */
    Duration grace() {
        Duration answer = margin.dividedBy(10);
        return margin.minus(answer.compareTo(MIN_ANSWER) > 0 ? answer : MIN_ANSWER);
    }
}
