package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Short real deadlines, and what happens soon, on a machine that can be busy. */
final class Patience {
    private static final int SHORTEST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 20_000;
    private static final Duration SOON = Duration.ofSeconds(30);

    private Patience() {}

    /** A check of what happens at the end of an invocation's time. */
    @FunctionalInterface
    interface Check {
        /** Returns false if nothing can be said, because the time was over before the situation had come about. */
        boolean with(int remainingMillis) throws Exception;
    }

    /**
     * Makes a check with more and more time until the machine is fast enough for it. A failed assertion is not tried again.
     */
    static void longerUntil(Check check) throws Exception {
        boolean checked = false;
        for (int millis = SHORTEST_MILLIS; !checked && millis < LONGEST_MILLIS; millis *= 2) {
            checked = check.with(millis);
        }
        assertThat(checked).as("a deadline that this machine can meet").isTrue();
    }

    /** Waits for what another thread will do. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).as("within %s", SOON).isTrue();
    }
}
