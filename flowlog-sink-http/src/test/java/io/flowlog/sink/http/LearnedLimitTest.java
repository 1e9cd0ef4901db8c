package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What H18 rests on: when a refused size becomes a limit, and when it is one no longer. */
class LearnedLimitTest {
    private final FakeTime time = new FakeTime();
    private final LearnedLimit limit = new LearnedLimit(time);
    private final LearnedLimit.Call call = limit.newCall();

    @BeforeEach
    void theClockRuns() {
        time.pass(1);
    }

    /** A request that begins now and ends a moment later. */
    private void refused(long bytes) {
        long began = time.nanoTime();
        time.pass(1);
        call.refused(bytes, began);
        time.pass(1);
    }

    private void accepted(long bytes) {
        long began = time.nanoTime();
        time.pass(1);
        call.accepted(bytes, began);
        time.pass(1);
    }

    private boolean usedByOthers(long bytes) {
        return limit.newCall().excludes(bytes, bytes);
    }

    @Test
    void theCallItselfUsesARefusedSizeAtOnceAndOthersOnceItIsConfirmed() {
        refused(1000);
        assertThat(call.excludes(1000, 2000)).isTrue();
        assertThat(call.excludes(999, 2000)).isFalse();
        assertThat(usedByOthers(1000)).isFalse();
        accepted(500);
        assertThat(usedByOthers(1000)).isFalse();
        refused(1100);
        assertThat(usedByOthers(1000)).isTrue();
        assertThat(usedByOthers(999)).isFalse();
    }

    @Test
    void theCallDoubtsALimitThatMakesManyRequestsOfOne() {
        refused(1000);
        assertThat(call.excludes(1000, 7999)).isTrue();
        assertThat(call.excludes(1000, 8000)).isFalse();
    }

    @Test
    void aRequestThatBeganBeforeTheRefusalProvesNothing() {
        long early = time.nanoTime();
        refused(1000);
        call.accepted(500, early);
        refused(1000);
        assertThat(usedByOthers(1000)).isFalse();
    }

    @Test
    void aRefusalOfARequestThatBeganBeforeTheAcceptanceConfirmsNothing() {
        refused(1000);
        long early = time.nanoTime();
        time.pass(1);
        accepted(500);
        call.refused(1000, early);
        assertThat(usedByOthers(1000)).isFalse();
    }

    @Test
    void aMuchSmallerRefusedSizeHasToBeConfirmedAnew() {
        refused(1000);
        accepted(500);
        refused(1000);
        refused(900);
        assertThat(usedByOthers(900)).as("about the same size").isTrue();
        refused(600);
        assertThat(usedByOthers(1000)).isFalse();
    }

    @Test
    void anAcceptedBodyOfThatSizeEndsTheLimit() {
        refused(1000);
        accepted(500);
        refused(1000);
        accepted(1000);
        assertThat(usedByOthers(1000)).isFalse();
        assertThat(call.excludes(1000, 1000)).isFalse();
    }

    @Test
    void aConfirmedLimitLapsesAndLastsTwiceAsLongTheNextTimeUpToTenMinutes() {
        for (long seconds : new long[] {10, 20, 40, 80, 160, 320, 600, 600}) {
            refused(1000);
            accepted(500);
            refused(1000);
            time.pass(Duration.ofSeconds(seconds).minusMillis(1).toNanos());
            assertThat(usedByOthers(1000)).as("just before %d s", seconds).isTrue();
            time.pass(Duration.ofMillis(1).toNanos());
            assertThat(usedByOthers(1000)).as("after %d s", seconds).isFalse();
        }
    }

    @Test
    void whatACallHasSeenItselfLapsesAfterTenSeconds() {
        refused(1000);
        time.pass(Duration.ofSeconds(9).toNanos());
        assertThat(call.excludes(1000, 1000)).isTrue();
        time.pass(Duration.ofSeconds(1).toNanos());
        assertThat(call.excludes(1000, 1000)).isFalse();
    }

    @Test
    void anOldRefusalConfirmsNothing() {
        refused(1000);
        accepted(500);
        time.pass(Duration.ofMinutes(10).toNanos());
        refused(1000);
        assertThat(usedByOthers(1000)).isFalse();
    }
}
