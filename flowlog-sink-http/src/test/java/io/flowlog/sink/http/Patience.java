package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** Short real deadlines on a machine that can be busy. */
final class Patience {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Patience() {}

    /** A check of what happens at a deadline. */
    @FunctionalInterface
    interface Check {
        /** Returns false if nothing can be said, because the deadline passed before the situation had come about. */
        boolean at(Duration deadline) throws Exception;
    }

    /**
     * Makes a check with longer and longer deadlines until the machine is fast enough for one. A failed assertion is not
     * tried again.
     */
    static void longerUntil(Duration first, Check check) throws Exception {
        boolean checked = false;
        for (Duration deadline = first;
                !checked && deadline.compareTo(LONGEST) < 0;
                deadline = deadline.multipliedBy(2)) {
            checked = check.at(deadline);
        }
        assertThat(checked).as("a deadline that this machine can meet").isTrue();
    }
}
