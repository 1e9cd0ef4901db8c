package io.flowlog.lambda;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of an item of an event. Only this class composes the texts for the source of the event.
 *
 * @param item the item
 * @param outcomes one for each of its parts
 */
record ItemResult(EventItem item, List<Outcome> outcomes) {
    private static final int MAX_MESSAGE_CHARS = 2048;

    boolean isDone() {
        return item.refused().isEmpty() && outcomes.stream().allMatch(Outcome::isDone);
    }

    /** True if no failure can be cured by another attempt. */
    boolean permanent() {
        return outcomes.stream()
                .filter(outcome -> !outcome.isDone())
                .allMatch(outcome -> Objects.requireNonNull(outcome.reason()).permanent());
    }

    /** What failed, or if nothing did, what was done. */
    String message() {
        boolean done = isDone();
        return Stream.concat(
                        item.refused().stream(),
                        outcomes.stream()
                                .filter(outcome -> outcome.isDone() == done)
                                .map(outcome -> outcome.subject().name() + ": " + outcome.text()))
                .collect(Collectors.joining("; "));
    }

    /** Throws if an item failed; for the sources of events that have no other way to learn of it. */
    static void throwIfAnyFailed(List<ItemResult> results) {
        String failures = results.stream()
                .filter(result -> !result.isDone())
                .map(ItemResult::message)
                .collect(Collectors.joining("; "));
        if (!failures.isEmpty()) {
            throw new InvocationFailedException(JsonLine.capped(failures, MAX_MESSAGE_CHARS));
        }
    }
}
