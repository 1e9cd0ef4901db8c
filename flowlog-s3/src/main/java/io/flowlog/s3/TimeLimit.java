package io.flowlog.s3;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long an object may be resumed. */
final class TimeLimit {
    /** About 146 years: nobody waits for longer, and a nanosecond clock cannot count further. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final LongSupplier nanoTime;
    private final Duration timeout;
    private final long start;

    private TimeLimit(LongSupplier nanoTime, Duration timeout) {
        this.nanoTime = nanoTime;
        this.timeout = timeout;
        start = nanoTime.getAsLong();
    }

    /** A limit that begins now. */
    static TimeLimit of(LongSupplier nanoTime, Duration timeout) {
        return new TimeLimit(nanoTime, timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST);
    }

    static TimeLimit none() {
        return new TimeLimit(System::nanoTime, LONGEST);
    }

    Duration timeout() {
        return timeout;
    }

    boolean hasPassed() {
        return nanoTime.getAsLong() - start >= timeout.toNanos();
    }
}
